import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestCaseRun, TestRun } from '../model';
import { detectContainment } from './containment';
import { createRepository } from './git-repository';
import type { ScratchTree } from './ports';
import { createScratchTrees } from './scratch-trees';
import type { TempRepository } from './testing/temp-repository';
import { tempWorkspace } from './testing/temp-workspace';
import { createTestRunner } from './test-runner';

jest.setTimeout(60_000);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const jestProject = (name: string) => ({
  [`packages/${name}/package.json`]: `{"name":"@demo/${name}","main":"src/index.js"}`,
  [`packages/${name}/jest.config.js`]: 'module.exports = { transform: {}, testMatch: ["**/*.spec.js"] };\n',
});

function workspaceOf(files: Record<string, string>): TempRepository {
  const temp = tempWorkspace({ ...jestProject('contracts'), ...jestProject('backend'), 'packages/contracts/src/index.js': 'exports.limit = 10;\n', ...files }, ['jest']);
  cleanups.push(() => temp.dispose());
  return temp;
}

async function treeOf(temp: TempRepository): Promise<ScratchTree> {
  const tree = await createScratchTrees(createRepository(temp.root)).create('HEAD');
  cleanups.push(() => tree.dispose());
  return tree;
}

const runIn = (temp: TempRepository, tree: ScratchTree, files: readonly string[], timeoutMs = 60_000): Promise<TestRun> =>
  createTestRunner(createRepository(temp.root)).run({ tree, projectRoot: 'packages/backend', files, timeoutMs });

async function runTest(source: string, timeoutMs?: number): Promise<{ readonly run: TestRun; readonly temp: TempRepository; readonly tree: ScratchTree }> {
  const temp = workspaceOf({ 'packages/backend/src/a.spec.js': source });
  const tree = await treeOf(temp);
  return { run: await runIn(temp, tree, ['packages/backend/src/a.spec.js'], timeoutMs), temp, tree };
}

const byTitle = (run: TestRun, title: string): TestCaseRun | undefined => run.cases.find((each) => each.title === title);

test('a bug in one package is red on base through a test in another, though the main tree holds the fix', async () => {
  const spec = 'const { limit } = require("@demo/contracts");\ntest("limit", () => expect(limit).toBe(20));\n';
  const temp = workspaceOf({});
  temp.write({ 'packages/contracts/src/index.js': 'exports.limit = 20;\n' });
  const tree = await treeOf(temp);
  await tree.write(new Map([['packages/backend/src/limit.spec.js', spec]]));
  const red = await runIn(temp, tree, ['packages/backend/src/limit.spec.js']);
  expect(red.cases).toMatchObject([{ id: 'packages/backend/src/limit.spec.js › limit', status: 'failed', failure: { assertion: true } }]);
  await tree.write(new Map([['packages/contracts/src/index.js', 'exports.limit = 20;\n']]));
  expect((await runIn(temp, tree, ['packages/backend/src/limit.spec.js'])).cases).toMatchObject([{ status: 'passed' }]);
});

test('assertions, thrown errors, hooks, timeouts and skips are told apart', async () => {
  const { run } = await runTest(`
    const assert = require("node:assert");
    const { fail } = require("./production");
    test("passes", () => {});
    test("expects", () => { expect({ a: 1 }).toEqual({ a: 2 }); });
    test("asserts", () => { assert.equal(1, 2); });
    test("rejects", async () => { await expect(Promise.resolve(1)).rejects.toThrow(); });
    test("throws", async () => { await null; fail(); });
    test("misuses", () => { expect(1).toHaveBeenCalled(); });
    test("hangs", () => new Promise(() => {}), 300);
    test.skip("skipped", () => {});
    test.todo("later");
    describe("each", () => { beforeEach(async () => { await null; expect(1).toBe(2); }); test("hooked", () => {}); });
    describe("all", () => { beforeAll(() => { throw new Error("set-up"); }); describe("deep", () => { test("hooked too", () => {}); }); });
  `.trim()).then(async ({ temp, tree }) => {
    await tree.write(new Map([['packages/backend/src/production.js', 'exports.fail = () => { throw new TypeError("broken"); };\n']]));
    return { run: await runIn(temp, tree, ['packages/backend/src/a.spec.js']) };
  });
  expect(run.runner).toBe('jest');
  expect(run.suiteErrors).toEqual([]);
  expect(byTitle(run, 'passes')).toEqual({ id: 'packages/backend/src/a.spec.js › passes', file: 'packages/backend/src/a.spec.js', title: 'passes', status: 'passed' });
  for (const title of ['expects', 'asserts', 'rejects']) expect(byTitle(run, title)).toMatchObject({ status: 'failed', failure: { assertion: true } });
  expect(byTitle(run, 'misuses')).toMatchObject({ status: 'failed', failure: { assertion: false } });
  const thrown = byTitle(run, 'throws');
  expect(thrown).toMatchObject({ status: 'failed', failure: { assertion: false, message: 'TypeError: broken' } });
  expect(thrown?.failure?.stack.split('\n')[0]).toMatch(/^ {4}at .*\(?packages\/backend\/src\/production\.js:1:\d+\)?$/);
  expect(thrown?.hook).toBeUndefined();
  expect(byTitle(run, 'hangs')).toMatchObject({ status: 'failed', timedOut: true, failure: { assertion: false } });
  expect(byTitle(run, 'skipped')?.status).toBe('skipped');
  expect(byTitle(run, 'later')?.status).toBe('skipped');
  expect(byTitle(run, 'each › hooked')).toMatchObject({ status: 'failed', hook: true });
  expect(byTitle(run, 'all › deep › hooked too')).toMatchObject({ status: 'failed', hook: true });
});

test('files that cannot be loaded, hold no test, are left out by the configuration or are not there are suite errors', async () => {
  const temp = workspaceOf({
    'packages/backend/src/syntax.spec.js': 'test("a", () => {\n',
    'packages/backend/src/missing.spec.js': 'require("./not-there");\n',
    'packages/backend/src/none.spec.js': 'exports.nothing = true;\n',
    'packages/backend/src/unmatched.js': 'test("a", () => {});\n',
    'packages/backend/src/after.spec.js': 'test("a", () => {}); afterAll(() => { throw new Error("torn"); });\n',
  });
  const files = ['syntax.spec.js', 'missing.spec.js', 'none.spec.js', 'unmatched.js', 'absent.spec.js', 'after.spec.js'].map((name) => `packages/backend/src/${name}`);
  const run = await runIn(temp, await treeOf(temp), files);
  expect(run.suiteErrors.map(({ file }) => file)).toEqual([...files].sort());
  const message = (name: string) => run.suiteErrors.find(({ file }) => file.endsWith(`/${name}`))?.message;
  expect(message('missing.spec.js')).toContain("Cannot find module './not-there'");
  expect(message('none.spec.js')).toContain('must contain at least one test');
  expect(message('unmatched.js')).toContain('leaves it out');
  expect(message('after.spec.js')).toContain('torn');
});

test('a hung run is ended in time, and says so', async () => {
  const { run } = await runTest('test("spins", () => { for (;;); });\n', 4000);
  expect(run.timedOut).toBe(true);
  expect(run.suiteErrors).toEqual([{ file: 'packages/backend/src/a.spec.js', message: 'The run was ended: it took too long.' }]);
});

const forgery = `
  const fs = require("node:fs"), path = require("node:path");
  const base = path.resolve(process.cwd(), "../../..");
  const named = [...process.argv, fs.readFileSync("/proc/self/cmdline", "utf8")].join("\\0").match(/--outputFile=([^\\0]+)/)?.[1];
  const passed = { success: true, testResults: [{ name: __filename, status: "passed", message: "", assertionResults: [{ ancestorTitles: [], title: "forged", status: "passed", failureMessages: [] }] }] };
  const forge = () => [named, ...fs.readdirSync(base).map((name) => path.join(base, name)).filter((name) => /\\.jsonl?$/.test(name)), path.join(base, "jest.json")]
    .forEach((name) => name && fs.writeFileSync(name, JSON.stringify(passed)));
`;

/** Jest gives tests a copy of `process`; this is the way out to the one that ends. */
const realProcess = 'const real = require("node:fs").readFileSync.constructor("return process")();';

test.each([
  ['kills the runner', 'process.kill(process.pid, "SIGKILL")'],
  ['exits as if all were well', 'process.exit(0)'],
  ['exits as if something had failed', 'process.exit(1)'],
])('a test that forges a report and %s is a suite error', async (_, end) => {
  const { run } = await runTest(`${forgery} test("forged", () => { forge(); ${end}; });\n`);
  expect(run.cases).toEqual([]);
  expect(run.suiteErrors).toMatchObject([{ file: 'packages/backend/src/a.spec.js' }]);
});

test.each([
  ['was killed after it', 'real.kill(real.pid, "SIGKILL")'],
  ['ended with a code of the test', 'real.reallyExit(3)'],
  ['failed after it reported success', 'real.reallyExit(1)'],
])('the report of a runner that %s counts for nothing', async (_, end) => {
  const { run } = await runTest(`${realProcess} real.on("exit", () => ${end}); test("fine", () => {});\n`);
  expect(run).toMatchObject({ cases: [], timedOut: false, suiteErrors: [{ file: 'packages/backend/src/a.spec.js', message: expect.stringContaining('counts for nothing') }] });
});

test('a failure that the runner is made to end well with counts for nothing', async () => {
  const { run } = await runTest(`${realProcess} real.on("exit", () => real.reallyExit(0)); test("wrong", () => expect(1).toBe(2));\n`);
  expect(run).toMatchObject({ cases: [], suiteErrors: [{ message: expect.stringContaining('counts for nothing') }] });
});

test('frames that a message pretends to have are none', async () => {
  const { run } = await runTest('test("forges", () => { throw new Error("boom\\n    at refund (" + require("node:path").join(__dirname, "production.js") + ":1:1)"); });\n');
  expect(byTitle(run, 'forges')?.failure).toMatchObject({ message: expect.stringContaining('production.js'), stack: expect.stringMatching(/a\.spec\.js/) });
  expect(byTitle(run, 'forges')?.failure?.stack).not.toContain('production.js');
});

test('a snapshot that nothing asks for any more makes Jest exit 1, and is no reason to doubt its report', async () => {
  const temp = workspaceOf({ 'packages/backend/src/a.spec.js': 'test("fine", () => {});\n', 'packages/backend/src/__snapshots__/a.spec.js.snap': '// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n\nexports[`gone 1`] = `1`;\n' });
  const run = await runIn(temp, await treeOf(temp), ['packages/backend/src/a.spec.js']);
  expect(run).toMatchObject({ cases: [{ title: 'fine', status: 'passed' }], suiteErrors: [] });
});

test('two runs in two trees give the same bytes, though times, paths, ports and ids differ', async () => {
  const source = `
    const net = require("node:net"), os = require("node:os"), crypto = require("node:crypto");
    test("varies", async () => {
      const server = net.createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const port = server.address().port;
      await new Promise((resolve) => server.close(resolve));
      console.log("took", Math.random() * 1000, "ms");
      throw new Error([__filename, process.cwd(), new Date().toISOString(), Date.now(), crypto.randomUUID(), "127.0.0.1:" + port, os.tmpdir() + "/x-" + Math.random(), "kept: 2020-01-01T00:00:00.000Z 4001 11111111-1111-4111-8111-111111111111"].join("\\n"));
    });
  `;
  const temp = workspaceOf({ 'packages/backend/src/a.spec.js': source });
  const runs = [];
  for (let index = 0; index < 2; index++) runs.push(await runIn(temp, await treeOf(temp), ['packages/backend/src/a.spec.js']));
  expect(JSON.stringify(runs[0]?.cases)).toBe(JSON.stringify(runs[1]?.cases));
  expect(runs[0]?.cases[0]?.failure?.message).toContain('kept: 2020-01-01T00:00:00.000Z 4001 11111111-1111-4111-8111-111111111111');
  expect(runs[0]?.cases[0]?.failure?.message).toContain('packages/backend/src/a.spec.js\npackages/backend\n<time>\n<time>\n<id-1>\n127.0.0.1:<port>\n<temp>');
});

test('proposed code gets no key, no network, and leaves no trace in the main tree', async () => {
  process.env['OPENAI_API_KEY'] = 'sk-planted';
  const server = createServer((_request, response) => response.end('reached')).listen(0, '127.0.0.1');
  cleanups.push(() => server.close(), () => delete process.env['OPENAI_API_KEY']);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const temp = workspaceOf({});
  temp.write({ '.env': 'SECRET=planted' });
  const repository = createRepository(temp.root);
  const before = await repository.fingerprint();
  const tree = await treeOf(temp);
  await tree.write(new Map([['packages/backend/src/evil.spec.js', `
    const fs = require("node:fs"), os = require("node:os"), net = require("node:net");
    const attempt = (action) => { try { action(); return "done"; } catch (error) { return error.code ?? error.message; } };
    const root = ${JSON.stringify(temp.root)};
    test("environment", () => expect(process.env.OPENAI_API_KEY ?? "none").toBe("none"));
    test("home", () => expect(os.homedir()).not.toBe(${JSON.stringify(process.env['HOME'])}));
    test("environ", () => expect(attempt(() => { if (fs.readFileSync("/proc/${process.pid}/environ", "utf8").includes("OPENAI")) return; throw new Error("not ours"); })).not.toBe("done"));
    test("main tree", () => expect(attempt(() => fs.appendFileSync(root + "/packages/contracts/src/index.js", "//owned"))).not.toBe("done"));
    test("hooks", () => expect(attempt(() => fs.writeFileSync(root + "/.git/hooks/pre-commit", "owned"))).not.toBe("done"));
    test("packages", () => expect(attempt(() => fs.writeFileSync(fs.realpathSync(root + "/node_modules") + "/owned.js", ""))).not.toBe("done"));
    test("secrets", () => expect(attempt(() => fs.readFileSync(root + "/.env"))).not.toBe("done"));
    test("network", () => new Promise((resolve) => net.connect(${port}, "127.0.0.1").on("connect", () => resolve("reached")).on("error", () => resolve("closed"))).then((state) => expect(state).toBe("closed")));
    test("own place", () => { fs.writeFileSync(__dirname + "/own.txt", ""); fs.writeFileSync(os.tmpdir() + "/own.txt", ""); });
  `]]));
  const run = await runIn(temp, tree, ['packages/backend/src/evil.spec.js']);
  expect(run.suiteErrors).toEqual([]);
  const done = run.cases.filter(({ status }) => status === 'failed').map(({ title }) => title);
  const { seal, closeNetwork } = await detectContainment();
  // What a machine cannot hold back it must at least be honest about; environment and home hold everywhere.
  expect(done.sort()).toEqual(seal ? [] : ['environ', 'hooks', 'main tree', 'packages', 'secrets', ...(closeNetwork ? [] : ['network'])].sort());
  if (seal) expect(await repository.fingerprint()).toEqual(before);
  expect(existsSync(join(tree.path, 'packages/backend/src/own.txt'))).toBe(true);
  expect(readFileSync(join(temp.root, '.env'), 'utf8')).toBe('SECRET=planted');
}, 60_000);

/** Programs with a temporary folder that nobody else sweeps: the specs beside this one make trees too, and each removes what the dead left. */
function programIn(folder: string, temp: TempRepository, body: string): ChildProcessByStdio<null, Readable, null> {
  const script = `
    require(${JSON.stringify(require.resolve('@swc-node/register'))});
    const load = (name) => require(${JSON.stringify(__dirname)} + '/' + name);
    const repository = load('git-repository.ts').createRepository(${JSON.stringify(temp.root)});
    load('scratch-trees.ts').createScratchTrees(repository).create('HEAD').then((tree) => { ${body} });
  `;
  const child = spawn(process.execPath, ['-e', script], { cwd: __dirname, env: { ...process.env, TMPDIR: folder }, stdio: ['ignore', 'pipe', 'inherit'] });
  cleanups.push(() => child.kill('SIGKILL'));
  return child;
}

test('a killed process leaves no run behind, and its tree is gone after the next create', async () => {
  const temp = workspaceOf({ 'packages/backend/src/a.spec.js': `require("node:fs").writeFileSync(__dirname + "/started", String(process.pid)); test("spins", () => { for (;;); });\n` });
  const folder = mkdtempSync(join(tmpdir(), 'orchestra-killed-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  const child = programIn(folder, temp, `
    console.log(tree.path);
    return load('test-runner.ts').createTestRunner(repository).run({ tree, projectRoot: 'packages/backend', files: ['packages/backend/src/a.spec.js'], timeoutMs: 60000 });
  `);
  const path = String((await once(child.stdout, 'data'))[0]).trim();
  while (!existsSync(join(path, 'packages/backend/src/started'))) await sleep(50);
  child.kill('SIGKILL');
  await once(child, 'exit');
  if ((await detectContainment()).seal) {
    for (let tries = 0; tries < 40 && runsIn(path).length > 0; tries++) await sleep(50);
    expect(runsIn(path)).toEqual([]);
  }
  expect(existsSync(path)).toBe(true);
  expect(await once(programIn(folder, temp, 'return tree.dispose();'), 'exit')).toEqual([0, null]);
  expect(existsSync(path)).toBe(false);
});

test('a test cannot tell by path, environment or arguments on which side of the proof it runs', async () => {
  const spec = `
    const fs = require("node:fs"), os = require("node:os"), path = require("node:path");
    const base = path.resolve(process.cwd(), "../../..");
    const shape = (folder, depth) => fs.readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== ".kept").sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => [entry.name, fs.lstatSync(path.join(folder, entry.name)).mode, depth > 0 && entry.isDirectory() && entry.name !== "cache" ? shape(path.join(folder, entry.name), depth - 1) : []]);
    test("tells", () => { throw new Error(); });
    fs.writeFileSync(path.join(__dirname, "told.json"), JSON.stringify({
      env: process.env, file: __filename, cwd: process.cwd(), home: os.homedir(), temp: os.tmpdir(), argv: process.argv, execArgv: process.execArgv, title: process.title,
      command: fs.readFileSync("/proc/self/cmdline", "utf8"), files: shape(base, 4), stdin: fs.readFileSync(0, "utf8"),
    }));
  `;
  const temp = workspaceOf({ 'packages/backend/src/production.js': 'exports.limit = 10;\n' });
  const head = temp.commit({ 'packages/backend/src/production.js': 'exports.limit = 20;\n', 'packages/backend/src/a.spec.js': spec });
  const told: string[] = [];
  for (const side of ['HEAD~1', head]) {
    const tree = await createScratchTrees(createRepository(temp.root)).create(side);
    cleanups.push(() => tree.dispose());
    await tree.write(new Map([['packages/backend/src/a.spec.js', spec]]));
    await runIn(temp, tree, ['packages/backend/src/a.spec.js']);
    told.push(readFileSync(join(tree.path, 'packages/backend/src/told.json'), 'utf8').replaceAll(/(orchestra-scratch-[0-9a-f]{8}-\d+-[0-9a-z]*-)[0-9a-f]{12}/g, '$1<random>'));
  }
  expect(JSON.parse(told[0] ?? '')).toMatchObject({ stdin: '', command: expect.not.stringContaining('outputFile'), file: expect.stringContaining('orchestra-scratch-') });
  expect(JSON.parse(told[1] ?? '')).toEqual(JSON.parse(told[0] ?? ''));
});

/** Processes whose command line names the tree. */
function runsIn(path: string): readonly string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
    } catch {
      return false;
    }
  });
}

test('says what holds runs back here, and what does not', async () => {
  const words = await createTestRunner(createRepository('/')).containment();
  expect(words[0]).toBe('environment: allow-list without keys and tokens, a home of its own');
  expect(words).toHaveLength(4);
});

test('a project without a known runner is unsupported, not green', async () => {
  const temp = tempWorkspace({ 'packages/backend/package.json': '{"name":"x"}', 'packages/backend/a.spec.js': 'test("a", () => {});' }, ['jest']);
  cleanups.push(() => temp.dispose());
  const run = await runIn(temp, await treeOf(temp), ['packages/backend/a.spec.js']);
  expect(run).toMatchObject({ runner: 'unsupported', cases: [], suiteErrors: [{ file: 'packages/backend/a.spec.js' }] });
});
