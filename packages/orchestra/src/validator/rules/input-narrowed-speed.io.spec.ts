import { changedFile, sampleEvidence } from '../../testing/sample-evidence';
import { rulesCheck } from '../rules-check';
import { inputNarrowed } from './input-narrowed';

const schema = (text: string): string => `import { z } from 'zod';\nexport const noteSchema = ${text};\n`;
const many = (count: number, each: (position: number) => string): string => Array.from({ length: count }, (_, position) => each(position)).join(',');

/** Bounds are ten times what a slow machine takes: they catch quadratic time, not a busy minute. */
describe('input-narrowed', () => {
  it.each<[string, (letter: string) => string]>([
    ['a list of everything', (letter) => `z.enum([${many(80_000, (position) => `'${letter}${position}'`)}])`],
    ['a union of everything', (letter) => `z.union([${many(12_000, (position) => `z.object({ kind: z.literal('${letter}${position}') })`)}])`],
  ])('stays quick and short on %s', (_, text) => {
    const begun = performance.now();
    const found = rulesCheck('rules', [inputNarrowed]).judge(sampleEvidence({ changes: [changedFile('packages/contracts/src/note.ts', schema(text('a')), schema(text('b')))] }));
    expect(performance.now() - begun).toBeLessThan(8000);
    expect(found).toHaveLength(1);
    expect(found[0]?.because).toMatch(/^"[a-zA-Z.]+" no longer takes 'a0', .* and \d+ more: /);
    expect(found[0]?.because.length).toBeLessThan(400);
  });
});
