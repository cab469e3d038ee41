import { policySchema } from '../model';
import { specialistsOf } from '../specialists/registry';
import { fakeIo } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { buildTaskPacket } from './ask-task';
import { contextFor } from './answer-tasks';
import { beginConversation } from './conversation';
import { planFrom, surveyWorkspace } from './make-plan';
import { openWaveView } from './wave-view';
import { writtenTests } from './written-tests';

const spec = 'packages/backend/src/checkout.spec.ts';
const old = `import { checkout } from './checkout';\n${Array.from({ length: 40 }, (_, n) => `\nit('charges ${n}', () => {\n  expect(checkout(${n})).toBe(${n});\n});\n`).join('')}`;
const added = "\nit('is free from 50', () => {\n  expect(checkout(50)).toBe(50);\n});\n";
const files = {
  'packages/backend/package.json': '{"name":"@shop/backend"}',
  'packages/backend/src/checkout.ts': 'export function checkout(total: number): number {\n  return total + 4.9;\n}\n',
  'packages/backend/src/fee.ts': 'export const deliveryFee = 4.9;\n',
  [spec]: old,
};
const policy = policySchema.parse({ specialists: [{ name: 'backend', domain: ['packages/backend/**'] }] });
const goal = { id: 'fee', type: 'bugfix' as const, title: 'The delivery fee is wrong', description: 'deliveryFee in fee.ts' };

async function world(changed: ReadonlyMap<string, string>) {
  const io = fakeIo({ commits: { base: files }, graph: graphOf({ backend: [] }) });
  const request = { goal, base: 'base', policy, specialists: specialistsOf(policy), conventions: '' };
  const survey = await surveyWorkspace(io, request);
  const tasks = planFrom(survey, request).waves[0]?.tasks ?? [];
  const packetOf = (agent: string) => {
    const task = tasks.find((each) => each.agent === agent);
    if (task === undefined) throw new Error(`nothing was planned for ${agent}`);
    const context = contextFor(io, { ...request, waveIndex: 1, findings: [], rounds: {}, planOnly: false, preview: false }, survey, task);
    return { context, view, packet: buildTaskPacket(context, task, view, beginConversation(goal, [], 0)) };
  };
  const view = openWaveView(io, 'base', changed);
  return packetOf;
}

it('of a file that was there before, the lines that were written and a few around them', async () => {
  const { context, view } = (await world(new Map([[spec, old + added]])))('backend');
  const lines = old.split('\n').length;
  expect(await writtenTests(context, view, 16_000)).toMatchObject([{ path: spec, range: [lines - 3, lines + 6] }]);
});

it('a new file whole, and nothing that is no test', async () => {
  const { context, view } = (await world(new Map([['packages/backend/src/fee.spec.ts', added], ['packages/backend/src/fee.ts', 'export const deliveryFee = 0;\n']])))('backend');
  expect((await writtenTests(context, view, 16_000)).map(({ path, range }) => [path, range])).toEqual([['packages/backend/src/fee.spec.ts', undefined]]);
});

it('the fix is shown the test it has to satisfy and, high up, what that test imports', async () => {
  const { packet } = (await world(new Map([[spec, old + added]])))('backend');
  const shown = (await packet).files;
  expect(shown.find(({ path }) => path === spec)?.text).toContain('expect(checkout(50)).toBe(50);');
  const tested = shown.find(({ path }) => path.endsWith('/checkout.ts'));
  expect([tested?.mode, tested?.because[0]]).toEqual(['whole', { kind: 'import', detail: `${spec}, which reproduces the goal, imports it` }]);
});

it('whoever writes the test is not shown its own as asked for', async () => {
  const { packet } = (await world(new Map([[spec, old + added]])))('test');
  expect(JSON.stringify(await packet)).not.toContain('written for this goal');
});

it.each([
  ['a new test', 'packages/backend/src/fee.spec.ts', ''],
  ['an old test', spec, old],
])('%s that is longer than the packet leaves room for what has to be fixed', async (_, path, before) => {
  const long = `${before}import { checkout } from './checkout';\n${Array.from({ length: 900 }, (__, n) => `\nit('charges the delivery fee of ${n}', () => {\n  const total = checkout(${n});\n  expect(total).toBe(${n});\n  expect(total).toBeLessThan(${n + 1});\n});\n`).join('')}`;
  const source = Array.from({ length: 120 }, (__, n) => `/** The delivery fee of kind ${n}. */\nexport function checkout${n}(total: number): number {\n  return total + ${n};\n}\n`).join('\n');
  const { packet, context } = (await world(new Map([[path, long], ['packages/backend/src/checkout.ts', source]])))('backend');
  const { files: shown, tokens } = await packet;
  const tokensOf = (name: string): number => shown.filter((file) => file.path === name).reduce((sum, file) => sum + file.tokens, 0);
  expect(tokens.repository).toBeLessThanOrEqual(context.policy.budgets.contextTokens);
  expect(tokensOf(path)).toBeGreaterThan(1000);
  expect(tokensOf('packages/backend/src/checkout.ts')).toBeGreaterThan(3000);
});
