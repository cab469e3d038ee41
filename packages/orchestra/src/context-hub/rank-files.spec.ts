import fc from 'fast-check';
import type { OrchestrationGoal } from '../model';
import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { indexFile } from './index-file';
import { rankFiles, type HistoryCommit } from './rank-files';

const files = indexAll(smallCrm);
const goal = (rest: Partial<OrchestrationGoal>): OrchestrationGoal => ({ id: 'g', type: 'bugfix', title: 'Something is wrong', description: 'It does not work.', ...rest });
const rank = (rest: Partial<OrchestrationGoal>, history: readonly HistoryCommit[] = []) => rankFiles({ goal: goal(rest), files, history });
const top = (rest: Partial<OrchestrationGoal>): string | undefined => rank(rest)[0]?.path;

const contacts = 'packages/api/src/routes/contacts.ts';
const commit = (sha: string, time: number, subject: string, paths: readonly string[]): HistoryCommit => ({ sha, time, subject, body: '', files: paths });

describe('rankFiles', () => {
  it('puts an explicit target before any other evidence', () => {
    expect(top({ description: 'GET /api/contacts/1 fails', targetFiles: ['packages/web/src/format-date.ts'] })).toBe('packages/web/src/format-date.ts');
  });

  it('follows a stack frame from a container to the lines of the function', () => {
    const [first] = rank({ stackTrace: 'Error: boom\n    at formatContact (/app/packages/api/src/services/format-contact.ts:3:10)' });
    expect(first?.path).toBe('packages/api/src/services/format-contact.ts');
    expect(first?.because[0]).toEqual({ kind: 'stack-frame', detail: 'frame 1: packages/api/src/services/format-contact.ts:3' });
    expect(first?.focus).toEqual([[2, 4]]);
  });

  it('does not trust the lines of compiled frames, only their function', () => {
    const [first] = rank({ stackTrace: '    at validateTenant (/srv/packages/api/dist/middleware/guards.js:900:1)' });
    expect(first?.path).toBe('packages/api/src/middleware/guards.ts');
    expect(first?.focus).toEqual([[2, 5]]);
  });

  it('resolves a request path through the mount table to the lines of the handler', () => {
    const [first] = rank({ description: 'curl https://crm.example.com/api/contacts/42 answers 500. GET /api/contacts/42' });
    expect(first?.path).toBe(contacts);
    expect(first?.focus).toContainEqual([15, 20]);
    expect(first?.because.map(({ kind }) => kind)).toContain('route');
  });

  it('names the file that mounts the route, and where', () => {
    const app = rank({ description: 'GET /api/contacts/42 fails' }).find(({ path }) => path === 'packages/api/src/app.ts');
    expect(app?.because).toContainEqual({ kind: 'mount', detail: 'mounts /api/contacts for GET /api/contacts/42' });
    expect(app?.focus).toEqual([[9, 9]]);
  });

  it.each([
    ['log prefix', { logs: '12:00 [ContactsRoute] read contact' }, contacts, 'log-prefix'],
    ['UI string', { description: 'The user sees "No such contact in this tenant".' }, contacts, 'ui-string'],
    ['component', { description: 'ContactCard is blank' }, 'packages/web/src/ContactCard.tsx', 'component'],
    ['symbol', { description: '`readStats` returns yesterday' }, 'packages/api/src/cache/stats-cache.ts', 'symbol'],
    ['file name', { description: 'see format-date.ts' }, 'packages/web/src/format-date.ts', 'file-name'],
  ])('takes a %s as evidence', (_name, rest, path, kind) => {
    const [first] = rank(rest);
    expect(first?.path).toBe(path);
    expect(first?.because.map((reason) => reason.kind)).toContain(kind);
  });

  it('ranks sources and migrations, never tests, and gives every file a reason', () => {
    const ranked = rank({ title: 'contacts of a tenant', description: 'contacts table lacks tenant policy' });
    const paths = ranked.map(({ path }) => path);
    expect(paths).toContain('packages/db/migrations/001_contacts.sql');
    expect(paths.filter((path) => /spec|testing/.test(path))).toEqual([]);
    expect(ranked.filter(({ because }) => because.length === 0)).toEqual([]);
  });

  it('lets similar past commits and recent changes speak, and says so', () => {
    const history = [
      commit('c3', 3_000_000, 'chore: bump 1.2.3', ['packages/web/src/format-date.ts']),
      commit('c2', 2_900_000, 'fix: wrong greeting on the dashboard', ['packages/api/src/config.ts']),
      commit('c1', 1_000_000, 'feat: accounts', ['packages/api/src/routes/accounts.ts']),
    ];
    const first = rank({ title: 'greeting on the dashboard is wrong', description: 'again' }, history)[0];
    expect(first?.path).toBe('packages/api/src/config.ts');
    expect(first?.because).toContainEqual({ kind: 'similar-commit', detail: 'c2 "fix: wrong greeting on the dashboard" touched it' });
  });

  it('brings up what past commits changed together with the best file, and says so', () => {
    const partner = 'packages/web/src/format-date.ts';
    const together = [1, 2, 3].map((at) => commit(`t${at}`, at, 'work on it', [contacts, partner]));
    const apart = [1, 2, 3].map((at) => commit(`a${at}`, at, 'work on it', [at === 2 ? partner : contacts]));
    const place = (history: readonly HistoryCommit[]): number => rank({ description: 'GET /api/contacts/42 fails' }, history).findIndex(({ path }) => path === partner);
    const reasons = rank({ description: 'GET /api/contacts/42 fails' }, together).find(({ path }) => path === partner)?.because;
    expect(place(together)).toBeLessThan(place(apart));
    expect(reasons).toContainEqual({ kind: 'similar-commit', detail: `changed together with ${contacts} in 3 of its last 3 commits` });
  });

  it('goes by part of a name where there is no history', () => {
    const named = new Map(['src/send-invoice.ts', 'src/invoice-archive-sweeper-worker.ts', 'src/a.ts'].map((path) => [path, indexFile(path, 'export const nothing = 1;\n')] as const));
    const [first, second] = rankFiles({ goal: goal({ title: 'The invoice is wrong', description: 'It does not add up.' }), files: named, history: [] });
    expect([first?.path, second?.path]).toEqual(['src/send-invoice.ts', 'src/invoice-archive-sweeper-worker.ts']);
    expect(first?.because).toContainEqual({ kind: 'file-name', detail: 'the goal holds the words of its name: invoic' });
  });

  it('does not depend on the order of the files', () => {
    const entries = [...files];
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        const input = { goal: goal({ title: 'contact card', description: 'GET /api/contacts' }), history: [] };
        expect(rankFiles({ ...input, files: new Map(shuffled) })).toEqual(rankFiles({ ...input, files }));
      }),
      { numRuns: 20 },
    );
  });

  it('answers an empty workspace with nothing', () => {
    expect(rankFiles({ goal: goal({}), files: new Map(), history: [] })).toEqual([]);
  });
});
