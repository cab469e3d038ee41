import { type OrchestrationGoal, policySchema } from '../model';
import { wavePlanSchema } from '../model/wave-plan';
import { specialistsOf } from '../specialists/registry';
import { type FakeIo, fakeIo, type FakeWorld } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { runWave, type WaveOutcome, type WaveRequest } from './run-wave';

const token = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
const files = {
  'packages/backend/src/checkout.ts': '// takes long\nexport function checkout(total: number): number {\n  return total;\n}\n',
  'packages/contracts/src/fee.ts': '// takes long\nexport function deliveryFee(total: number): number {\n  return 4.9;\n}\n',
  'packages/web/src/page.ts': '// checkout page takes long\nexport const page = 1;\n',
};
const goal: OrchestrationGoal = { id: 'fee', type: 'bugfix', title: 'checkout() pays a fee', description: 'checkout() and deliveryFee() disagree.' };
const policy = policySchema.parse({ specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }, { name: 'frontend', domain: ['packages/web/**'] }] });
const request: WaveRequest = { goal, base: 'base', policy, specialists: specialistsOf(policy), conventions: '', waveIndex: 1, findings: [], rounds: {}, planOnly: true, preview: true, planner: 'model' };

async function wave(replies: FakeWorld['replies'], more: Partial<WaveRequest> = {}): Promise<{ readonly io: FakeIo; readonly outcome: WaveOutcome }> {
  const io = fakeIo({ commits: { base: files }, graph: graphOf({ backend: ['contracts'], contracts: [], web: [] }, undefined), secrets: [token], ...(replies === undefined ? {} : { replies }) });
  return { io, outcome: await runWave(io, { ...request, ...more }) };
}
const tasksOf = ({ plan }: WaveOutcome) => plan.waves.flatMap(({ tasks }) => tasks.map(({ id, projects }) => `${id}: ${projects.join(' ')}`));

describe('a wave with --planner=model', () => {
  let hub: WaveOutcome;
  beforeAll(async () => {
    hub = (await wave([], { planner: 'hub' })).outcome;
  });

  it("is planned as the model chose, inside what was offered, and the plan keeps the choice", async () => {
    const { io, outcome } = await wave(['status: plan\nwhy: the fee is made there\n- backend in contracts: make it nothing from 50\nEND OF REPLY']);
    expect(tasksOf(hub)).toEqual(['w1-test: backend contracts', 'w1-backend: backend contracts']);
    expect(tasksOf(outcome)).toEqual(['w1-test: contracts', 'w1-backend: contracts']);
    expect(outcome.plan.refinement).toEqual({ model: 'fake-model', promptHash: expect.stringMatching(/^[0-9a-f]{64}$/), why: 'the fee is made there', waves: [[{ agent: 'backend', projects: ['contracts'], does: 'make it nothing from 50' }]] });
    expect(wavePlanSchema.parse(JSON.parse(JSON.stringify(outcome.plan)))).toEqual(outcome.plan);
    expect(io.model.calls.map(({ taskId, question }) => [taskId, question])).toEqual([['plan-w1', true]]);
    expect(io.packets[0]?.packet.task.projects).toEqual(['contracts']);
  });

  it('is told what the bug register calls a bug that the goal names by id, and may say what tests cover', async () => {
    const io = fakeIo({ commits: { base: { ...files, 'BUGS.md': '### BUG-FEE-001 The delivery fee is doubled\n\nlogs of somebody\n' } }, graph: graphOf({ backend: ['contracts'], contracts: [], web: [] }, undefined), replies: ['status: plan\n- backend in contracts\n- test: twice the fee'] });
    const { plan } = await runWave(io, { ...request, goal: { ...goal, description: 'BUG-FEE-001 is still open.' } });
    expect(io.model.calls[0]?.prompt).toContain('The delivery fee is doubled');
    expect(io.model.calls[0]?.prompt).not.toContain('logs of somebody');
    expect(plan.waves[0]?.tasks.find(({ agent }) => agent === 'test')?.detail).toContain('A model that made the plan says of this task: twice the fee');
    expect(plan.goal.description).toBe('BUG-FEE-001 is still open.');
  });

  it("keeps the hub's plan when the model does, and when its reply cannot be used, with the reason in a note", async () => {
    const kept = await wave(['status: keep\nwhy: it is right']);
    expect([tasksOf(kept.outcome), kept.outcome.plan.refinement?.why, kept.io.notes]).toEqual([tasksOf(hub), 'it is right', []]);
    const hostile: readonly [string, RegExp][] = [
      ['status: plan\n- backend in ../../etc, contracts', /none of the projects that were offered/],
      ['status: plan\n- backend in contracts\nmayTouch: **\n- all in **', /is no task/],
      ['status: plan\n- frontend in backend', /whose domain reaches into backend/],
      ['{"waves": []}', /no line "status/],
      ['x'.repeat(1_048_576), /characters long/],
      ['', /no line "status/],
    ];
    for (const [reply, because] of hostile) {
      const { io, outcome } = await wave([reply]);
      expect(tasksOf(outcome)).toEqual(tasksOf(hub));
      expect(io.notes.join()).toMatch(because);
      expect(outcome.plan.refinement).toMatchObject({ waves: [], unused: expect.stringMatching(because) });
    }
  });

  it('keeps no secret of whoever says that a reply cannot be used, and few words', async () => {
    const { io, outcome } = await wave([{ kind: 'reply', text: 'status: plan', model: 'm', unusable: `the server said ${token} ${'x'.repeat(1_000_000)}` }]);
    expect(outcome.plan.refinement?.unused).toMatch(/^the server said /);
    expect(JSON.stringify([outcome.plan.refinement, io.notes]).length).toBeLessThan(2000);
    expect(JSON.stringify([outcome.plan, io.notes])).not.toContain(token);
  });

  it('says beforehand what the gate will leave to a person', async () => {
    const { io } = await wave(['status: plan\n- frontend in web\n- backend in contracts']);
    expect(io.notes.join()).toMatch(/plan-w1: the plan leases more than the hub's own \(frontend in web, test in web\), which the gate leaves to a person/);
  });

  it('asks the person, and asks the model again with the answer and the next round', async () => {
    const asked = await wave(['status: question\nquestion: Gross or net?']);
    expect(asked.outcome).toMatchObject({ kind: 'stopped', question: { taskId: 'plan-w1', text: 'Gross or net?', round: 1 } });
    const answered = { ...goal, answers: [{ question: 'Gross or net?', answer: 'Net.' }] };
    const { io, outcome } = await wave(['status: keep'], { goal: answered, plan: { ...asked.outcome.plan, goal: answered }, rounds: { 'plan-w1': 1 } });
    expect(io.model.calls.map(({ taskId, round, prompt }) => [taskId, round, /Answered: Net\./.test(prompt)])).toEqual([['plan-w1', 2, true]]);
    expect(outcome.plan.goal.answers).toEqual(answered.answers);
  });

  it('waits for the reply, asks nobody in a dry run, and never twice', async () => {
    const pending = { kind: 'pending' as const, promptPath: 'p.md', replyPath: 'r.md' };
    expect((await wave([pending])).outcome).toMatchObject({ kind: 'stopped', pending: [{ taskId: 'plan-w1', promptPath: 'p.md', replyPath: 'r.md' }], waiting: ['w1-test', 'w1-backend'] });
    expect(tasksOf((await wave([], { preview: false })).outcome)).toEqual(tasksOf(hub));
    const { outcome } = await wave(['status: plan\n- backend in contracts']);
    const again = await wave([], { plan: outcome.plan });
    expect([again.io.model.calls.length, again.outcome.plan]).toEqual([0, outcome.plan]);
  });

  it('may settle a goal that the hub could place nowhere', async () => {
    const vague: OrchestrationGoal = { ...goal, title: 'It takes long', description: 'All of it takes long.' };
    await expect(wave([], { goal: vague, planner: 'hub' })).rejects.toMatchObject({ kind: 'input' });
    const { io, outcome } = await wave(['status: plan\n- backend in backend'], { goal: vague });
    expect(io.model.calls[0]?.prompt).toMatch(/nothing is planned yet/);
    expect(tasksOf(outcome)).toEqual(['w1-test: backend', 'w1-backend: backend']);
    await expect(wave(['nonsense'], { goal: vague })).rejects.toMatchObject({ kind: 'input', message: expect.stringMatching(/No task could be planned/) });
  });

  it('plans first and ranks then, with one question each', async () => {
    const { io, outcome } = await wave(['status: plan\n- backend in contracts', 'packages/contracts/src/fee.ts'], { ranker: 'model' });
    expect(io.model.calls.map(({ taskId }) => taskId)).toEqual(['plan-w1', 'rank-w1']);
    expect(outcome).toMatchObject({ kind: 'planned', wave: { order: { files: [{ path: 'packages/contracts/src/fee.ts' }] } } });
  });

  it('takes secrets out of what is kept of a reply', async () => {
    const { io, outcome } = await wave([`status: plan\nwhy: ${token}\n- backend in contracts: use ${token}`]);
    expect(JSON.stringify([outcome.plan, [...io.replies], io.packets])).not.toContain(token);
    expect(outcome.plan.refinement?.why).toBe('[redacted]');
  });
});
