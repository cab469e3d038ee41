import type { PacketLock, WaveReport } from '../model';
import { fakeIo, type FakeWorld } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { type GateRequest, runGate } from './run-gate';

const policyText = JSON.stringify({ gate: 'shop', targets: ['test'], specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**', 'packages/island/**'] }] });
const base = {
  'orchestra/orchestra.json': policyText,
  'packages/backend/src/checkout.ts': 'export const total = 1;\n',
  'packages/contracts/src/fee.ts': 'export function fee(total: number): number {\n  return total > 50 ? 0 : 5;\n}\n',
  'packages/island/src/far.ts': 'export const far = 1;\n',
  'packages/web/src/page.ts': 'export const page = 1;\n',
};
const goalText = (more: object = {}): string => JSON.stringify({ id: 'fee', type: 'feature', title: 'Fee', description: 'Change the fee.', targetFiles: ['packages/contracts/src/fee.ts'], ...more });
const changedFee = { 'packages/contracts/src/fee.ts': base['packages/contracts/src/fee.ts'].replace('> 50', '>= 50') };
const lockWith = (grants: readonly string[]): string => {
  const lock: PacketLock = {
    version: 1, packets: [],
    answers: [{ taskId: 'w1-backend', model: 'm', notes: { risks: [] }, followUps: [], tolerances: [], grants: [...grants], rounds: { asked: 1, context: 1, repair: 0 }, proposed: {} }],
  };
  return JSON.stringify(lock);
};

async function gate(working: Readonly<Record<string, string>>, more: Partial<FakeWorld> & { readonly request?: Partial<GateRequest> } = {}): Promise<{ readonly report: WaveReport; readonly published: readonly WaveReport[] }> {
  const { request, ...world } = more;
  const published: WaveReport[] = [];
  const io = fakeIo({
    commits: { base }, working: { ...base, ...working }, graph: graphOf({ shop: ['backend'], backend: ['contracts'], contracts: [], island: [], web: [] }), runTarget: () => 'passed', ...world,
  });
  const report = await runGate(io, { base: 'base', version: '0.0.0', ...request }, async (draft) => void published.push(draft));
  return { report, published };
}
const rules = (report: WaveReport): readonly string[] => report.findings.map((finding) => `${finding.severity} ${finding.rule}`);
const blocking = (report: WaveReport): readonly string[] => report.verdict.blocking.map((finding) => `${finding.rule} ${finding.subject.path ?? ''}`.trim());

describe('the gate', () => {
  it('publishes an unjudged report before it looks at anything, so that a killed run leaves that one', async () => {
    const { published } = await gate(changedFee);
    expect(published[0]?.verdict).toMatchObject({ decision: 'unjudged', blocking: [{ because: expect.stringContaining('has not finished') }] });
    expect(published).toHaveLength(2);
  });

  it('accepts a sound change by anybody, and says which projects it reaches and why', async () => {
    const { report } = await gate(changedFee);
    expect(report).toMatchObject({ kind: 'change', verdict: { decision: 'accepted' } });
    expect(report.affected.map((project) => project.name)).toEqual(['backend', 'contracts', 'shop']);
  });

  it('tells the import that makes each project affected, and exports and routes with who uses them', async () => {
    const commits = {
      base: {
        ...base,
        'packages/backend/src/checkout.ts': "import { fee } from '../../contracts/src/fee';\nrouter.get('/api/fees/:id', requireAuth, async (req, res) => res.json(fee(1)));\n",
        'packages/web/src/page.ts': "export const page = fetch('/api/fees/1');\n",
      },
    };
    const { report } = await gate({ ...commits.base, 'packages/contracts/src/fee.ts': 'export function fee(total: bigint): number {\n  return 5;\n}\n' }, { commits });
    expect(report.affected.find(({ name }) => name === 'backend')?.because).toContainEqual({ kind: 'import', detail: 'packages/backend/src/checkout.ts:1 imports packages/contracts/src/fee.ts' });
    expect(report.exports).toMatchObject([{ name: 'fee', change: 'changed', usedBy: ['packages/backend/src/checkout.ts'] }]);
    const opened = await gate({ ...commits.base, 'packages/backend/src/checkout.ts': commits.base['packages/backend/src/checkout.ts'].replace('requireAuth, ', '') }, { commits });
    expect(opened.report.routes).toMatchObject([{ method: 'GET', route: '/api/fees/:id', change: 'changed', because: ['guard "requireAuth" is gone'], usedBy: ['packages/web/src/page.ts'] }]);
    expect(rules(opened.report)).toEqual(expect.arrayContaining(['block route-guard-removed', 'warn route-changed']));
  });

  it('counts a target that did not run as not passed', async () => {
    const { report } = await gate(changedFee, { runTarget: (project) => (project === 'shop' ? 'not-run' : 'passed') });
    expect(report.verdict.decision).not.toBe('accepted');
    expect(blocking(report).join()).toMatch(/target-not-run/);
  });

  it('reads its policy from base: a diff cannot switch a check off for itself', async () => {
    const loose = JSON.stringify({ gate: 'shop', targets: [], checks: { tasks: 'off', 'protected-path': 'off' } });
    const { report } = await gate({ ...changedFee, 'orchestra/orchestra.json': loose }, { runTarget: () => 'failed' });
    expect(rules(report)).toContain('person protected-path');
    expect(blocking(report)).toContain('target-failed');
    expect(report.targets.every((run) => run.status === 'failed')).toBe(true);
  });

  it('plans the goal of the diff again and refuses what lies outside its lease', async () => {
    const inside = await gate({ ...changedFee, 'orchestra/waves/fee/goal.json': goalText() });
    expect(blocking(inside.report)).toEqual([]);
    const outside = await gate({ ...changedFee, 'packages/web/src/page.ts': 'export const page = 2;\n', 'orchestra/waves/fee/goal.json': goalText() });
    expect(blocking(outside.report)).toEqual(['outside-lease packages/web/src/page.ts']);
  });

  it('is not talked into a wider lease by a plan in the diff', async () => {
    const plan = JSON.stringify({ version: 1, waves: [{ index: 1, title: 'x', tasks: [{ id: 'w1-backend', mayTouch: ['**'] }] }] });
    const { report } = await gate({ 'packages/web/src/page.ts': 'export const page = 2;\n', 'orchestra/waves/fee/goal.json': goalText(), 'orchestra/waves/fee/plan.json': plan });
    expect(blocking(report)).toEqual(expect.arrayContaining(['outside-lease packages/web/src/page.ts']));
  });

  it('holds the second wave of a goal to the goal that was committed with the first', async () => {
    const committed = { ...base, 'orchestra/waves/fee/goal.json': goalText() };
    const wave2 = { ...committed, 'packages/web/src/page.ts': 'export const page = 2;\n', 'orchestra/waves/fee/wave-2/packet.lock.json': lockWith([]) };
    const { report } = await gate(wave2, { commits: { base: committed } });
    expect(report.kind).toBe('feature');
    expect(blocking(report)).toEqual(['outside-lease packages/web/src/page.ts']);
  });

  it('holds a wave that the generator names to its goal, even when the diff carries no record at all', async () => {
    const committed = { ...base, 'orchestra/waves/fee/goal.json': goalText() };
    const { report } = await gate({ ...committed, 'packages/web/src/page.ts': 'export const page = 2;\n' }, { commits: { base: committed }, request: { wave: { goalId: 'fee', index: 2 } } });
    expect(blocking(report)).toEqual(['outside-lease packages/web/src/page.ts']);
  });

  it('honours a recorded grant in a connected project and tells it, and no other', async () => {
    const near = await gate({ 'packages/backend/src/checkout.ts': 'export const total = 2;\n', 'orchestra/waves/fee/goal.json': goalText(), 'orchestra/waves/fee/wave-1/packet.lock.json': lockWith(['packages/backend/src/checkout.ts']) });
    expect(blocking(near.report)).toEqual([]);
    expect(rules(near.report)).toContain('warn lease-granted');
    const far = await gate({ 'packages/island/src/far.ts': 'export const far = 2;\n', 'orchestra/waves/fee/goal.json': goalText(), 'orchestra/waves/fee/wave-1/packet.lock.json': lockWith(['packages/island/src/far.ts']) });
    expect(blocking(far.report)).toEqual(['outside-lease packages/island/src/far.ts']);
  });

  it('leaves a diff with a broken goal to a person, instead of taking it for one without', async () => {
    const { report } = await gate({ ...changedFee, 'orchestra/waves/fee/goal.json': '{"id":"fee","titel":"x"}' });
    expect(report.verdict.decision).toBe('unjudged');
    expect(blocking(report)).toEqual(['record-unreadable orchestra/waves/fee/goal.json']);
  });

  it('leases what a goal names in another project: agreed to when the goal was committed before, a question when the diff brings it, refused when edited', async () => {
    const named = { affectedModules: ['contracts'], targetFiles: ['packages/island/src/far.ts'] };
    const wave = { 'packages/island/src/far.ts': 'export const far = 2;\n', 'orchestra/waves/fee/goal.json': goalText(named) };
    const committed = await gate(wave, { commits: { base: { ...base, 'orchestra/goals/fee.json': goalText(named) } } });
    expect(committed.report.verdict.decision).toBe('accepted');
    const brought = await gate(wave);
    expect(blocking(brought.report)).toEqual(['goal-targets-outside']);
    const widened = await gate(wave, { commits: { base: { ...base, 'orchestra/goals/fee.json': goalText({ ...named, targetFiles: [] }) } } });
    expect(blocking(widened.report)).toEqual(['goal-targets-outside']);
  });

  describe('of a wave of follow-ups', () => {
    const filed = (title: string, ...paths: string[]) => ({ title, detail: 'It still shows the old fee.', paths });
    const lock = (taskId: string, ...followUps: object[]): string => lockWith([]).replace('"w1-backend"', `"${taskId}"`).replace('"followUps":[]', `"followUps":${JSON.stringify(followUps)}`);
    const plan = (...ids: readonly string[]): string => JSON.stringify({
      version: 1, goal: JSON.parse(goalText()), base: 'b', graphHash: 'h', unmapped: [], ranked: [], forecast: { projects: [], files: 0, lines: 0 },
      waves: [{ index: 1, title: 'x', tasks: [] }, { index: 2, title: 'y', tasks: [], followUps: ids.map((id) => ({ id, title: 'anything', detail: 'd', paths: ['packages/island/src/far.ts'] })) }],
    });
    const records = 'orchestra/waves/fee/';
    const policyWithWeb = JSON.stringify({ ...JSON.parse(policyText), specialists: [...JSON.parse(policyText).specialists, { name: 'frontend', domain: ['packages/web/**'] }] });
    const committed = {
      ...base, 'orchestra/orchestra.json': policyWithWeb, [`${records}goal.json`]: goalText(), [`${records}plan.json`]: plan(), [`${records}wave-1/packet.lock.json`]: lock('w1-backend', filed('Show it', 'packages/web/src/page.ts'), filed('Move it', 'orchestra/orchestra.json')),
    };
    const page = { 'packages/web/src/page.ts': 'export const page = 2;\n' };
    const wave2 = { [`${records}plan.json`]: plan('w1-backend.1'), [`${records}wave-2/packet.lock.json`]: lock('w2-frontend') };
    const judged = (working: Readonly<Record<string, string>>, atBase: Readonly<Record<string, string>> = committed) => gate({ ...atBase, ...working }, { commits: { base: atBase }, request: { wave: { goalId: 'fee', index: 2 } } });

    it('leases what was filed and committed, shows it in full, and counts it apart from the goal', async () => {
      const { report } = await judged({ ...wave2, ...page });
      expect(blocking(report)).toEqual([]);
      expect(report.findings.find(({ rule }) => rule === 'follow-up-planned')).toMatchObject({ severity: 'info', because: 'Follow-up w1-backend.1 of goal "fee", filed in a wave that is committed: Show it. It still shows the old fee.' });
      expect(report.forecast).toMatchObject({ projects: ['web'] });
      expect(report.goal).toMatchObject({ id: 'fee', title: 'Fee' });
    });

    it('does not lease what the goal leased, which is done', async () => {
      expect(blocking((await judged({ ...wave2, ...page, ...changedFee, 'packages/backend/src/checkout.ts': 'export const total = 2;\n' })).report)).toEqual(['outside-lease packages/backend/src/checkout.ts', 'outside-lease packages/contracts/src/fee.ts']);
    });

    it('takes the words from base, however the diff rewords them, in its plan or in the record of the first wave', async () => {
      const far = { 'packages/island/src/far.ts': 'export const far = 2;\n' };
      expect(blocking((await judged({ ...wave2, ...page, ...far })).report)).toEqual(['outside-lease packages/island/src/far.ts']);
      const reworded = { ...wave2, ...far, [`${records}wave-1/packet.lock.json`]: lock('w1-backend', filed('Show it', 'packages/island/src/far.ts')) };
      expect(blocking((await judged(reworded)).report)).toEqual(['outside-lease packages/island/src/far.ts']);
    });

    it('leases nothing for a follow-up that nobody filed, or that was planned before', async () => {
      const unknown = { [`${records}plan.json`]: plan('w1-backend.9'), [`${records}wave-2/packet.lock.json`]: lock('w2-frontend'), ...page };
      expect(blocking((await judged(unknown)).report)).toEqual(['outside-lease packages/web/src/page.ts']);
      const done = { ...committed, [`${records}plan.json`]: plan('w1-backend.1'), [`${records}wave-2/packet.lock.json`]: lock('w2-frontend') };
      const again = plan('w1-backend.1').replace('"index":2', '"index":3');
      expect(blocking((await judged({ [`${records}plan.json`]: again, [`${records}wave-3/packet.lock.json`]: lock('w3-frontend'), ...page }, done)).report)).toEqual(['outside-lease packages/web/src/page.ts']);
    });

    it('never leases a protected path that a follow-up names', async () => {
      const { report } = await judged({ ...wave2, [`${records}plan.json`]: plan('w1-backend.2'), 'orchestra/orchestra.json': JSON.stringify({ ...JSON.parse(policyWithWeb), targets: [] }) });
      expect(rules(report)).toEqual(expect.arrayContaining(['block outside-lease', 'person protected-path']));
      expect(rules(report)).not.toContain('info follow-up-planned');
    });

    it('leaves it to a person when one change brings goal, follow-up and wave along and reaches beyond the goal', async () => {
      const { [`${records}goal.json`]: goal, [`${records}wave-1/packet.lock.json`]: first, [`${records}plan.json`]: _plan, ...before } = committed;
      const { report } = await judged({ ...wave2, ...page, ...changedFee, [`${records}goal.json`]: goal ?? '', [`${records}wave-1/packet.lock.json`]: first ?? '' }, before);
      expect(blocking(report)).toEqual(['follow-up-beyond-goal']);
      expect(report.verdict.blocking[0]?.because).toBe('Follow-up w1-backend.1 leases web, which goal "fee" does not, and it was filed in this very change.');
    });
  });

  describe('a plan that a model made', () => {
    const records = 'orchestra/waves/fee/';
    const withWeb = JSON.stringify({ gate: 'shop', targets: ['test'], specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**', 'packages/island/**'] }, { name: 'frontend', domain: ['packages/web/**'] }] });
    const atBase = { ...base, 'orchestra/orchestra.json': withWeb, 'packages/web/src/page.ts': '// the fee page shows the fee of an order\nexport const fee = 1;\n' };
    const goal = goalText({ title: 'Fee page', description: 'Change the fee that the page shows.', targetFiles: undefined, affectedModules: ['contracts'] });
    const planWith = (waves: unknown, more: object = {}): string => JSON.stringify({ version: 1, goal: JSON.parse(goal) as object, base: 'base', graphHash: '', waves: [], unmapped: [], ranked: [], forecast: { projects: [], files: 0, lines: 0 }, refinement: { model: 'm', promptHash: 'x', why: 'the page shows it', waves, ...more } });
    const page = { 'packages/web/src/page.ts': 'export const fee = 2;\n' };
    const both = [[{ agent: 'backend', projects: ['contracts'] }, { agent: 'frontend', projects: ['web'] }]];
    const judged = (plan: string, working: Readonly<Record<string, string>>, committed: Readonly<Record<string, string>> = {}) => gate({ ...atBase, ...committed, [`${records}goal.json`]: goal, [`${records}plan.json`]: plan, ...working }, { commits: { base: { ...atBase, ...committed } } });

    it("is told, and holds the change to its leases where they are narrower than the hub's", async () => {
      const { report } = await judged(planWith([[{ agent: 'backend', projects: ['contracts'] }]]), changedFee);
      expect([blocking(report), report.forecast?.projects]).toEqual([[], ['contracts']]);
      expect(report.findings.find(({ rule }) => rule === 'plan-by-model')).toMatchObject({ severity: 'info', because: 'The plan of goal "fee" was made by a model (m), and its choice comes with this change. It says: the page shows it.' });
      expect(blocking((await judged(planWith([[{ agent: 'backend', projects: ['contracts'] }]]), { ...changedFee, ...page })).report)).toEqual(['outside-lease packages/web/src/page.ts']);
    });

    it('goes to a person where it leases more than the hub would, and not again once it is committed', async () => {
      const { report } = await judged(planWith(both), { ...changedFee, ...page });
      expect([report.verdict.decision, blocking(report)]).toEqual(['unjudged', ['plan-beyond-hub']]);
      expect(report.verdict.blocking[0]?.because).toMatch(/leases to frontend in web, to test in web what the hub's own plan does not; a model \(m\) chose it/);
      const later = await judged(planWith(both), { ...changedFee, ...page }, { [`${records}plan.json`]: planWith(both) });
      expect(blocking(later.report)).toEqual([]);
    });

    it('opens no place that base does not offer, whoever wrote it into the diff', async () => {
      const far = { 'packages/island/src/far.ts': 'export const far = 2;\n' };
      for (const waves of [[[{ agent: 'backend', projects: ['contracts', 'shop'] }]], [[{ agent: 'backend', projects: ['**'] }]], [[{ agent: 'root', projects: ['contracts'] }]]]) {
        const { report } = await judged(planWith(waves), { ...changedFee, ...far });
        expect(blocking(report)).toContain('outside-lease packages/island/src/far.ts');
        expect(report.findings.find(({ rule }) => rule === 'plan-by-model')?.because).toMatch(/base does not offer what it chose, so the lease is the hub's/);
      }
      const smuggled = await judged(planWith(both, { mayTouch: ['**'] }), { ...changedFee, ...far });
      expect(blocking(smuggled.report)).toContain('outside-lease packages/island/src/far.ts');
      expect(rules(smuggled.report)).toContain('person record-unreadable');
      expect(rules(smuggled.report)).not.toContain('info plan-by-model');
    });

    it('is taken from base where base has one, however the diff rewrites it', async () => {
      const committed = { [`${records}plan.json`]: planWith([[{ agent: 'backend', projects: ['contracts'] }]]) };
      expect(blocking((await judged(planWith(both), { ...changedFee, ...page }, committed)).report)).toEqual(['outside-lease packages/web/src/page.ts']);
    });

    describe('in two changes, of which the first only plants the choice', () => {
      const island = [[{ agent: 'backend', projects: ['contracts', 'island'] }]];
      const narrow = [[{ agent: 'backend', projects: ['contracts'] }]];
      const recorded = (plan: string): Readonly<Record<string, string>> => ({ [`${records}goal.json`]: goal, [`${records}plan.json`]: plan });

      it('goes to a person when base does not offer it, because base would from then on', async () => {
        const names = Array.from({ length: 9 }, (_, position) => `page${position}`);
        const crowded = {
          ...atBase, 'orchestra/orchestra.json': JSON.stringify({ gate: 'shop', targets: ['test'], specialists: [{ name: 'backend', domain: ['packages/**'] }] }),
          ...Object.fromEntries(names.map((name) => [`packages/${name}/src/fee-page.ts`, '// the page shows the fee that it shows\nexport const fee = 1;\n'])),
        };
        const graph = graphOf({ shop: ['backend'], backend: ['contracts'], contracts: [], island: [], web: [], ...Object.fromEntries(names.map((name) => [name, []])) });
        const run = (committed: Readonly<Record<string, string>>, working: Readonly<Record<string, string>>) =>
          gate({ ...crowded, ...recorded(planWith(island)), ...working }, { commits: { base: { ...crowded, ...committed } }, graph });
        const { report } = await run({}, changedFee);
        expect([report.verdict.decision, blocking(report)]).toEqual(['unjudged', ['plan-beyond-hub']]);
        expect(report.verdict.blocking[0]?.because).toBe('The plan of goal "fee" holds a choice that base does not offer, and would lease by it once it is committed: wave 1, backend: "island" is none of the projects that were offered.');
        // What a person who waved it through would have agreed to.
        const later = await run(recorded(planWith(island)), { [`${records}wave-1/packet.lock.json`]: lockWith([]), 'packages/island/src/far.ts': 'export const far = 2;\n' });
        expect(rules(later.report)).not.toContain('block outside-lease');
      });

      it.each([['a narrower choice', narrow], ['none, because the plan of the hub was kept', []]])('goes to a person when base holds %s', async (_, before) => {
        const { report } = await judged(planWith(both), changedFee, recorded(planWith(before)));
        expect(blocking(report)).toEqual(['plan-beyond-hub']);
        expect(report.findings.map(({ because }) => because).join('\n')).toMatch(/this change puts it in place of the committed one, which the lease follows/);
      });

      it('goes to a person with nothing else in the change, and is nothing new when it stays as it was', async () => {
        expect(blocking((await judged(planWith(island), {}, { [`${records}goal.json`]: goal })).report)).toContain('plan-beyond-hub');
        expect(blocking((await judged(`${planWith(both)}\n`, { ...changedFee, ...page }, recorded(planWith(both)))).report)).toEqual([]);
      });

      it("is not read from a plan that lies in another goal's folder", async () => {
        const { report } = await judged(planWith(island), { ...changedFee, 'orchestra/waves/a/goal.json': goalText({ id: 'a' }), 'orchestra/waves/a/plan.json': planWith(narrow) });
        expect(rules(report)).toContain('person record-unreadable');
        expect(blocking(report)).toContain('plan-beyond-hub');
      });
    });

    it('tells its words shortly, however many the record holds', async () => {
      const narrow = [[{ agent: 'backend', projects: ['contracts'] }]];
      const { report } = await judged(planWith(narrow, { why: 'w'.repeat(1_000_000), model: 'm'.repeat(1_000_000) }), changedFee);
      expect(JSON.stringify(report.findings.filter(({ rule }) => rule === 'plan-by-model')).length).toBeLessThan(2000);
    });

    it('does not settle a target outside the planned projects by planning its project', async () => {
      const graph = graphOf({ shop: ['backend'], backend: ['contracts'], contracts: [], island: [], web: [] });
      const named = goalText({ affectedModules: ['backend'] });
      const plan = planWith([[{ agent: 'backend', projects: ['backend', 'contracts'] }]]).replace(JSON.stringify(JSON.parse(goal)), named);
      expect(blocking((await gate({ ...changedFee, [`${records}goal.json`]: named }, { graph })).report)).toEqual(['goal-targets-outside']);
      expect(blocking((await gate({ ...changedFee, [`${records}goal.json`]: named, [`${records}plan.json`]: plan }, { graph })).report)).toEqual(['plan-beyond-hub']);
    });
  });

  it('leaves the lease to a person in a shallow clone', async () => {
    const { report } = await gate({ ...changedFee, 'orchestra/waves/fee/goal.json': goalText() }, { shallow: true });
    expect(blocking(report)).toEqual(expect.arrayContaining([expect.stringMatching(/^history-shallow/)]));
  });

  it('asks for a proof of a bugfix, and a diff without a test has none', async () => {
    const { report } = await gate({ ...changedFee, 'orchestra/waves/fee/goal.json': goalText({ type: 'bugfix' }) });
    expect(report.kind).toBe('bugfix');
    expect(blocking(report).join()).toMatch(/regression-test-missing/);
  });

  it('keeps secrets that a target printed out of the report', async () => {
    const { report } = await gate({ ...changedFee, 'packages/contracts/src/note.ts': 'export const note = "see PLANTED-KEY-0123456789";\n' }, { secrets: ['PLANTED-KEY-0123456789'] });
    expect(JSON.stringify(report)).not.toContain('PLANTED-KEY-0123456789');
  });

  it('gives the same report for the same change', async () => {
    expect((await gate(changedFee)).report).toEqual((await gate(changedFee)).report);
  });
});
