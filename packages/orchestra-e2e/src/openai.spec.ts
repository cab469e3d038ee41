import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModelServer, modelServer } from './model-server';
import { soundFix, soundTest } from './replies';
import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';
import { watch } from './watched-run';

const id = 'free-delivery';
const providerKey = 'sk-PLANTED-provider-0123456789abcdef';
const token = `ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}`;
const policy = JSON.stringify({ gate: 'shop', targets: ['build', 'test'], openai: { model: 'm' }, specialists: [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }] });

const opened: ShopWorkspace[] = [];
let server: ModelServer;
const begin = async (replies: Readonly<Record<string, string>>): Promise<void> => {
  server = await modelServer(replies);
  process.env['OPENAI_API_KEY'] = providerKey;
  process.env['OPENAI_BASE_URL'] = server.url;
};
afterEach(async () => {
  await server.close();
  delete process.env['OPENAI_API_KEY'];
  delete process.env['OPENAI_BASE_URL'];
});
afterAll(() => opened.forEach((shop) => shop.dispose()));

function open(extra: Readonly<Record<string, string>> = {}): ShopWorkspace {
  const shop = shopWorkspace({ 'orchestra/orchestra.json': policy, ...extra });
  opened.push(shop);
  return shop;
}
const wave = (shop: ShopWorkspace, ...args: string[]): Promise<Run> => watch(shop, 'g', '@aisha/orchestra:wave', ...args).ended();

describe('--provider=openai', () => {
  it('gives the same tree and report as a replay of what it recorded', async () => {
    const [plan, order] = ['Is this the right plan?', 'Which of these files must change?'];
    const planned = 'status: plan\nwhy: the fee is made there\nwave 1\n- backend in contracts: compare with 50 itself\nEND OF REPLY\n';
    await begin({ 'w1-test': soundTest, 'w1-backend': soundFix, [plan]: planned, [order]: '../outside.js\npackages/backend/src/index.js - charges\nEND OF REPLY\n' });
    const asked = open();
    const replayed = asked.copy();
    opened.push(replayed);
    const first = await wave(asked, `orchestra/goals/${id}.json`, '--provider=openai', '--record', '--planner=model', '--ranker=model');
    expect(first.output).toMatch(/1 line of the reply named none of the files[\s\S]*Wave 1 of "free-delivery": accepted/);
    expect([first.code, server.asked.map((each) => each.task)]).toEqual([0, [plan, order, 'w1-test', 'w1-backend']]);
    expect(asked.read(`orchestra/waves/${id}/wave-1/packet.lock.json`)).toMatch(/a model put it in place 1: charges/);
    expect(asked.read(`orchestra/waves/${id}/wave-1/report.md`)).toMatch(/was made by a model[\s\S]*the fee is made there/);
    cpSync(join(asked.root, '.orchestra/recordings'), join(replayed.root, '.orchestra/recordings'), { recursive: true });
    const second = await wave(replayed, `orchestra/goals/${id}.json`, '--provider=replay', '--strict', '--planner=model', '--ranker=model');
    expect(second.code).toBe(0);
    expect(server.asked).toHaveLength(4);
    for (const name of ['plan.json', 'wave-1/report.json', 'wave-1/report.md', 'wave-1/packet.lock.json']) {
      expect(replayed.read(`orchestra/waves/${id}/${name}`)).toBe(asked.read(`orchestra/waves/${id}/${name}`));
    }
    expect(replayed.fingerprint()).toBe(asked.fingerprint());
  });

  it('without key and model says everything in one message, exits 2 and writes nothing', async () => {
    await begin({});
    const shop = open({ 'orchestra/orchestra.json': JSON.stringify({ gate: 'shop' }) });
    const before = shop.fingerprint();
    delete process.env['OPENAI_API_KEY'];
    const run = await wave(shop, `orchestra/goals/${id}.json`, '--provider=openai');
    expect(run.code).toBe(2);
    expect(run.output).toMatch(/OPENAI_API_KEY is not set[\s\S]*no model is named[\s\S]*w1-test\.1\.prompt\.md[\s\S]*--provider=handoff/);
    expect(run.output).not.toMatch(/\n {4}at /);
    expect([shop.fingerprint(), shop.changes(), server.asked.length]).toEqual([before, [], 0]);
    expect(shop.has(`.orchestra/waves/${id}/w1-test.1.prompt.md`)).toBe(true);
  });

  it('stops at a token budget, says how to go on, and goes on', async () => {
    await begin({ 'w1-test': soundTest, 'w1-backend': soundFix });
    const shop = open();
    const before = shop.fingerprint();
    const stopped = await wave(shop, `orchestra/goals/${id}.json`, '--provider=openai', '--goalTokens=4000');
    expect(stopped.code).toBe(2);
    expect(stopped.output).toMatch(/token budget of goal free-delivery is used up: 1100 of 4000 tokens[\s\S]*--goalTokens/);
    expect(shop.fingerprint()).toBe(before);
    const whole = await wave(shop, `orchestra/goals/${id}.json`, '--provider=openai', '--goalTokens=400000');
    expect(whole.output).toMatch(/paid for before[\s\S]*Wave 1 of "free-delivery": accepted/);
    expect(server.asked.map((each) => each.task)).toEqual(['w1-test', 'w1-backend']);
  });
});

describe('keys and secrets', () => {
  /** Prints everything it can see; the runner's output goes into the next packet and into the report. */
  const curious = soundTest.replace("test('an order of exactly 50", "console.log(JSON.stringify(process.env));\ntest('an order of exactly 50");
  const planted = ['.env', 'packages/backend/src/config.js', 'packages/backend/.env.local', `orchestra/goals/${id}.json`];

  it('planted in .env, source, logs and goal appear in nothing that is written, printed or sent', async () => {
    await begin({ 'w1-test': curious, 'w1-backend': soundFix });
    const goal = { id, type: 'bugfix', title: `Orders of exactly 50 pay for delivery ${token}`, description: `deliveryFee in packages/contracts/src/delivery.js charges 4.90 for checkout config. The token ${token} was used.`, logs: `checkout: Authorization: Bearer ${token}\n`, stackTrace: `Error: ${token}\n    at checkout (packages/backend/src/index.js:4:10)` };
    const shop = open({
      [`orchestra/goals/${id}.json`]: JSON.stringify(goal), 'packages/backend/src/config.js': `// checkout delivery fee\nmodule.exports = { github: '${token}' };\n`,
      '.gitignore': 'node_modules/\n.nx/\n.orchestra/\n.env\n.env.local\n',
    });
    shop.write('.env', `API_TOKEN=${token}\n`);
    shop.write('packages/backend/.env.local', `API_TOKEN=${token}\n`);
    const run = await wave(shop, `orchestra/goals/${id}.json`, '--provider=openai', '--record');
    expect(run.output).toMatch(/Wave 1 of "free-delivery"/);
    expect(server.asked.length).toBeGreaterThan(1);
    const places = new Map([['output', run.output], ...server.asked.map((each, index) => [`request ${index + 1}`, each.sent] as const), ...textsBelow(shop.root, planted), ...textsBelow(shop.temp, [])]);
    expect(places.size).toBeGreaterThan(20);
    expect([...places].filter(([, text]) => text.includes(token) || text.includes(providerKey)).map(([place]) => place)).toEqual([]);
    expect([...places.values()].some((text) => text.includes('[redacted]'))).toBe(true);
  });
});

/** Every file but git's own objects and what is installed. */
function textsBelow(root: string, except: readonly string[]): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/\/(?:node_modules|\.git)\//.test(path) && !except.includes(path.slice(root.length + 1)));
  return new Map(files.map((path) => [path, readFileSync(path, 'latin1')]));
}
