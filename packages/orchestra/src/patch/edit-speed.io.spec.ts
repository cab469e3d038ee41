import { processorMs } from '../io/testing/processor-ms';
import { applyEdits } from './apply-edits';

const long = Array.from({ length: 20_000 }, (_, index) => `  line ${index} of the file;`);
const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

/** Bounds are ten times what a slow machine takes: they catch quadratic time, not a busy minute. */
describe('applyEdits stays quick', () => {
  it.each([
    ['a long search that is not there', text(long), text([...long.slice(100, 3000), 'not there']), 'x\n', 'no-match'],
    ['many equal lines', `${'}\n'.repeat(50_000)}end\n`, `${'}\n'.repeat(5000)}x\n`, 'y\n', 'no-match'],
    ['a search that nearly fits everywhere', '  a();\n'.repeat(20_000), `${'a();\n'.repeat(200)}b();\n`, 'y\n', 'no-match'],
    ['one endless line', `${'a '.repeat(500_000)}\n`, `${'b '.repeat(1000)}\n`, 'y\n', 'no-match'],
    ['a file rewritten whole', text(long), text(long), text(long.map((line) => `${line}!`)), undefined],
  ])('on %s', (_, file, find, written, kind) => {
    const kinds: (string | undefined)[] = [];
    expect(processorMs(() => kinds.push(applyEdits(new Map([['a.ts', file]]), [{ kind: 'replace', path: 'a.ts', find, with: written }]).rejections[0]?.kind))).toBeLessThan(8000);
    expect(kinds).toEqual([kind]);
  });
});
