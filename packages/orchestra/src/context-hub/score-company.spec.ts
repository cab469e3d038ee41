import type { HistoryCommit } from './score-history';
import { scoreCompany } from './score-company';

const commit = (...files: readonly string[]): HistoryCommit => ({ sha: files.join(), time: 0, subject: 'work', body: '', files });
const scores = (history: readonly HistoryCommit[], leaders: readonly string[] = ['a.ts']): Record<string, number> =>
  Object.fromEntries([...scoreCompany(history, leaders)].map(([path, { score }]) => [path, score]));

describe('scoreCompany', () => {
  it('prefers who changes with the leader to who changes with everything', () => {
    const history = [commit('a.ts', 'b.ts', 'log.ts'), commit('a.ts', 'b.ts', 'log.ts'), ...Array.from({ length: 20 }, (_, at) => commit('log.ts', `other${at}.ts`))];
    const found = scores(history);
    expect(found['b.ts']).toBeGreaterThan(found['log.ts'] ?? 0);
    expect(Object.keys(found)).not.toContain('other1.ts');
  });

  it('does not make a couple of one common commit', () => {
    const once = scores([commit('a.ts', 'b.ts')])['b.ts'] ?? 0;
    const often = scores(Array.from({ length: 10 }, () => commit('a.ts', 'b.ts')))['b.ts'] ?? 0;
    expect(once).toBeLessThan(often / 2);
  });

  it('hears nothing in commits of many files, and of leaders without history', () => {
    expect(scores([commit('a.ts', ...Array.from({ length: 25 }, (_, at) => `f${at}.ts`))])).toEqual({});
    expect(scores([commit('b.ts', 'c.ts')])).toEqual({});
    expect(scores([], [])).toEqual({});
  });

  it('takes the better of two leaders, the first one before the second', () => {
    const history = [commit('a.ts', 'x.ts'), commit('b.ts', 'y.ts')];
    const found = scores(history, ['a.ts', 'b.ts']);
    expect(found['x.ts']).toBeGreaterThan(found['y.ts'] ?? 0);
  });
});
