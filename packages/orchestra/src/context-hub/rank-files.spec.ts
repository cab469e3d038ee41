import fc from 'fast-check';
import type { OrchestrationGoal } from '../model';
import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { rankedFrom, treeOf } from './__fixtures__/tree-of';
import { indexFile } from './index-file';
import { lookForEvidence } from './look-for-evidence';
import { rankFiles, rankForGoal, type HistoryCommit } from './rank-files';
import { isStaged } from './path-kind';
import { readGoal } from './read-goal';

const files = indexAll(smallCrm);
const goal = (rest: Partial<OrchestrationGoal>): OrchestrationGoal => ({ id: 'g', type: 'bugfix', title: 'Something is wrong', description: 'It does not work.', ...rest });
const rank = (rest: Partial<OrchestrationGoal>, history: readonly HistoryCommit[] = []) => rankFiles({ ...rankedFrom(files, goal(rest)), history });
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

  it('trusts the messages of the past as far as they say what the goal says', () => {
    const touched = 'packages/api/src/config.ts';
    const history = [commit('c1', 1_000_000, 'greeting', [touched])];
    const gain = (title: string): number => {
      const asked = { title, description: title };
      const scoreIn = (past: readonly HistoryCommit[]): number => rank(asked, past).find(({ path }) => path === touched)?.score ?? 0;
      return scoreIn(history) - scoreIn([commit('c1', 1_000_000, 'zebra', [touched])]);
    };
    const among = (words: number): string => `greeting ${Array.from({ length: words }, (_, at) => `unheard${String.fromCharCode(97 + at)}`).join(' ')}`;
    expect(gain(among(24))).toBeGreaterThan(0);
    expect(gain(among(24))).toBeLessThan(0.7 * gain('greeting'));
  });

  it('finds nothing by a word that every one of hundreds of files holds, nor by a pair with it', () => {
    const texts = new Map(Array.from({ length: 620 }, (_, at) => [`src/part-${at}.ts`, `// area ${at === 7 ? 'greeting' : 'other'}\nexport const amount${at} = ${at};\n`] as const));
    const ranked = rankFiles({ ...rankedFrom(indexAll(texts), goal({ title: 'area greeting', description: 'area greeting' })), history: [] });
    expect(ranked.map(({ path }) => path)).toEqual(['src/part-7.ts']);
    expect(ranked[0]?.because[0]).toEqual({ kind: 'text', detail: 'shares the words greet' });
  });

  it('tells how much of the goal any file has, whatever the size of the workspace', () => {
    const clarityOf = (description: string, texts = smallCrm): number => rankForGoal({ ...rankedFrom(indexAll(texts), goal({ title: 'Report', description })), history: [] }).clarity.words;
    const more = new Map([...smallCrm, ...Array.from({ length: 60 }, (_, at) => [`packages/more/src/part-${at}.ts`, `export const amount${at} = ${at};
`] as const)]);
    const said = 'Opening the contact card shows the created date, select and open the button of the contact';
    expect(clarityOf('It is gone again, please look.')).toBeLessThan(1);
    expect(clarityOf(said)).toBeGreaterThan(5);
    expect(clarityOf(said, more) / clarityOf(said)).toBeGreaterThan(0.7);
    expect(clarityOf(said, more) / clarityOf(said)).toBeLessThan(1.6);
    expect(rankForGoal({ ...rankedFrom(indexAll(smallCrm), goal({ title: 'Stats', description: '' })), history: [] }).clarity.share).toBeGreaterThan(0.5);
    expect(rankForGoal({ ...rankedFrom(new Map(), goal({})), history: [] }).clarity).toEqual({ words: 0, share: 0 });
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
    const [first, second] = rankFiles({ ...rankedFrom(named, goal({ title: 'The invoice is wrong', description: 'It does not add up.' })), history: [] });
    expect([first?.path, second?.path]).toEqual(['src/send-invoice.ts', 'src/invoice-archive-sweeper-worker.ts']);
    expect(first?.because).toContainEqual({ kind: 'name-words', detail: 'the goal holds the words of its name: invoic' });
  });

  it('counts what can be changed among its equals, however many others fit as well', () => {
    const noise = Array.from({ length: 30 }, (_, at) => [`tools/tool-${at}.ts`, 'export const invoice = "an invoice of a customer, invoice by invoice";\n'] as const);
    const texts = new Map([...noise, ['src/sum.ts', `// of an invoice\n${Array.from({ length: 90 }, (_, at) => `export const number${at} = compute(${at});\n`).join('')}`], ['src/other.ts', 'export const nothing = 1;\n']] as const);
    const scoreOf = (inReach?: (path: string) => boolean): number =>
      rankFiles({ ...rankedFrom(indexAll(texts), goal({ title: 'An invoice of a customer is wrong' })), history: [], ...(inReach === undefined ? {} : { inReach }) }).find(({ path }) => path === 'src/sum.ts')?.score ?? 0;
    expect(scoreOf((path) => path.startsWith('src/'))).toBeGreaterThan(1.3 * scoreOf());
  });

  it('ranks configuration low for its words and like any other file for its name', () => {
    const texts = new Map([['docker-compose.yml', 'services:\n  pages:\n    ports: [4000]\n'], ['src/sign-in.ts', 'export const signIn = "sign in with docker";\n']]);
    const first = (description: string): string | undefined => rankFiles({ ...rankedFrom(indexAll(texts), goal({ title: 'Nobody can sign in', description })), history: [] })[0]?.path;
    expect(first('It stops with services and ports.')).toBe('src/sign-in.ts');
    expect(first('Since I use docker compose.')).toBe('docker-compose.yml');
  });

  it('does not look for a fault where the names of customers are made up', () => {
    const texts = new Map([
      ['src/demo/demo-tenants.ts', 'export const tenants = ["Birchwood Dental", "Cedar Logistics"]; // planned, overdue, done\n'],
      ['src/dashboard.tsx', 'export const Dashboard = () => <dl><dt>Planned</dt><dt>Overdue</dt><dt>Done</dt></dl>;\n'],
    ]);
    const ranked = rankFiles({ ...rankedFrom(indexAll(texts), goal({ title: 'Which are overdue?', description: 'It says "Birchwood Dental", planned, overdue, done.' })), history: [] });
    expect(ranked.map(({ path }) => path)).toEqual(['src/dashboard.tsx', 'src/demo/demo-tenants.ts']);
    expect(ranked.flatMap(({ because }) => because.map(({ kind }) => kind))).not.toContain('ui-string');
    expect(rankFiles({ ...rankedFrom(indexAll(texts), goal({ title: 'demo-tenants.ts names a tenant twice' })), history: [] })[0]?.path).toBe('src/demo/demo-tenants.ts');
  });

  it.each([
    ['src/demo/tenants.ts', true], ['backend/scripts/seeds/create-admin.js', true], ['samples/orders.ts', true], ['src/seed.ts', true], ['src/demo-data.ts', true],
    ['apps/demo/src/checkout.tsx', false], ['packages/samples/src/rate.ts', false], ['apps/demo-shop/src/checkout.tsx', false], ['src/seed-phrase.ts', false], ['src/demography/age.ts', false],
  ])('takes %s for made up: %s', (path, expected) => {
    expect(isStaged(path)).toBe(expected);
  });

  it('takes no apostrophe for a quotation mark', () => {
    const quotes = (description: string): readonly string[] => readGoal(goal({ description })).quotes;
    expect(quotes("It doesn't work for him. He's away, it can't be helped.")).toEqual([]);
    expect(quotes("It says 'no such contact' and that's all.")).toEqual(['no such contact']);
  });

  it('does not depend on the order of the files', () => {
    const entries = [...files];
    fc.assert(
      fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
        const asked = goal({ title: 'contact card', description: 'GET /api/contacts' });
        expect(rankFiles({ ...rankedFrom(new Map(shuffled), asked), history: [] })).toEqual(rankFiles({ ...rankedFrom(files, asked), history: [] }));
      }),
      { numRuns: 20 },
    );
  });

  it('does not depend on how the files are cut into segments', () => {
    const asked = goal({ title: 'contact card of a tenant', description: 'GET /api/contacts/42 says "No such contact in this tenant". See `readStats`.' });
    const whole = rankFiles({ ...rankedFrom(files, asked), history: [] });
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), (length) => {
      const tree = treeOf(files, length);
      expect(rankFiles({ goal: asked, tree, evidence: lookForEvidence(asked, tree, files).evidence, history: [] })).toEqual(whole);
    }), { numRuns: 12 });
  });

  it('answers an empty workspace with nothing', () => {
    expect(rankFiles({ ...rankedFrom(new Map(), goal({})), history: [] })).toEqual([]);
  });
});
