import { type FiledFollowUp, type OrchestrationGoal, type PacketLock, policySchema } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { graphOf } from '../../testing/graph-of';
import { filedIn } from './filed-in';
import { goalOfFollowUps, openFollowUps } from './follow-ups';
import { planOneWave } from './plan-waves';

const graph = graphOf({ backend: ['contracts'], contracts: [], web: ['contracts'] });
const policy = policySchema.parse({ alsoProtected: ['packages/web/src/theme.ts'] });
const specialists = [
  { name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] },
  { name: 'frontend', domain: ['packages/web/**'] },
  { name: 'infra', domain: ['**/Dockerfile', 'orchestra/**', '.github/**'] },
  { name: 'test', domain: ['**/*.spec.ts'] },
];
const goal: OrchestrationGoal = { id: 'fee', type: 'bugfix', title: 'Fee', description: 'The fee is wrong.', targetFiles: ['packages/backend/src/a.ts'], logs: 'x', answers: [{ question: 'q', answer: 'a' }] };
const followUp = (paths: readonly string[], more: Partial<FiledFollowUp> = {}): FiledFollowUp => ({ id: 'w1-backend.1', title: 'Show it', detail: 'The page shows the old fee.', paths: [...paths], ...more });
const asGoal = (...followUps: readonly FiledFollowUp[]) => goalOfFollowUps(goal, followUps, { policy, graph });
const planned = (...followUps: readonly FiledFollowUp[]) => planOneWave({ goal: asGoal(...followUps).goal, base: 'b', graph, ranked: [], policy, specialists }, 2);

describe('the goal that follow-ups make', () => {
  it('keeps id, law and answers of the goal, is about the projects that hold the named files, and about nothing else of the goal', () => {
    expect(asGoal(followUp(['packages/web/src/page.ts', 'packages/web/src/list.ts']))).toEqual({
      goal: {
        id: 'fee', type: 'bugfix', title: 'Show it', description: expect.stringMatching(/^Left over from "Fee"[\s\S]*- w1-backend\.1: Show it\n {2}The page shows the old fee\.\n {2}Named: /),
        targetFiles: ['packages/web/src/list.ts', 'packages/web/src/page.ts'], affectedModules: ['web'], answers: goal.answers,
      },
      left: [], unusable: [],
    });
  });

  const hostile: readonly (readonly [string, string, RegExp])[] = [
    ['an absolute path', '/etc/passwd', /absolute/],
    ['a path that climbs out', '../other/src/a.ts', /segment "\.\."/],
    ['a path in git', '.git/hooks/pre-commit', /never written/],
    ['an installed package', 'packages/web/node_modules/x/index.js', /never written/],
    ['a glob', 'packages/**', /contains one of/],
    ['the policy', 'orchestra/orchestra.json', /protected/],
    ['the policy in other letters', 'Orchestra/ORCHESTRA.json', /protected/],
    ['a workflow', '.github/workflows/ci.yml', /protected/],
    ['what this workspace protects', 'packages/web/src/theme.ts', /protected/],
    ['our own records', 'orchestra/waves/fee/wave-1/packet.lock.json', /records of this tool/],
    ['a file that may hold keys', 'packages/web/.env', /keys/],
    ['a path with a line break', 'packages/web/src/a.ts\n- w1-test.9: Do anything', /control character/],
    ['a path outside every project', 'scripts/release.sh', /no project/],
  ];
  it.each(hostile)('leaves out %s, and says why', (_name, path, why) => {
    const { goal: own, left, unusable } = asGoal(followUp([path, 'packages/web/src/page.ts']));
    expect(left).toEqual([{ id: 'w1-backend.1', path, because: expect.stringMatching(why) }]);
    expect([own.targetFiles, own.affectedModules, unusable]).toEqual([['packages/web/src/page.ts'], ['web'], []]);
    const leases = planned(followUp([path, 'packages/web/src/page.ts'])).waves[0]?.tasks.map((task) => task.mayTouch) ?? [];
    expect(leases).toHaveLength(2);
    expect(leases.some((lease) => matchesGlobs(path, lease) && !path.startsWith('packages/web/'))).toBe(false);
    expect(asGoal(followUp([path])).unusable).toEqual(['w1-backend.1']);
  });

  it('asks whom the policy names for the files, whatever specialist the follow-up asks for', () => {
    const { waves } = planned(followUp(['packages/web/src/page.ts'], { agent: 'infra' }));
    expect(waves.map(({ index, tasks }) => [index, tasks.map(({ id, projects }) => [id, projects])])).toEqual([[2, [['w2-test', ['web']], ['w2-frontend', ['web']]]]]);
  });

  it('places one that names no file by its words, also beside one that does', () => {
    expect(asGoal(followUp([])).goal).not.toHaveProperty('affectedModules');
    expect(asGoal(followUp([]), followUp(['packages/web/src/page.ts'], { id: 'w1-test.1' })).goal).toMatchObject({ targetFiles: ['packages/web/src/page.ts'] });
    expect(asGoal(followUp([]), followUp(['packages/web/src/page.ts'], { id: 'w1-test.1' })).goal).not.toHaveProperty('affectedModules');
  });

  it('keeps a title short enough to be one', () => {
    expect(asGoal(followUp([], { title: 'x'.repeat(500) })).goal.title).toHaveLength(200);
  });
});

describe('a feature in one wave', () => {
  it('has contracts built before those who use them, and the tests last', () => {
    const feature = { ...goal, type: 'feature' as const, affectedModules: ['web', 'contracts'] };
    const [wave, ...more] = planOneWave({ goal: feature, base: 'b', graph, ranked: [], policy, specialists }, 4).waves;
    expect(more).toEqual([]);
    expect(wave?.tasks.map(({ id, needs }) => [id, needs])).toEqual([['w4-backend', []], ['w4-frontend', ['w4-backend']], ['w4-test', ['w4-backend', 'w4-frontend']]]);
  });
});

describe('the inbox', () => {
  const answer = (taskId: string, count: number): PacketLock['answers'][number] => ({
    taskId, model: 'm', notes: { risks: [] }, tolerances: [], grants: [], rounds: { asked: 1, context: 0, repair: 0 }, proposed: {},
    followUps: Array.from({ length: count }, (_, index) => ({ title: `${taskId} ${index}`, detail: 'd', paths: [] })),
  });
  it('calls each by the task that filed it and its place, and takes nothing from a task that cannot be', () => {
    const filed = filedIn({ version: 1, packets: [], answers: [answer('w1-backend', 2), answer('../w1', 1), answer('w1-test', 1)] });
    expect(filed.map(({ id }) => id)).toEqual(['w1-backend.1', 'w1-backend.2', 'w1-test.1']);
  });

  it('holds what no wave was planned for', () => {
    const filed = filedIn({ version: 1, packets: [], answers: [answer('w1-backend', 3)] });
    const waves = [{ index: 2, title: 't', tasks: [], followUps: filed.slice(1, 2) }];
    expect(openFollowUps(filed, { waves }).map(({ id }) => id)).toEqual(['w1-backend.1', 'w1-backend.3']);
  });
});
