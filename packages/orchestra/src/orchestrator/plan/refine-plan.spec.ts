import * as fc from 'fast-check';
import { type OrchestrationGoal, policySchema, type RankedFile, type ReasonKind, type RefinedTask, type WorkspaceGraph } from '../../model';
import type { PlanInput } from './make-tasks';
import { planWaves } from './plan-waves';
import { leasedBeyond, refinePlan } from './refine-plan';
import { sketchPlan } from './sketch-plan';

const names = ['backend', 'contracts', 'e2e', 'island', 'web'];
const graph: WorkspaceGraph = {
  projects: names.map((name) => ({ name, root: `packages/${name}`, tags: [], targets: ['test'] })),
  edges: [{ from: 'backend', to: 'contracts' }, { from: 'web', to: 'contracts' }, { from: 'e2e', to: 'backend' }],
};
const specialists = [
  { name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**', 'packages/island/**'] }, { name: 'frontend', domain: ['packages/web/**'] }, { name: 'test', domain: ['**/*.spec.ts'] },
];
const file = (path: string, kind: ReasonKind, score: number): RankedFile => ({ path, score, because: [{ kind, detail: 'x' }] });
const ranked = [file('packages/contracts/src/contact.ts', 'symbol', 2), file('packages/web/src/page.tsx', 'symbol', 1.8), file('packages/backend/src/contacts.ts', 'text', 0.4)];
const inputOf = (more: Partial<OrchestrationGoal> = {}, policy: object = {}, files = ranked): PlanInput => ({
  goal: { id: 'leak', type: 'feature', title: 'Tags', description: 'Tags on contacts.', ...more }, base: 'b'.repeat(40), graph, ranked: files, policy: policySchema.parse(policy), specialists,
});
const refine = (waves: readonly (readonly RefinedTask[])[], input = inputOf()) => refinePlan(input, planWaves(input), waves);
const backend = (...projects: string[]): RefinedTask => ({ agent: 'backend', projects });
const frontend: RefinedTask = { agent: 'frontend', projects: ['web'] };
const tasksOf = (result: ReturnType<typeof refine>) => (result.kind === 'refined' ? result.plan.waves.map((wave) => wave.tasks.map(({ id, projects }) => `${id}: ${projects.join(' ')}`)) : result.mistakes);

interface Refused {
  readonly what: string;
  readonly waves: readonly (readonly RefinedTask[])[];
  readonly because: RegExp;
  readonly goal?: Partial<OrchestrationGoal>;
  readonly policy?: object;
}

describe("a model's choice of who works where", () => {
  it("is what the hub would have planned when it chooses the same, but for the model's words", () => {
    const input = inputOf();
    const hub = planWaves(input);
    const refined = refine([[backend('contracts')], [frontend]], input);
    if (refined.kind !== 'refined') throw new Error(refined.mistakes.join());
    expect({ ...refined.plan, waves: refined.plan.waves.map((wave) => ({ ...wave, tasks: wave.tasks.map((task) => ({ ...task, because: [] })) })) })
      .toEqual({ ...hub, waves: hub.waves.map((wave) => ({ ...wave, tasks: wave.tasks.map((task) => ({ ...task, because: [] })) })) });
    expect(leasedBeyond(graph, hub, refined.plan)).toEqual([]);
  });

  it('may drop, add and reorder, with leases worked out from domains and projects, and tests beside every wave', () => {
    const refined = refine([[frontend], [{ ...backend('backend', 'contracts'), does: 'stores the tags' }, { agent: 'test', projects: ['backend'], does: 'a contact with two tags' }]]);
    expect(tasksOf(refined)).toEqual([['w1-frontend: web', 'w1-test: web'], ['w2-backend: backend contracts', 'w2-test: backend contracts']]);
    if (refined.kind !== 'refined') throw new Error('refused');
    const [build, test] = refined.plan.waves[1]?.tasks ?? [];
    expect(build?.mayTouch.filter((glob) => !glob.startsWith('!'))).toEqual(['packages/backend/**', 'packages/contracts/**']);
    expect(build?.because[0]).toEqual({ kind: 'model', detail: 'a model planned it: stores the tags' });
    expect([build?.detail, test?.detail]).toEqual([expect.stringMatching(/says of this task: stores the tags$/), expect.stringMatching(/a contact with two tags$/)]);
    expect(leasedBeyond(graph, planWaves(inputOf()), refined.plan)).toEqual(['backend in backend', 'test in e2e']);
    expect(refined.plan.forecast.projects).toEqual(['backend', 'contracts', 'web']);
  });

  it.each<Refused>([
    { what: 'a project that was not offered', waves: [[backend('island')]], because: /"island" is none of the projects that were offered/ },
    { what: 'a project that does not exist', waves: [[backend('../../etc')]], because: /none of the projects/ },
    { what: 'a specialist outside its domain', waves: [[{ agent: 'frontend', projects: ['backend'] }]], because: /no specialist of that name whose domain reaches into backend/ },
    { what: 'a specialist that nobody defined', waves: [[{ agent: 'root', projects: ['web'] }]], because: /no specialist of that name/ },
    { what: 'the Test specialist as a builder of its own', waves: [[{ agent: 'test', projects: ['web'] }]], because: /no task but tests/ },
    { what: 'nothing', waves: [], because: /no task but tests/ },
    { what: 'a specialist twice in a wave', waves: [[backend('contracts'), backend('backend')]], because: /named twice/ },
    { what: 'the same work twice', waves: [[backend('contracts')], [backend('contracts')]], because: /backend in contracts is planned twice/ },
    { what: 'two waves of a bugfix', waves: [[backend('contracts')], [frontend]], because: /2 waves; a bugfix may have 1/, goal: { type: 'bugfix' } },
    { what: 'more projects than the policy allows', waves: [[backend('backend', 'contracts'), frontend]], because: /3 projects; a feature may touch 2/, policy: limitOf(2) },
    { what: 'to leave out what the goal names', waves: [[frontend]], because: /the goal names contracts/, goal: { affectedModules: ['contracts', 'web'] } },
    { what: 'to leave out the project of a file that the goal names', waves: [[frontend]], because: /the goal names contracts/, goal: { targetFiles: ['packages/contracts/src/contact.ts'] } },
  ])('is refused: $what', ({ waves, because, goal = {}, policy = {} }) => {
    const files = goal.targetFiles === undefined ? ranked : [file('packages/contracts/src/contact.ts', 'explicit-target', 30), ...ranked.slice(1)];
    expect(refine(waves, inputOf(goal, policy, files))).toEqual({ kind: 'refused', mistakes: expect.arrayContaining([expect.stringMatching(because)]) });
  });

  it('offers what a committed choice named, wherever the ranking has moved since, and still only inside a domain', () => {
    const [input, hub] = [inputOf(), planWaves(inputOf())];
    expect(tasksOf(refinePlan(input, hub, [[backend('island')]], ['island']))).toEqual([['w1-backend: island', 'w1-test: island']]);
    expect(refinePlan(input, hub, [[{ agent: 'frontend', projects: ['island'] }]], ['island', 'gone', '**']).kind).toBe('refused');
    expect(refinePlan(input, hub, [[backend('gone')]], ['gone']).kind).toBe('refused');
  });

  it('looks at the size of a choice before its content', () => {
    const many = Array.from({ length: 100_000 }, () => backend('contracts'));
    expect(refine([many])).toEqual({ kind: 'refused', mistakes: [expect.stringMatching(/names in it; no plan has more than 200/)] });
    expect(refine([[{ agent: 'x'.repeat(1_000_000), projects: ['y'.repeat(1_000_000)] }]])).toEqual({ kind: 'refused', mistakes: expect.not.arrayContaining([expect.stringMatching(/.{500}/)]) });
  });

  it('reaches nowhere beyond the hub when it only leaves out, not even with a migration in the application above', () => {
    const wide = inputOf({}, {}, [file('packages/contracts/src/contact.ts', 'symbol', 2), file('packages/backend/src/contacts.ts', 'symbol', 1.9)]);
    const refined = refinePlan(wide, planWaves(wide), [[backend('contracts')]]);
    expect(refined.kind === 'refined' && [refined.plan.waves[0]?.tasks[0]?.mayTouch[0], leasedBeyond(graph, planWaves(wide), refined.plan)]).toEqual(['packages/backend/**/migrations/**/*.sql', []]);
  });

  it('settles a goal that the hub could place nowhere', () => {
    const input = inputOf({ type: 'bugfix' }, {}, [file('packages/web/src/a.tsx', 'text', 1), file('packages/backend/src/b.ts', 'text', 1), file('packages/contracts/src/c.ts', 'text', 1)]);
    const hub = planWaves(input);
    expect([hub.waves, hub.unmapped.length]).toEqual([[], 1]);
    const refined = refinePlan(input, hub, [[backend('backend')]]);
    expect(tasksOf(refined)).toEqual([['w1-test: backend', 'w1-backend: backend']]);
    expect(refined.kind === 'refined' && [refined.plan.unmapped, leasedBeyond(graph, hub, refined.plan).length > 0]).toEqual([[], true]);
  });

  it('never leases a glob that no specialist has in the graph, whatever is chosen', () => {
    const task = fc.oneof(
      { weight: 1, arbitrary: fc.record({ agent: fc.constantFrom('backend', 'frontend', 'test', 'infra', '**'), projects: fc.array(fc.constantFrom(...names, '**', '..', 'packages/web/**')) }) },
      // Of tasks made at random next to none is on offer, and a plan that is refused leases nothing.
      { weight: 4, arbitrary: fc.constantFrom(frontend, backend('backend'), backend('contracts'), backend('backend', 'contracts'), { agent: 'test', projects: ['**'] }) },
    );
    const possible = new Set([
      ...specialists.flatMap(({ name, domain }) => (name === 'test' ? names.map((each) => `packages/${each}/**/*.spec.ts`) : domain)),
      // A migration may be added in the application above, where the domain reaches into it.
      'packages/backend/**/migrations/**/*.sql',
    ]);
    let refined = 0;
    fc.assert(fc.property(fc.array(fc.array(task, { minLength: 1, maxLength: 2 }), { maxLength: 2 }), (waves) => {
      const result = refine(waves);
      if (result.kind === 'refined') refined += 1;
      const leased = result.kind === 'refined' ? result.plan.waves.flatMap((wave) => wave.tasks.flatMap((each) => each.mayTouch.filter((glob) => !glob.startsWith('!')))) : [];
      expect(leased.filter((glob) => !possible.has(glob))).toEqual([]);
    }), { numRuns: 200 });
    expect(refined).toBeGreaterThan(10);
  });
});

describe('the plan as a model is shown it', () => {
  it('offers the projects of plan and ranking with who may work there, and nothing that only exists', () => {
    const input = inputOf({ affectedModules: ['contracts'] });
    expect(sketchPlan(input, planWaves(input))).toMatchObject({
      projects: [
        { name: 'contracts', root: 'packages/contracts', agents: ['backend'], named: true, dependsOn: [] },
        { name: 'web', agents: ['frontend'], named: false, dependsOn: ['contracts'] }, { name: 'backend', agents: ['backend'], named: false },
      ],
      waves: [[{ agent: 'backend', projects: ['contracts'] }, { agent: 'test', projects: ['contracts'] }]],
    });
  });
});

function limitOf(projects: number): object {
  const { limits } = policySchema.parse({});
  return { limits: { ...limits, feature: { ...limits.feature, projects: { warn: 1, block: projects } } } };
}
