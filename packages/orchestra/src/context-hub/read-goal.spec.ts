import { readGoal } from './read-goal';

const asked = { id: 'g', type: 'bugfix', title: 'It fails', description: 'It fails.' } as const;

describe('readGoal', () => {
  it.each(['a', 'a_', 'aB', '/a', 'a/', '[A', 'A-', 'a.', '@('])('is quick about a log that repeats "%s" without a space', (unit) => {
    const logs = unit.repeat(60_000 / unit.length);
    const start = performance.now();
    readGoal({ ...asked, logs });
    expect(performance.now() - start).toBeLessThan(1500);
  });

  it('reads an id that a person names by itself as words', () => {
    expect([...readGoal({ ...asked, title: 'Tenant ceda4000-0000-4000-8000-000000000102 is special' }).words.keys()]).toEqual(expect.arrayContaining(['special', '0000', '8000']));
  });

  it('reads ids and times of requests and logs as routes and texts, not as words', () => {
    const id = 'ceda4000-0000-4000-8000-000000000102';
    const { words, routes, text } = readGoal({ ...asked, description: `PATCH /api/accounts/${id} at 2026-04-02T01:17:55.902Z answers 400 for bill 4711`, logs: `12 {"tenant":"${id}"}`, stackTrace: `tenant=${id}` });
    expect([...words.keys()]).toEqual(expect.arrayContaining(['patch', 'api', 'account', '400', 'bill', '4711']));
    expect([...words.keys()].filter((word) => /^(?:ceda4000|0000|4000|8000|000000000102|2026|17|55)$/.test(word))).toEqual([]);
    expect([routes, text.includes(id)]).toEqual([[{ method: 'PATCH', path: `/api/accounts/${id}` }], true]);
  });

  it('still finds what stands before and behind such a log', () => {
    const logs = `see src/a.ts ${'x'.repeat(2000)} and \`totalOf\``;
    expect(readGoal({ ...asked, logs })).toMatchObject({ paths: [{ path: 'src/a.ts' }], identifiers: ['totalOf'] });
  });
});
