import fc from 'fast-check';
import { changedFile, sampleEvidence, samplePolicy } from '../testing/sample-evidence';
import { measureChange, measureFile } from './measure-change';

const policy = samplePolicy();
const sizeOf = (base: string, head: string) => {
  const { added, removed, churn } = measureFile(changedFile('packages/api/src/a.ts', base, head), policy);
  return { added, removed, churn };
};

/** Longest common subsequence by the textbook table: slow, and plainly right. */
function reference(base: readonly string[], head: readonly string[]): { added: number; removed: number } {
  const table = Array.from({ length: base.length + 1 }, () => new Array<number>(head.length + 1).fill(0));
  for (let i = 1; i <= base.length; i += 1) {
    for (let j = 1; j <= head.length; j += 1) {
      const same = (table[i - 1]?.[j - 1] ?? 0) + 1;
      const best = Math.max(table[i - 1]?.[j] ?? 0, table[i]?.[j - 1] ?? 0);
      (table[i] as number[])[j] = base[i - 1] === head[j - 1] ? same : best;
    }
  }
  const common = table[base.length]?.[head.length] ?? 0;
  return { added: head.length - common, removed: base.length - common };
}

const line = fc.constantFrom('a();', 'b();', '  a();', 'if (x) {', '}', '', '\t', 'a( );', 'c();\r');
const lines = fc.array(line, { maxLength: 14 });
const squeeze = (each: readonly string[]): readonly string[] => each.map((text) => text.replace(/\s+/g, '')).filter((text) => text !== '');

describe('measureFile', () => {
  it('counts like the textbook, white space and blank lines aside', () => {
    fc.assert(fc.property(lines, lines, (base, head) => {
      const { added, removed } = sizeOf(base.join('\n'), head.join('\n'));
      expect({ added, removed }).toEqual(reference(squeeze(base), squeeze(head)));
    }));
  });

  it('counts as churn what a plain diff shows on top', () => {
    fc.assert(fc.property(lines, lines, (base, head) => {
      const text = (each: readonly string[]): string => each.map((content) => `${content}\n`).join('');
      const plain = reference(base, head);
      const { added, removed, churn } = sizeOf(text(base), text(head));
      expect(churn).toBe(plain.added + plain.removed - added - removed);
    }));
  });

  it('sees no change in indentation, blank lines or line endings, whatever the text', () => {
    fc.assert(fc.property(lines, fc.nat(4), (base, indent) => {
      const head = base.flatMap((text) => [`${' '.repeat(indent)}${text}`, '']).join('\r\n');
      expect(sizeOf(base.join('\n'), head)).toMatchObject({ added: 0, removed: 0 });
    }));
  });

  it('reads the other way round as the same size', () => {
    fc.assert(fc.property(lines, lines, (base, head) => {
      const there = sizeOf(base.join('\n'), head.join('\n'));
      const back = sizeOf(head.join('\n'), base.join('\n'));
      expect([back.removed, back.added, back.churn]).toEqual([there.added, there.removed, there.churn]);
    }));
  });

  it('never counts less because a file was shuffled beyond what an exact count is worth', () => {
    const base = Array.from({ length: 6000 }, (_, index) => `value${index};`);
    const head = [...base].reverse();
    const { added, removed } = sizeOf(base.join('\n'), head.join('\n'));
    expect(added + removed).toBeGreaterThan(4000);
  });

  it.each<[string, string | null | undefined, string | null | undefined, number, number]>([
    ['a new file', undefined, 'a\nb\n', 2, 0],
    ['a deleted file', 'a\nb\n', undefined, 0, 2],
    ['a binary file', null, null, 0, 0],
    ['an empty file', '', '', 0, 0],
  ])('%s', (_name, base, head, added, removed) => {
    expect(measureFile(changedFile('packages/api/src/a.ts', base, head), policy)).toMatchObject({ added, removed, churn: 0 });
  });
});

describe('measureChange', () => {
  it('keeps tests, fixtures, lock files, prose and our own records out of the source', () => {
    const paths = ['packages/api/src/a.ts', 'packages/api/src/a.spec.ts', 'packages/api/__fixtures__/a.json', 'package-lock.json', 'README.md', 'orchestra/waves/x/plan.json'];
    const { files, source, projects, actual } = measureChange(sampleEvidence({ changes: paths.map((path) => changedFile(path, undefined, 'a\nb\n')) }));
    expect(files.map((file) => [file.path, file.test])).toEqual([
      ['README.md', false], ['package-lock.json', false], ['packages/api/__fixtures__/a.json', true], ['packages/api/src/a.spec.ts', true], ['packages/api/src/a.ts', false],
    ]);
    expect(source).toEqual({ files: 1, lines: 2, churn: 0, newFiles: ['packages/api/src/a.ts'] });
    expect(projects).toEqual(['api']);
    expect(actual).toEqual({ projects: ['api'], files: 1, lines: 2 });
  });

  it('counts both projects of a file that moves between them', () => {
    const change = changedFile('packages/web/a.ts', 'a', 'a', 'packages/api/a.ts');
    expect(measureChange(sampleEvidence({ changes: [change] })).projects).toEqual(['api', 'web']);
  });
});
