import { readGoal } from './read-goal';

const asked = { id: 'g', type: 'bugfix', title: 'It fails', description: 'It fails.' } as const;

describe('readGoal', () => {
  it.each(['a', 'a_', 'aB', '/a', 'a/', '[A', 'A-', 'a.', '@('])('is quick about a log that repeats "%s" without a space', (unit) => {
    const logs = unit.repeat(60_000 / unit.length);
    const start = performance.now();
    readGoal({ ...asked, logs });
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it('still finds what stands before and behind such a log', () => {
    const logs = `see src/a.ts ${'x'.repeat(2000)} and \`totalOf\``;
    expect(readGoal({ ...asked, logs })).toMatchObject({ paths: [{ path: 'src/a.ts' }], identifiers: ['totalOf'] });
  });
});
