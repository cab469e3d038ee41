import { policySchema, type FileExplanation, type OrchestrationGoal, type PacketLock } from '../model';
import { specialistsOf } from '../specialists/registry';
import { fakeIo } from '../testing/fake-io';
import { graphOf } from '../testing/graph-of';
import { explainFile } from './explain-file';

const files = {
  'packages/contracts/package.json': '{"name":"@shop/contracts"}',
  'packages/contracts/src/fee.ts': 'export function deliveryFee(total: number): number {\n  return total > 50 ? 0 : 4.9;\n}\n',
  'packages/backend/package.json': '{"name":"@shop/backend"}',
  'packages/backend/src/checkout.ts': "import { deliveryFee } from '@shop/contracts';\n\nexport function checkout(total: number): number {\n  return total + deliveryFee(total);\n}\n",
  'packages/backend/src/checkout.spec.ts': "import { checkout } from './checkout';\n\nit('is free from 80', () => {\n  expect(checkout(80)).toBe(80);\n});\n",
  'packages/backend/src/config.ts': "export const key = 'PLANTED-KEY'; // delivery fee\n".repeat(6),
  'packages/backend/src/pool.ts': "/** PLANTED-KEY by default */\nexport const pool = 'delivery fee';\n",
  'packages/backend/.env': 'FEE=1\n',
  'packages/backend/notes.txt': 'delivery fee\n',
  'packages/web/package.json': '{"name":"@shop/web"}',
  'packages/web/src/fee-page.ts': 'export const feePage = "delivery fee of an order";\n',
  'orchestra/goals/fee.json': '{}',
};
const goal: OrchestrationGoal = {
  id: 'free-delivery', type: 'bugfix', title: 'An order of exactly 50 pays for delivery', description: 'deliveryFee charges an order of 50.', targetFiles: ['packages/contracts/src/fee.ts'],
};
const policy = policySchema.parse({ specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }] });
const io = fakeIo({ commits: { base: files }, graph: graphOf({ backend: ['contracts'], contracts: [], web: [] }), secrets: ['PLANTED-KEY'] });

const explain = async (path: string, recorded: PacketLock['packets'] = []): Promise<FileExplanation> =>
  explainFile(io, { goal, base: 'base', policy, specialists: specialistsOf(policy), conventions: '', recorded }, path);

describe('explainFile', () => {
  it('tells rank, reasons, mode and size for a file that is shown, for every task of the first wave', async () => {
    const explanation = await explain('packages/contracts/src/fee.ts');
    expect(explanation.ranking).toMatchObject({ rank: 1, because: expect.arrayContaining([{ kind: 'explicit-target', detail: 'the goal names packages/contracts/src/fee.ts' }]) });
    expect(explanation.packets.map(({ taskId, mode, recorded }) => ({ taskId, mode, recorded }))).toEqual([
      { taskId: 'w1-test', mode: 'whole', recorded: false }, { taskId: 'w1-backend', mode: 'whole', recorded: false },
    ]);
    expect(explanation.packets[0]?.tokens).toBeGreaterThan(10);
    expect(explanation.packets[0]?.because.map(({ kind }) => kind)).toContain('explicit-target');
  });

  it('shows a source with one secret in it, without the secret', async () => {
    expect((await explain('packages/backend/src/pool.ts')).packets.map(({ mode }) => mode)).toEqual(['whole', 'whole']);
  });

  it('explains a test by the source it tests', async () => {
    const { ranking, packets } = await explain('packages/backend/src/checkout.spec.ts');
    expect(ranking).toMatchObject({ rank: null, why: expect.stringContaining('a test') });
    expect(packets[0]).toMatchObject({ mode: 'whole', because: expect.arrayContaining([{ kind: 'test-of', detail: 'named after packages/backend/src/checkout.ts' }]) });
  });

  it('says of a file far down that its interface is named, and that it can be asked for', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`packages/contracts/src/order-${at}.ts`, `export const orderFee${at} = 'an order of ${at}';\n${'// order\n'.repeat(40 - at)}`]));
    const crowded = fakeIo({ commits: { base: { ...files, ...many } }, graph: graphOf({ backend: ['contracts'], contracts: [], web: [] }), secrets: ['PLANTED-KEY'] });
    const { ranking, packets } = await explainFile(crowded, { goal, base: 'base', policy, specialists: specialistsOf(policy), conventions: '', recorded: [] }, 'packages/contracts/src/order-39.ts');
    expect(ranking.rank).toBeGreaterThan(27);
    expect(packets.at(-1)).toMatchObject({ mode: null, why: 'named by a line of its interface; a reply can ask for it by its path' });
  });

  it.each<[string, string, RegExp]>([
    ['is not there', 'packages/backend/src/nowhere.ts', /no such file at base/],
    ['holds secrets and little else', 'packages/backend/src/config.ts', /withheld: 6 possible secrets/],
    ['holds keys by custom', 'packages/backend/.env', /never read/],
    ['is no source', 'packages/backend/notes.txt', /not a source, migration or configuration file/],
    ['is one of our records', 'orchestra/goals/fee.json', /our own records and goals/],
    ['lies in a project that nothing connects', 'packages/web/src/fee-page.ts', /belongs to web, which no edge of the project graph connects/],
  ])('says why a file is not shown that %s', async (_what, path, why) => {
    const { packets } = await explain(path);
    expect(packets.map(({ mode }) => mode)).toEqual([null, null]);
    expect(packets[0]?.why).toMatch(why);
  });

  it('believes the records of a wave that was run, round by round', async () => {
    const reason = { kind: 'requested' as const, detail: 'to see the boundary' };
    const round = (number: number, shown: boolean): PacketLock['packets'][number] => ({
      taskId: 'w1-backend', round: number, packetHash: '', promptHash: '', tokens: { repository: 1, other: 1 },
      files: shown ? [{ path: 'packages/web/src/fee-page.ts', hash: '', mode: 'slice', range: [1, 1], because: [reason], tokens: 7 }] : [],
      omitted: shown ? [] : [{ path: 'packages/web/src/fee-page.ts', why: 'matches the goal; nothing of it displaced a better slice' }],
    });
    expect((await explain('packages/web/src/fee-page.ts', [round(1, false), round(2, true)])).packets).toEqual([
      { taskId: 'w1-backend', round: 1, recorded: true, mode: null, ranges: [], tokens: 0, because: [], why: 'matches the goal; nothing of it displaced a better slice' },
      { taskId: 'w1-backend', round: 2, recorded: true, mode: 'slice', ranges: [[1, 1]], tokens: 7, because: [reason] },
    ]);
  });
});
