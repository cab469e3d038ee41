import { type OrchestrationGoal, policySchema, type RankedFile, type ReasonKind, type WorkspaceGraph } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import type { SpecialistDomain } from './choose-specialist';
import { planWaves } from './plan-waves';

const project = (name: string): WorkspaceGraph['projects'][number] => ({ name, root: `packages/${name}`, tags: [], targets: ['test'] });
const graph: WorkspaceGraph = {
  projects: [project('backend'), project('contracts'), project('e2e'), project('web')],
  edges: [
    { from: 'backend', to: 'contracts' }, { from: 'web', to: 'contracts' }, { from: 'e2e', to: 'backend' },
  ],
};
const specialists: readonly SpecialistDomain[] = [
  { name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] },
  { name: 'frontend', domain: ['packages/web/**'] },
  { name: 'test', domain: ['**/*.spec.ts'] },
];
const goal = (more: Partial<OrchestrationGoal> = {}): OrchestrationGoal => ({ id: 'leak', type: 'bugfix', title: 'Leak', description: 'B sees A', ...more });
const ranked = (path: string, kind: ReasonKind, score: number): RankedFile => ({ path, score, because: [{ kind, detail: 'x' }] });
const plan = (files: readonly RankedFile[], more: Partial<OrchestrationGoal> = {}) =>
  planWaves({ goal: goal(more), base: 'b'.repeat(40), graph, ranked: files, policy: policySchema.parse({}), specialists });

describe('a bugfix plan', () => {
  const found = plan([ranked('packages/backend/src/contacts.ts', 'route', 2), ranked('packages/web/src/page.tsx', 'text', 0.5)]);

  it('is one wave in which the test comes before the fix', () => {
    expect(found.waves).toHaveLength(1);
    expect(found.waves[0]?.tasks.map((task) => [task.id, task.needs])).toEqual([['w1-test', []], ['w1-backend', ['w1-test']]]);
  });

  it('counts what somebody may change, and asks when the goal is about something else by far', () => {
    const aboutTools = ranked('tools/release.mjs', 'text', 4);
    expect(plan([aboutTools, ranked('packages/backend/src/contacts.ts', 'text', 3)]).forecast.projects).toEqual(['backend']);
    const faint = plan([aboutTools, ranked('packages/backend/src/contacts.ts', 'text', 1)]);
    expect([faint.waves, faint.unmapped.map(({ candidates }) => candidates)]).toEqual([[], [['backend']]]);
  });

  it('plans for the project of the best file, however many files another one has', () => {
    const many = [1, 2, 3, 4].map((each) => ranked(`packages/web/src/page-${each}.tsx`, 'component', 5));
    const found = plan([ranked('packages/backend/src/contacts.ts', 'text', 6), ...many]);
    expect([...found.forecast.projects].sort()).toEqual(['backend', 'web']);
  });

  it('gives every task a reason', () => {
    for (const task of found.waves[0]?.tasks ?? []) {
      expect(task.because.length).toBeGreaterThan(0);
    }
  });

  it('leases production code and no test to the builder, tests and no production code to the tester', () => {
    const [test, fix] = found.waves[0]?.tasks ?? [];
    expect(matchesGlobs('packages/backend/src/contacts.ts', fix?.mayTouch ?? [])).toBe(true);
    expect(matchesGlobs('packages/backend/src/contacts.spec.ts', fix?.mayTouch ?? [])).toBe(false);
    expect(matchesGlobs('packages/backend/src/contacts.spec.ts', test?.mayTouch ?? [])).toBe(true);
    expect(matchesGlobs('packages/backend/src/contacts.ts', test?.mayTouch ?? [])).toBe(false);
  });

  it('reaches one layer down for the cause and one layer either way for the test, and no further', () => {
    const [test, fix] = found.waves[0]?.tasks ?? [];
    expect(matchesGlobs('packages/contracts/src/contact.ts', fix?.mayTouch ?? [])).toBe(true);
    expect(matchesGlobs('packages/e2e/src/leak.spec.ts', test?.mayTouch ?? [])).toBe(true);
    expect(matchesGlobs('packages/contracts/src/contact.spec.ts', test?.mayTouch ?? [])).toBe(true);
    expect(matchesGlobs('packages/web/src/page.tsx', fix?.mayTouch ?? [])).toBe(false);
    expect(matchesGlobs('packages/web/src/page.spec.ts', test?.mayTouch ?? [])).toBe(false);
  });

  it.each<[string, readonly string[], string, boolean]>([
    ['a migration of the application above, in its domain', ['packages/backend/**', 'packages/e2e/migrations/**'], 'packages/e2e/migrations/012_key.sql', true],
    ['one in a folder of its own there', ['packages/backend/**', 'packages/e2e/**'], 'packages/e2e/db/migrations/012_key.sql', true],
    ['not what lies beside it', ['packages/backend/**', 'packages/e2e/migrations/**'], 'packages/e2e/migrations/run.ts', false],
    ['not what else it might touch there', ['packages/backend/**', 'packages/e2e/**'], 'packages/e2e/src/leak.ts', false],
    ['not outside its domain', ['packages/backend/**'], 'packages/e2e/migrations/012_key.sql', false],
    ['not in a project that is no neighbour', ['packages/backend/**', 'packages/web/**'], 'packages/web/migrations/012_key.sql', false],
  ])('may add what is only ever added: %s', (_what, domain, path, allowed) => {
    const others = specialists.filter(({ name }) => name !== 'backend');
    const made = planWaves({
      goal: goal(), base: 'b'.repeat(40), graph, ranked: [ranked('packages/backend/src/contacts.ts', 'route', 2)], policy: policySchema.parse({}),
      specialists: [{ name: 'backend', domain }, ...others],
    });
    const fix = made.waves[0]?.tasks.find((task) => task.agent === 'backend');
    expect(matchesGlobs(path, fix?.mayTouch ?? [])).toBe(allowed);
  });

  it('reaches a file that the goal names in the domain of the specialist, that file alone, and none outside the domain', () => {
    const named = planWaves({
      goal: goal({ affectedModules: ['contracts'], targetFiles: ['packages/backend/src/[7].ts', 'packages/web/src/page.tsx'] }),
      base: 'b'.repeat(40), graph, ranked: [], policy: policySchema.parse({}), specialists,
    });
    const fix = named.waves[0]?.tasks.find((task) => task.agent === 'backend');
    expect(matchesGlobs('packages/backend/src/[7].ts', fix?.mayTouch ?? [])).toBe(true);
    expect(matchesGlobs('packages/backend/src/7.ts', fix?.mayTouch ?? [])).toBe(false);
    expect(matchesGlobs('packages/web/src/page.tsx', fix?.mayTouch ?? [])).toBe(false);
  });

  it('asks instead of guessing when nothing but words point anywhere', () => {
    const vague = plan([ranked('packages/backend/src/a.ts', 'text', 1), ranked('packages/web/src/b.tsx', 'text', 1), ranked('packages/contracts/src/c.ts', 'text', 1)]);
    expect(vague.waves).toEqual([]);
    expect(vague.unmapped).toMatchObject([{ candidates: ['backend', 'contracts', 'web'] }]);
  });

  it.each([
    ['two projects that fit alike', [4, 3.5], false, []],
    ['one that fits better by far', [4, 2], false, ['backend']],
    ['two that fit alike, when the goal quotes what was seen', [4, 3.5], true, ['backend']],
    ['two that fit the same, quoted or not', [4, 4], true, []],
  ] as const)('settles by words alone, names that fit among them: %s', (_what, [here, there], quotes, expected) => {
    const files = [ranked('packages/backend/src/reports.ts', 'name-words', here), ranked('packages/web/src/reports.tsx', 'name-words', there)];
    const made = planWaves({ goal: goal(), base: 'b'.repeat(40), graph, ranked: files, policy: policySchema.parse({}), specialists, quotes });
    expect(made.forecast.projects).toEqual(expected);
    expect(made.unmapped.map(({ candidates }) => candidates)).toEqual(expected.length === 0 ? [['backend', 'web']] : []);
  });

  it('plans for a project and for one near it that uses it or that it uses, and asks when a third fits as well, unless it is a feature', () => {
    const backend = (score: number): RankedFile => ranked('packages/backend/src/contacts.ts', 'text', score);
    const contracts = (score: number): RankedFile => ranked('packages/contracts/src/contact.ts', 'text', score);
    for (const files of [[backend(4), contracts(3.5)], [contracts(4), backend(3.5)]]) {
      expect(plan(files).waves[0]?.tasks.map(({ agent, projects }) => [agent, projects])).toEqual([['test', ['backend', 'contracts']], ['backend', ['backend', 'contracts']]]);
    }
    const more = [contracts(4), backend(3.5), ranked('packages/web/src/contact.tsx', 'text', 3.4)];
    expect(plan(more).waves).toEqual([]);
    expect([...plan(more, { type: 'feature' }).forecast.projects].sort()).toEqual(['backend', 'contracts', 'web']);
  });

  const parts = Array.from({ length: 8 }, (_, at) => project(`part-${at}`));
  const planParts = (scores: readonly number[], rest: Partial<OrchestrationGoal> = {}, quotes = false) => planWaves({
    goal: goal(rest), base: 'b'.repeat(40), graph: { projects: parts, edges: [] }, policy: policySchema.parse({}), specialists: [{ name: 'backend', domain: ['packages/**'] }], quotes,
    ranked: scores.map((score, at) => ranked(`packages/part-${at}/src/a.ts`, 'text', score)),
  }).forecast.projects;

  it.each<[string, OrchestrationGoal['type'], readonly number[], readonly string[]]>([
    ['asks about a bug where the best of many small shares is less than half', 'bugfix', [6, 2, 2, 2, 2], []],
    ['plans a bug where it is more', 'bugfix', [9, 2, 2, 2, 2], ['part-0']],
    ['asks about a feature where it is less than a third', 'feature', [4, 2, 2, 2, 2, 2], []],
    ['plans a feature where it is more', 'feature', [6, 2, 2, 2, 2, 2], ['part-0']],
    ['plans a feature for three that fit alike', 'feature', [5, 5, 4.5], ['part-0', 'part-1', 'part-2']],
    ['asks about a feature that fits everything alike', 'feature', [5, 5, 5, 5], []],
  ])('%s', (_what, type, scores, expected) => {
    expect(planParts(scores, { type })).toEqual(expected);
  });

  it.each([[7.1, []], [7.2, ['backend', 'web']]])('plans on both sides that fit alike where a report of %d words of clarity is plain', (words, expected) => {
    const files = [ranked('packages/backend/src/a.ts', 'text', 4), ranked('packages/web/src/b.tsx', 'text', 3.8)];
    const made = planWaves({ goal: goal(), base: 'b'.repeat(40), graph, ranked: files, policy: policySchema.parse({}), specialists, clarity: { words, share: 0.3 } });
    expect([...made.forecast.projects].sort()).toEqual(expected);
  });

  it('lets a quotation settle one project for a bug, and not for a feature', () => {
    expect(planParts([5, 4.5, 4], { type: 'bugfix' }, true)).toEqual(['part-0']);
    expect(planParts([5, 4.5, 4], { type: 'feature' }, true)).toEqual(['part-0', 'part-1', 'part-2']);
  });

  it.each<[string, ReasonKind, readonly [number, number], readonly string[]]>([
    ['asks where the goal says next to nothing of any file', 'text', [3, 0.3], []],
    ['plans where it says enough', 'text', [4, 0.3], ['backend']],
    ['plans where a goal of two words says one of them', 'text', [2, 0.6], ['backend']],
    ['plans where something names the place, however little is said', 'route', [3, 0.3], ['backend']],
  ])('%s', (_what, kind, [words, share], expected) => {
    const world = { goal: goal(), base: 'b'.repeat(40), policy: policySchema.parse({}), specialists, ranked: [ranked('packages/backend/src/a.ts', kind, 4)], clarity: { words, share } };
    const made = planWaves({ ...world, graph });
    expect(made.forecast.projects).toEqual(expected);
    expect(made.unmapped.map(({ settledBy }) => settledBy)).toEqual(expected.length > 0 ? [] : [expect.stringMatching(/^say where it was seen/)]);
    expect(planWaves({ ...world, graph: { projects: [project('backend')], edges: [] } }).forecast.projects).toEqual(['backend']);
    expect(planWaves({ ...world, graph, goal: goal({ targetFiles: ['packages/backend/src/still-to-be-made.ts'] }) }).forecast.projects).toEqual(['backend']);
  });

  it('plans where a text is shown and where it may come from, and nowhere else once something names the place', () => {
    const shownIn = ranked('packages/web/src/panel.tsx', 'ui-string', 5);
    const behind = (kind: ReasonKind): RankedFile => ranked('packages/backend/src/credits.ts', kind, 5.5);
    expect(plan([shownIn, behind('text')]).waves[0]?.tasks.map(({ agent }) => agent)).toEqual(['test', 'backend', 'frontend']);
    expect(plan([behind('file-name'), shownIn]).waves[0]?.tasks.map(({ agent }) => agent)).toEqual(['test', 'backend']);
  });

  it('takes a likely project in that costs no specialist more', () => {
    const files = (score: number): readonly RankedFile[] => [ranked('packages/backend/src/contacts.ts', 'route', 5), ranked('packages/contracts/src/contact.ts', 'text', score)];
    expect(plan(files(3.6)).waves[0]?.tasks[1]?.projects).toEqual(['backend', 'contracts']);
    expect(plan(files(3)).waves[0]?.tasks[1]?.projects).toEqual(['backend']);
  });

  it('follows the projects the goal names over anything the ranking says', () => {
    const named = plan([ranked('packages/backend/src/contacts.ts', 'route', 2)], { affectedModules: ['web'] });
    expect(named.waves[0]?.tasks.map((task) => task.agent)).toEqual(['test', 'frontend']);
  });

  it('says so when no specialist may touch the project', () => {
    const orphan = plan([ranked('packages/e2e/src/a.ts', 'stack-frame', 2)]);
    expect(orphan.waves).toEqual([]);
    expect(orphan.unmapped[0]?.settledBy).toMatch(/orchestra\.json/);
  });

  it('is the same value for the same input', () => {
    expect(plan([ranked('packages/backend/src/contacts.ts', 'route', 2)])).toEqual(plan([ranked('packages/backend/src/contacts.ts', 'route', 2)]));
  });
});

describe('a feature plan', () => {
  it('is one wave per level of the graph, providers before their users', () => {
    const feature = plan(
      [ranked('packages/web/src/page.tsx', 'component', 2), ranked('packages/backend/src/contacts.ts', 'route', 2), ranked('packages/contracts/src/contact.ts', 'symbol', 2)],
      { type: 'feature' },
    );
    expect(feature.waves.map((wave) => wave.tasks.map((task) => [task.agent, task.projects]))).toEqual([
      [['backend', ['contracts']], ['test', ['contracts']]],
      [['backend', ['backend']], ['frontend', ['web']], ['test', ['backend', 'web']]],
    ]);
  });
});
