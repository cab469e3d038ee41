import fc from 'fast-check';
import { splitIntoSegments } from './split-into-segments';

const paths = fc.uniqueArray(fc.stringMatching(/^[a-d]{1,2}\/[a-z]{1,3}\.ts$/), { maxLength: 600 }).map((all) => [...all].sort());

describe('splitIntoSegments', () => {
  it('keeps every path, in order', () => {
    fc.assert(fc.property(paths, (all) => expect(splitIntoSegments(all).flat()).toEqual(all)));
  });

  it('leaves all runs but one alone when a file comes', () => {
    fc.assert(
      fc.property(paths, fc.stringMatching(/^[a-d]{1,2}\/[a-z]{1,3}\.ts$/), (all, more) => {
        const before = new Set(splitIntoSegments(all.filter((path) => path !== more)).map((run) => run.join(' ')));
        const changed = splitIntoSegments([...new Set([...all, more])].sort()).filter((run) => !before.has(run.join(' ')));
        // The run that holds it, and what is cut off behind it where it ends one.
        expect(changed.length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('cuts a long run, whoever chose the names', () => {
    const all = Array.from({ length: 3000 }, (_, at) => `a/${String(at).padStart(5, '0')}.ts`);
    const cutNowhere = all.filter((path) => splitIntoSegments([path, 'z']).length === 1);
    expect(cutNowhere.length).toBeGreaterThan(2000);
    expect(splitIntoSegments(cutNowhere).slice(0, -1).map(({ length }) => length)).toEqual(Array.from({ length: Math.ceil(cutNowhere.length / 256) - 1 }, () => 256));
  });
});
