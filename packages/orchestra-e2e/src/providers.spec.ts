import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';
import { watch } from './watched-run';

const id = 'free-delivery';
const opened: ShopWorkspace[] = [];
afterAll(() => opened.forEach((shop) => shop.dispose()));

function open(policy: object, files: Readonly<Record<string, string>> = {}): ShopWorkspace {
  const specialists = [{ name: 'backend', domain: ['packages/backend/**', 'packages/contracts/**'] }];
  const shop = shopWorkspace({ ...files, 'orchestra/orchestra.json': JSON.stringify({ gate: 'shop', targets: ['build', 'test'], specialists, ...policy }) });
  opened.push(shop);
  return shop;
}
const wave = (shop: ShopWorkspace, ...args: string[]): Promise<Run> => watch(shop, 'g', '@aisha/orchestra:wave', ...args).ended();

describe('--provider=openai with a key that the server refuses', () => {
  it('is one message that says which variable to look at, exit 2, and nothing is written', async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      asked += 1;
      request.resume();
      response.writeHead(401, { 'content-type': 'application/json' }).end(JSON.stringify({ error: { message: 'Incorrect API key provided: sk-wrong-0123456789.', code: 'invalid_api_key' } }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const shop = open({ openai: { model: 'm' } });
    const before = shop.fingerprint();
    Object.assign(process.env, { OPENAI_API_KEY: 'sk-wrong-0123456789', OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` });
    const run = await wave(shop, `orchestra/goals/${id}.json`, '--provider=openai');
    delete process.env['OPENAI_API_KEY'];
    delete process.env['OPENAI_BASE_URL'];
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(run.output).toMatch(/401[\s\S]*OPENAI_API_KEY/);
    expect(run.output).not.toMatch(/\n {4}at |sk-wrong/);
    expect([run.code, asked, shop.fingerprint(), shop.changes()]).toEqual([2, 1, before, []]);
  });
});

/** An agent as its vendors build them: it reads the prompt, edits files where it stands, and says at last what it has done. */
const agent = (misdeed: string): string => `
const { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
const { execFileSync, spawn } = require('node:child_process');
const attempt = (act) => { try { act(); } catch {} };
const edit = (path, from, to) => writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
const spec = 'packages/backend/src/checkout.spec.js';
if (readFileSync(0, 'utf8').startsWith('# Task w1-test:')) {
  edit(spec, "test('a large", "test('an order of exactly 50 is delivered free', () => {\\n  expect(checkout(50).fee).toBe(0);\\n});\\n\\ntest('a large");
  console.log('status: edits\\nsummary: an order of exactly 50');
} else {
  edit('packages/contracts/src/delivery.js', 'total > 50', 'total >= 50');
  ${misdeed}
  console.log('status: edits\\nrootCause: The comparison left out the boundary that the terms include.\\nrisks:\\n  - none known');
}
`;
const withAgent = (misdeed: string): ShopWorkspace => open({ command: { run: ['node', 'tools/agent.js'], timeoutSeconds: 12, environment: ['PLACE'] }, budgets: { repairRounds: 1 } }, { 'tools/agent.js': agent(misdeed) });

describe('--provider=command', () => {
  it('takes what the agent did in its clones as edits, red before and green after', async () => {
    const shop = withAgent('');
    const run = await wave(shop, `orchestra/goals/${id}.json`, '--provider=command');
    expect(run.output).toMatch(/Wave 1 of "free-delivery": accepted/);
    expect([run.code, shop.changes()]).toEqual([0, [' M packages/backend/src/checkout.spec.js', ' M packages/contracts/src/delivery.js']]);
  });

  it.each([
    ['edits outside its lease', "edit('packages/shop/src/index.js', 'module', '// mine\\nmodule');", /packages\/shop\/src\/index\.js/],
    ['deletes .git and says that all is well', "rmSync('.git', { recursive: true, force: true }); edit('packages/shop/src/shop.spec.js', '60', '61');", /packages\/shop\/src\/shop\.spec\.js/],
    ['writes through a symlink', "attempt(() => symlinkSync(process.env.PLACE, 'packages/backend/src/way-out')); attempt(() => writeFileSync('packages/backend/src/way-out/.git/hooks/pre-commit', 'exit 0'));", /way-out/],
    ['sets git config and hooks of the workspace', "attempt(() => execFileSync('git', ['-C', process.env.PLACE, 'config', 'core.hooksPath', '/elsewhere'])); attempt(() => appendFileSync(process.env.PLACE + '/.git/config', '[alias]\\nx = !true\\n')); edit('packages/shop/package.json', '1.0.0', '1.0.1');", /packages\/shop\/package\.json/],
    ['forks, hangs and goes on writing', "spawn(process.execPath, ['-e', 'setInterval(() => { try { require(\"fs\").appendFileSync(process.env.PLACE + \"/left-behind\", \"x\"); } catch {} }, 20)'], { detached: true, stdio: 'ignore' }).unref(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);", /12 s/],
  ])('that %s: said, nothing of it used, and tree, config and hooks are as they were', async (_what, misdeed, said) => {
    const shop = withAgent(misdeed);
    process.env['PLACE'] = shop.root;
    const before = shop.fingerprint();
    const run = await wave(shop, `orchestra/goals/${id}.json`, '--provider=command');
    delete process.env['PLACE'];
    expect(run.output).toMatch(said);
    expect(run.output).not.toMatch(/: accepted/);
    expect([run.code === 0, shop.changes(), shop.has('left-behind')]).toEqual([false, [], false]);
    // The wave's own records are what a stopped wave leaves.
    shop.git('clean', '-fdq', 'orchestra/waves');
    expect(shop.fingerprint()).toBe(before);
  });
});
