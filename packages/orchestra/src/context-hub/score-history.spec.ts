import { readGoal } from './read-goal';
import { scoreHistory, type HistoryCommit } from './score-history';

const commit = (sha: string, subject: string, paths: readonly string[]): HistoryCommit => ({ sha, time: 1, subject, body: '', files: paths });
const said = (title: string) => readGoal({ id: 'g', type: 'bugfix', title, description: title });
const unheard = Array.from({ length: 30 }, (_, at) => `unheard${String.fromCharCode(97 + at)}word`).join(' ');

describe('the trust in messages of the past', () => {
  const history = [commit('c1', 'greeting on the dashboard', ['src/greeting.ts']), commit('c2', 'totals of invoices', ['src/totals.ts'])];

  it('is whole where a commit and the messages of a file say what the goal says', () => {
    const { similarTrust, messagesTrust } = scoreHistory(history, said('The greeting on the dashboard'), 2);
    expect([similarTrust, messagesTrust]).toEqual([1, 1]);
  });

  it('is little where the best of them says little of it', () => {
    const { similarTrust, messagesTrust, similar } = scoreHistory(history, said(`greeting ${unheard}`), 2);
    expect([...similar.keys()]).toEqual(['src/greeting.ts']);
    for (const trust of [similarTrust, messagesTrust]) {
      expect(trust).toBeGreaterThan(0);
      expect(trust).toBeLessThan(0.5);
    }
  });

  it('of messages of several commits may be more than in any one of them', () => {
    const split = ['greeting', 'dashboard', 'banner', 'headline'].map((word, at) => commit(`c${at}`, word, ['src/page.ts']));
    const { similarTrust, messagesTrust } = scoreHistory([...split, commit('c9', 'totals', ['src/totals.ts'])], said(`greeting dashboard banner headline ${unheard}`), 2);
    expect(messagesTrust).toBeGreaterThan(1.5 * similarTrust);
  });

  it('is none where nothing was said, or nothing is asked', () => {
    for (const [past, title] of [[[], 'greeting'], [history, 'zebra'], [history, '…']] as const) {
      const { similarTrust, messagesTrust } = scoreHistory(past, said(title), 2);
      expect([similarTrust, messagesTrust]).toEqual([0, 0]);
    }
  });
});
