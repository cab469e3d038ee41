import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { soundFix, soundTest } from './replies';
import { cloneShop, type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0).reverse()) cleanup();
});
const kept = (shop: ShopWorkspace): ShopWorkspace => (cleanups.push(() => shop.dispose()), shop);

/** Counts each task by a line in an ignored file: scratch trees have their own, so this is what ran in the workspace. */
const counter = (target: string, name: string): string => `node ../../count.js ${target} ${name}`;
const project = (name: string, dependencies: readonly string[]): string =>
  JSON.stringify({
    name: `@shop/${name}`, version: '1.0.0', main: 'src/index.js', dependencies: Object.fromEntries(dependencies.map((each) => [`@shop/${each}`, '1.0.0'])),
    nx: { name, targets: { build: { command: counter('build', name), options: { cwd: '{projectRoot}' } }, test: { command: `${counter('test', name)} && jest`, options: { cwd: '{projectRoot}' } } } },
  }, undefined, 2);

const countedShop = (): ShopWorkspace =>
  kept(shopWorkspace({
    '.gitignore': 'node_modules/\n.nx/\n.orchestra/\ndist/\nruns.log\n',
    'package-lock.json': JSON.stringify({ name: 'shop-workspace', lockfileVersion: 3, packages: {} }),
    'count.js': "const fs = require('node:fs');\nconst [target, name] = process.argv.slice(2);\nfs.appendFileSync(`${__dirname}/runs.log`, `${name}:${target}\\n`);\nif (target === 'build') {\n  fs.mkdirSync('dist', { recursive: true });\n  fs.writeFileSync('dist/built.txt', name);\n}\n",
    'nx.json': JSON.stringify({
      analytics: false, neverConnectToCloud: true, defaultBase: 'main', plugins: [{ plugin: '@aisha/orchestra/plugin' }],
      namedInputs: { default: ['{projectRoot}/**/*', '!{projectRoot}/dist/**'] },
      targetDefaults: { build: { cache: true, inputs: ['default', '^default'], outputs: ['{projectRoot}/dist'] }, test: { cache: true, inputs: ['default', '^default'] } },
      sync: { globalGenerators: ['@aisha/orchestra:sync'] }, pluginsConfig: { '@nx/js': { analyzeSourceFiles: true } },
    }, undefined, 2),
    'packages/contracts/package.json': project('contracts', []),
    'packages/backend/package.json': project('backend', ['contracts']),
    'packages/shop/package.json': project('shop', ['backend', 'contracts']),
  }));

const delivery = 'packages/contracts/src/delivery.js';
const everyTask = ['backend', 'contracts', 'shop'].flatMap((name) => [`${name}:build`, `${name}:test`]);
const ran = (shop: ShopWorkspace): readonly string[] => (shop.has('runs.log') ? shop.read('runs.log').trim().split('\n').sort() : []);

/** Commits a change of `contracts`, on which everything depends, and answers the range as CI sets it. */
function change(shop: ShopWorkspace, from: string, to: string): Readonly<Record<string, string>> {
  const base = shop.git('rev-parse', 'HEAD').trim();
  shop.write(delivery, shop.read(delivery).replace(from, to));
  shop.git('commit', '--quiet', '-am', 'change');
  return { NX_BASE: base, NX_HEAD: shop.git('rev-parse', 'HEAD').trim() };
}
const sound = (shop: ShopWorkspace) => change(shop, '  return total > 50 ? 0 : 4.9;', '  const free = total > 50;\n  return free ? 0 : 4.9;');

interface Report {
  readonly verdict: { readonly decision: string };
  readonly containment: readonly string[];
  readonly targets: readonly { readonly project: string; readonly target: string; readonly status: string }[];
}
const report = (shop: ShopWorkspace): Report => JSON.parse(shop.read('.orchestra/reports/gate/report.json')) as Report;

interface CacheServer {
  readonly url: string;
  counts(): Promise<Readonly<Record<string, number>>>;
}

/** A process of its own: the runs of this file are synchronous, and nobody would answer them from here. */
async function cacheServer(): Promise<CacheServer> {
  const child: ChildProcess = spawn(process.execPath, [join(__dirname, 'cache-server.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  cleanups.push(() => child.stdin?.end());
  const [port] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  const url = `http://127.0.0.1:${port.toString().trim()}`;
  return { url, counts: async () => (await (await fetch(`${url}/counts`)).json()) as Readonly<Record<string, number>> };
}
const remote = (url: string, token: string) => ({ NX_SELF_HOSTED_REMOTE_CACHE_SERVER: url, NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token });

const affected = (shop: ShopWorkspace, variables: Readonly<Record<string, string>>): readonly Run[] => [
  shop.nxWith(variables, 'affected', '-t', 'test', 'build', '--outputStyle=static'),
  shop.nxWith(variables, 'affected', '-t', 'validate-wave', '--exclude=shop', '--outputStyle=static'),
];
const gate = (shop: ShopWorkspace, variables: Readonly<Record<string, string>>): Run => shop.nxWith(variables, 'run', 'shop:validate-wave');
const hits = (run: Run, kind: string): number => run.output.split(`[${kind}]`).length - 1;

describe('the CI sequence', () => {
  it('runs each task once on a cold cache, and none in a second clone that shares the remote cache', async () => {
    const server = await cacheServer();
    const first = countedShop();
    const range = sound(first);

    const cold = affected(first, { ...range, ...remote(server.url, 'writer') });
    expect(cold.map(({ code }) => code)).toEqual([0, 0]);
    expect(ran(first)).toEqual(everyTask);
    expect(gate(first, { ...range, ...remote(server.url, 'writer') })).toMatchObject({ code: 0 });
    expect(ran(first)).toEqual(everyTask);
    expect(report(first).targets.map(({ project: name, target, status }) => `${name}:${target} ${status}`)).toEqual(everyTask.map((task) => `${task} passed`));
    // Six tasks, and the static part of two projects; the gate itself is never cached.
    expect(await server.counts()).toEqual({ hits: 0, misses: 8, stored: 8, forbidden: 0, unauthorized: 0 });

    const second = kept(cloneShop(first));
    const reader = { ...range, ...remote(server.url, 'reader') };
    const warm = affected(second, reader);
    expect(warm.map((run) => [run.code, hits(run, 'remote cache')])).toEqual([[0, 6], [0, 2]]);
    expect(second.read('packages/contracts/dist/built.txt')).toBe('contracts');
    expect(second.read('.orchestra/reports/projects/packages/contracts/report.json')).toBe(first.read('.orchestra/reports/projects/packages/contracts/report.json'));
    // Without its local cache, the gate's own child has to ask the server.
    rmSync(join(second.root, '.nx'), { recursive: true });
    expect(gate(second, reader)).toMatchObject({ code: 0 });
    expect(ran(second)).toEqual([]);
    expect(await server.counts()).toEqual({ hits: 14, misses: 8, stored: 8, forbidden: 0, unauthorized: 0 });
    expect(second.read('.orchestra/reports/gate/report.json')).toBe(first.read('.orchestra/reports/gate/report.json'));
  });

  it('goes on with a read-only token when there is something new to store', async () => {
    const server = await cacheServer();
    const shop = countedShop();
    const variables = { ...sound(shop), ...remote(server.url, 'reader') };
    expect(affected(shop, variables).map(({ code }) => code)).toEqual([0, 0]);
    expect(gate(shop, variables)).toMatchObject({ code: 0 });
    expect(ran(shop)).toEqual(everyTask);
    expect(await server.counts()).toMatchObject({ stored: 0, forbidden: 8 });
  });
});

describe('the gate with a cache server that is no use', () => {
  it('accepts a sound change when the server is dead, having run each task once, and says so', () => {
    const shop = countedShop();
    const run = gate(shop, { ...sound(shop), ...remote('http://127.0.0.1:9', 'writer') });
    expect(run).toMatchObject({ code: 0, output: expect.stringMatching(/remote cache: failed \(.*\), the tasks were run again without it/) });
    expect(ran(shop)).toEqual(everyTask);
    expect(report(shop)).toMatchObject({ verdict: { decision: 'accepted' }, containment: expect.arrayContaining([expect.stringContaining('remote cache: failed')]) });
  });

  it('blocks a broken change when the server refuses the token, and says so', async () => {
    const server = await cacheServer();
    const shop = countedShop();
    const run = gate(shop, { ...change(shop, '? 0 : 4.9', '? 1 : 4.9'), ...remote(server.url, 'wrong') });
    expect(run).toMatchObject({ code: 1, output: expect.stringMatching(/remote cache: failed \(Unauthorized.*\), the tasks were run again without it/) });
    expect(ran(shop)).toEqual(everyTask);
    expect(report(shop)).toMatchObject({ verdict: { decision: 'blocked' }, containment: expect.arrayContaining([expect.stringContaining('remote cache: failed')]) });
    expect(report(shop).targets).toContainEqual(expect.objectContaining({ project: 'backend', target: 'test', status: 'failed' }));
    expect(await server.counts()).toMatchObject({ hits: 0, stored: 0 });
  });
});

describe('the static part of a project', () => {
  it('is replayed for the same range and judged again when the range moves, by commit or by name', () => {
    const shop = countedShop();
    const { NX_BASE = '', NX_HEAD = '' } = sound(shop);
    const judge = (variables: Readonly<Record<string, string>>): Run => shop.nxWith(variables, 'run', 'contracts:validate-wave', '--outputStyle=static');
    const isReplayed = (run: Run): boolean => /\[(?:local cache|existing outputs match)/.test(run.output);
    const path = '.orchestra/reports/projects/packages/contracts/report.json';

    expect(judge({ NX_BASE, NX_HEAD })).toMatchObject({ code: 0, output: expect.stringContaining(`Compared with ${NX_BASE}`) });
    const fresh = shop.read(path);
    rmSync(join(shop.root, '.orchestra'), { recursive: true });
    const again = judge({ NX_BASE, NX_HEAD });
    expect(isReplayed(again)).toBe(true);
    expect(shop.read(path)).toBe(fresh);

    expect(isReplayed(judge({ NX_BASE: NX_HEAD, NX_HEAD }))).toBe(false);
    // A name stands for another commit later: the same words must not bring back the old answer.
    expect(isReplayed(judge({ NX_BASE: 'HEAD~1', NX_HEAD: 'HEAD' }))).toBe(true);
    shop.git('commit', '--quiet', '--allow-empty', '-m', 'nothing');
    expect(isReplayed(judge({ NX_BASE: 'HEAD~1', NX_HEAD: 'HEAD' }))).toBe(false);
    expect(shop.nx('run', 'contracts:validate-wave', '--base=HEAD~1')).toMatchObject({ code: 1, output: expect.stringMatching(/--base=HEAD~1: .*full commit ids/) });
  });
});

describe('nx affected with a range of its own', () => {
  it('has its tasks judge that range, merge base included, and no cached answer of another', () => {
    const shop = countedShop();
    const { NX_BASE: first = '' } = sound(shop);
    const { NX_BASE: second = '' } = change(shop, '  const free', '  // Free of charge.\n  const free');
    const judge = (...args: readonly string[]): Run => shop.nx('affected', '-t', 'validate-wave', '--exclude=shop', '--outputStyle=static', ...args);
    expect(judge(`--base=${first}`).output).toContain(`Compared with ${first}`);
    expect(judge('--base=HEAD~1').output).toContain(`Compared with ${second}`);
    shop.git('branch', 'elsewhere', first);
    shop.git('checkout', '--quiet', 'elsewhere');
    shop.git('commit', '--quiet', '--allow-empty', '-m', 'beside');
    shop.git('checkout', '--quiet', 'main');
    expect(judge('--base', 'elsewhere', '--head', 'main').output).toContain(`Compared with ${first}`);
  });
});

interface Step {
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The `run:` steps as GitHub runs them on a push: a failed step skips the rest, but for those that ask not to be. The
 * installation is left out: the fixture's packages are linked, and there is no registry.
 */
function runWorkflow(shop: ShopWorkspace, before: string): readonly (readonly [string, number | null])[] {
  const { jobs: { orchestra: job } } = parse(shop.read('.github/workflows/orchestra.yml')) as { readonly jobs: { readonly orchestra: { readonly env: Readonly<Record<string, string>>; readonly steps: readonly Step[] } } };
  const file = join(shop.root, '.nx/github-env');
  shop.write('.nx/github-env', '');
  const results: (readonly [string, number | null])[] = [];
  for (const { run, env = {}, if: condition } of job.steps) {
    const failed = results.some(([, code]) => code !== 0);
    if (run === undefined || run === 'npm ci' || (failed && condition?.includes('!cancelled()') !== true)) continue;
    const exported = Object.fromEntries(shop.read('.nx/github-env').split('\n').filter((line) => line !== '').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    const given = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value === '${{ github.event.before }}' ? before : value]));
    const { code } = shop.shell(run, { ...job.env, ...exported, ...given, GITHUB_EVENT_NAME: 'push', GITHUB_ENV: file, GITHUB_STEP_SUMMARY: join(shop.root, '.nx/summary.md') });
    results.push([run.split('\n')[0] ?? '', code]);
  }
  return results;
}

describe('the generated workflow in a fresh clone', () => {
  it('accepts an accepted wave and blocks one that a person has broken since, with a summary each time', () => {
    const id = 'free-delivery';
    const shop = countedShop();
    const ci = (): Run => shop.nx('g', '@aisha/orchestra:ci-workflow');
    expect(ci()).toMatchObject({ code: 0 });
    expect(shop.nx('sync')).toMatchObject({ code: 0 });
    shop.git('add', '-A');
    shop.git('commit', '--quiet', '-m', 'ci');
    expect(ci()).toMatchObject({ code: 0 });
    expect(shop.git('status', '--porcelain', '-uall')).toBe('');
    const before = shop.git('rev-parse', 'HEAD').trim();

    const goOn = (): Run => shop.wave(`--continue=${id}`, '--provider=handoff');
    shop.wave(`orchestra/goals/${id}.json`, '--provider=handoff');
    shop.reply(id, 'w1-test', 1, soundTest);
    goOn();
    shop.reply(id, 'w1-backend', 1, soundFix);
    expect(goOn()).toMatchObject({ code: 0 });
    shop.git('add', '-A');
    shop.git('commit', '--quiet', '-m', 'fix');
    const steps = ['npx nx sync:check', 'npx nx affected -t test build', 'npx nx affected -t validate-wave --exclude=shop', 'npx nx run shop:validate-wave'];

    const accepted = kept(cloneShop(shop));
    expect(runWorkflow(accepted, before).slice(1)).toEqual(steps.map((step) => [step, 0]));
    expect(accepted.read('.nx/summary.md')).toMatch(/^## .*accepted/i);
    expect(accepted.read('.nx/summary.md')).toMatch(/Goal `free-delivery` \(bugfix, what was wrong\)[\s\S]*Targets: 6 of 6 passed[\s\S]*Red-green proof: proved/);
    expect(report(accepted).verdict.decision).toBe('accepted');
    expect(ran(accepted)).toEqual(everyTask);

    shop.write(delivery, shop.read(delivery).replace('>= 50', '> 50'));
    shop.git('commit', '--quiet', '-am', 'undone by hand');
    const blocked = kept(cloneShop(shop));
    expect(runWorkflow(blocked, before).slice(1)).toEqual([[steps[0], 0], [steps[1], 1], [steps[3], 1]]);
    expect(blocked.read('.nx/summary.md')).toMatch(/^## .*blocked/i);
    expect(blocked.read('.nx/summary.md')).toMatch(/target-failed/);
    expect(report(blocked).verdict.decision).toBe('blocked');
    expect(blocked.has('.orchestra/reports/gate/report.sarif')).toBe(true);
  });
});
