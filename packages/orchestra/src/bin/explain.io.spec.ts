import type { TempRepository } from '../io/testing/temp-repository';
import { tempWorkspace } from '../io/testing/temp-workspace';
import { explainCommand } from './explain';

let workspace: TempRepository;
const manifest = (name: string, dependencies: object = {}): string => JSON.stringify({ name: `@shop/${name}`, version: '1.0.0', dependencies, scripts: { test: 'true' }, nx: { name } });
const goal = { title: 'An order of exactly 50 pays for delivery', description: 'deliveryFee charges an order of 50.', targetFiles: ['packages/data/src/fee.ts'] };

beforeAll(() => {
  workspace = tempWorkspace({
    'nx.json': '{ "analytics": false, "neverConnectToCloud": true }', 'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
    'packages/data/package.json': manifest('data'), 'packages/data/src/fee.ts': 'export function deliveryFee(total: number): number {\n  return total > 50 ? 0 : 4.9;\n}\n',
    'packages/shop/package.json': manifest('shop', { '@shop/data': '1.0.0' }), 'packages/shop/src/checkout.ts': "import { deliveryFee } from '@shop/data';\nexport const checkout = (total: number): number => total + deliveryFee(total);\n",
    'orchestra/goals/free-delivery.json': JSON.stringify(goal), 'orchestra/orchestra.json': JSON.stringify({ specialists: [{ name: 'backend', domain: ['packages/**'] }] }),
  });
});
afterAll(() => workspace.dispose());

async function explained(...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    expect(await explainCommand([...args, '--workspace', workspace.root])).toBe(0);
  } finally {
    write.mockRestore();
  }
  return printed.join('');
}

describe('orchestra explain', () => {
  it('explains a goal file as its first wave would show it', async () => {
    const text = await explained('orchestra/goals/free-delivery.json', 'packages/data/src/fee.ts');
    expect(text).toMatch(/^packages\/data\/src\/fee\.ts for "free-delivery" at [0-9a-f]{12}: rank 1 of \d+, score/);
    expect(text).toContain('  explicit-target: the goal names packages/data/src/fee.ts');
    expect(text).toMatch(/w1-backend, round 1 \(as it would be asked\): whole, \d+ tokens/);
  });

  it('says so as data, for a file that is not there as well, and writes nothing', async () => {
    const explanation = JSON.parse(await explained('free-delivery', './packages/data/src/nowhere.ts', '--json'));
    expect(explanation).toMatchObject({ goalId: 'free-delivery', path: 'packages/data/src/nowhere.ts', ranking: { rank: null, because: [] }, packets: expect.arrayContaining([expect.objectContaining({ mode: null, why: expect.stringContaining('no such file') })]) });
    expect(workspace.git('status', '--porcelain')).toBe('');
  });

  it.each<[string, readonly string[], string]>([
    ['everything that is missing', [], 'a goal id or goal file is required\na path is required'],
    ['what is too much', ['a', 'b', 'c'], '"c" is one argument too many'],
    ['a workspace that is not there', ['a', 'b', '--workspace', '/nowhere'], '--workspace: there is no folder /nowhere'],
    ['an unknown option', ['--gaol', 'x'], 'gaol'],
  ])('says %s', async (_name, args, message) => {
    await expect(explainCommand(args)).rejects.toMatchObject({ kind: 'input', message: expect.stringContaining(message) });
  });

  it('names the goal files it looked for', async () => {
    await expect(explainCommand(['nobody', 'a.ts', '--workspace', workspace.root])).rejects.toThrow('orchestra/goals/nobody.json');
  });
});
