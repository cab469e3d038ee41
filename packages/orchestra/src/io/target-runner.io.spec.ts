import { createServer } from 'node:http';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import type { WorkspaceGraph } from '../model';
import { createRepository } from './git-repository';
import { createTargetRunner } from './target-runner';
import type { TempRepository } from './testing/temp-repository';
import { tempWorkspace } from './testing/temp-workspace';

jest.setTimeout(120_000);

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** The hook as the real plugin has it, from source. */
const plugin = `
require(${JSON.stringify(require.resolve('@swc-node/register'))});
const { recordTaskResults } = require(${JSON.stringify(join(__dirname, 'task-results.ts'))});
const handover = require(${JSON.stringify(join(__dirname, 'task-handover.ts'))}).takeHandover();
exports.postTasksExecution = async (_options, context) => {
  if (handover) await recordTaskResults(handover, context);
};
`;

interface Script {
  readonly [target: string]: string;
}

function workspaceOf(projects: Readonly<Record<string, Script>>, more: Readonly<Record<string, string>> = {}): { readonly temp: TempRepository; readonly graph: WorkspaceGraph } {
  const temp = tempWorkspace({
    'nx.json': JSON.stringify({ analytics: false, neverConnectToCloud: true, plugins: ['./plugin.js'], targetDefaults: { build: { cache: true, dependsOn: ['^build'], outputs: ['{projectRoot}/dist'] }, test: { cache: true } } }),
    'plugin.js': plugin,
    ...Object.fromEntries(Object.entries(projects).map(([name, scripts]) => [`packages/${name}/project.json`, JSON.stringify({ name, targets: targetsOf(scripts), ...(name === 'shop' && 'data' in projects ? { implicitDependencies: ['data'] } : {}) })])),
    ...more,
  }, ['nx', '@nx/devkit', '@swc-node/register', '@swc/core']);
  cleanups.push(() => temp.dispose());
  // Nx keys its cache by the repository, and temporary ones with the same files are the same one.
  setEnvironment({ NX_CACHE_DIRECTORY: join(temp.root, '.nx/cache') });
  const graph = { projects: Object.entries(projects).map(([name, scripts]) => ({ name, root: `packages/${name}`, tags: [], targets: Object.keys(scripts) })), edges: [] };
  return { temp, graph };
}

const targetsOf = (scripts: Script) => Object.fromEntries(Object.entries(scripts).map(([target, command]) => [target, { command, options: { cwd: '{projectRoot}' } }]));

const node = (script: string) => `node -e ${JSON.stringify(script)}`;

function runnerOf({ temp, graph }: ReturnType<typeof workspaceOf>) {
  const notes: string[] = [];
  return { notes, runner: createTargetRunner(temp.root, { repository: createRepository(temp.root), graph: async () => graph, note: (text) => notes.push(text) }) };
}

function setEnvironment(values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    const before = process.env[name];
    process.env[name] = value;
    cleanups.push(() => (before === undefined ? delete process.env[name] : (process.env[name] = before)));
  }
}

test('every pair comes back: passed, failed, and not run because of a failure before it', async () => {
  const workspace = workspaceOf({
    data: { build: node('console.log(process.cwd()); process.exit(3)'), test: node('console.log(1)') },
    shop: { build: node('console.log(2)'), test: node('console.error(\'boom in 12 ms\'); process.exit(1)') },
    docs: { lint: node('console.log(3)') },
  });
  const { runner } = runnerOf(workspace);
  const runs = await runner.run({ projects: ['shop', 'data', 'docs', 'ghost'], targets: ['test', 'build', 'lint'] });
  expect(runs.map(({ project, target, status }) => `${project}:${target} ${status}`)).toEqual(['data:build failed', 'data:test passed', 'docs:lint passed', 'shop:build not-run', 'shop:test failed']);
  expect(runs[0]?.tail).toContain('packages/data');
  expect(runs[0]?.tail).not.toContain(workspace.temp.root);
  expect(runs.find(({ target, project }) => project === 'shop' && target === 'test')?.tail).toContain('boom in <duration>');
});

test('a failing task that was not asked for is told, since it kept an asked one from running', async () => {
  const { runner } = runnerOf(workspaceOf({ data: { build: node('process.exit(1)') }, shop: { build: node('console.log(1)') } }));
  const runs = await runner.run({ projects: ['shop'], targets: ['build'] });
  expect(runs.map(({ project, target, status }) => `${project}:${target} ${status}`)).toEqual(['data:build failed', 'shop:build not-run']);
});

test('a second run comes from the cache, and says the same', async () => {
  const { runner } = runnerOf(workspaceOf({ data: { build: node('console.log(\'once\')') } }));
  const first = await runner.run({ projects: ['data'], targets: ['build'] });
  expect(first).toMatchObject([{ status: 'passed' }]);
  expect(await runner.run({ projects: ['data'], targets: ['build'] })).toEqual(first);
});

test('a task that starts an nx of its own does not get into the results', async () => {
  const nx = require.resolve('nx/bin/nx.js');
  const { runner } = runnerOf(workspaceOf({ data: { test: `node ${nx} run inner:test --outputStyle=static` }, inner: { test: node('console.log(1)') } }));
  const runs = await runner.run({ projects: ['data'], targets: ['test'] });
  expect(runs).toMatchObject([{ project: 'data', target: 'test', status: 'passed' }]);
});

/** Whatever a task can find out about the record: environment, command lines of its ancestors, folders that look like ours. */
const searchForTheRecord = `
const fs = require('node:fs'), os = require('node:os'), path = require('node:path');
const ancestors = [];
for (let pid = process.ppid; pid > 1; pid = Number(/PPid:\\s+(\\d+)/.exec(fs.readFileSync('/proc/' + pid + '/status', 'utf8'))[1])) ancestors.push(pid);
const commandOf = (pid) => fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8');
// The nx of this very workspace, and never the one that may be running these tests.
const here = path.resolve(__dirname, '../..');
const nx = ancestors.filter((pid) => commandOf(pid).includes('run-many') && fs.readlinkSync('/proc/' + pid + '/cwd') === here).reverse().find((pid) => /node/.test(commandOf(pid).split('\\0')[0]));
const folders = fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('orchestra-results-')).map((name) => path.join(os.tmpdir(), name));
const files = folders.flatMap((folder) => fs.readdirSync(folder).map((name) => path.join(folder, name)));
const told = [process.env.ORCHESTRA_TASK_RESULTS, ...Object.values(process.env).filter((value) => value.includes('orchestra-results-')), ...files].filter(Boolean);
const forged = JSON.stringify(['build', 'lint', 'test'].map((target) => ({ project: 'data', target, status: 'success', output: 'all good' })));
const forge = (names) => names.forEach((name) => fs.writeFileSync(name, '0'.repeat(64) + '\\n' + forged));
`;

function forgers(script: string): ReturnType<typeof workspaceOf> {
  const files = { 'packages/data/forge.js': searchForTheRecord + script };
  const workspace = workspaceOf({ data: { build: node('process.exit(1)'), lint: node('process.exit(1)'), test: 'node forge.js' } }, files);
  // A temporary folder of its own, so that it finds no other gate's.
  workspace.temp.write({ '.nx/temp/here': '' });
  const temp = join(workspace.temp.root, '.nx/temp');
  setEnvironment({ TMPDIR: temp });
  const spy = jest.spyOn(os, 'tmpdir').mockReturnValue(temp);
  cleanups.push(() => spy.mockRestore());
  return workspace;
}

test('a task that forges the record and kills its nx gets nothing passed', async () => {
  const { runner } = runnerOf(forgers(`
    forge([...told, ...folders.map((folder) => path.join(folder, 'results.json'))]);
    process.kill(nx, 'SIGKILL'); setTimeout(() => process.exit(1), 300);
  `));
  const runs = await runner.run({ projects: ['data'], targets: ['test', 'build', 'lint'] });
  expect(runs.map(({ project, target, status }) => `${project}:${target} ${status}`)).toEqual(['data:build not-run', 'data:lint not-run', 'data:test not-run']);
});

test('a task is told neither where the record goes nor what signs it', async () => {
  const { runner } = runnerOf(forgers("console.log(JSON.stringify({ told, folders: folders.length }));"));
  const run = (await runner.run({ projects: ['data'], targets: ['test'] }))[0];
  expect(run).toMatchObject({ status: 'passed', tail: expect.stringContaining('{"told":[],"folders":1}') });
});

test('a record that is rewritten after nx wrote it is no record', async () => {
  const watcher = `
    const { spawn } = require('node:child_process');
    if (process.argv[2] !== 'watch') spawn(process.execPath, [__filename, 'watch'], { detached: true, stdio: 'ignore' }).unref();
    else { const end = Date.now() + 20000; while (Date.now() < end) for (const folder of folders) try { const names = fs.readdirSync(folder).filter((name) => name !== 'handover.json' && name.endsWith('.json')); if (names.length > 0) { names.forEach((name) => fs.writeFileSync(path.join(folder, name), forged)); } } catch { process.exit(0); } }
  `;
  const { runner } = runnerOf(forgers(watcher));
  const runs = await runner.run({ projects: ['data'], targets: ['test', 'build', 'lint'] });
  // The watcher may come too late; what it must never do is turn a failure into a pass.
  expect(runs.filter(({ target }) => target !== 'test').map(({ status }) => status)).not.toContain('passed');
});

test.each([
  ['ends well though a task failed', 'process.exit(1)', 0],
  ['ends badly though none did', 'process.exit(0)', 1],
])('an nx that %s has told nothing', async (_, task, code) => {
  const workspace = workspaceOf({ data: { test: node(task) } });
  workspace.temp.write({ 'plugin.js': `${plugin}\nprocess.on('exit', () => process.reallyExit(${code}));\n` });
  expect(await runnerOf(workspace).runner.run({ projects: ['data'], targets: ['test'] })).toMatchObject([{ status: 'not-run' }]);
});

test('tasks see neither keys nor the .env files of the workspace', async () => {
  setEnvironment({ OPENAI_API_KEY: 'sk-planted', GITHUB_TOKEN: 'planted' });
  const show = node('console.log(JSON.stringify(process.env))');
  const { runner } = runnerOf(workspaceOf({ data: { test: show } }, { '.env': 'FROM_FILE=planted\n' }));
  const [run] = await runner.run({ projects: ['data'], targets: ['test'] });
  expect(run?.status).toBe('passed');
  expect(run?.tail).not.toContain('planted');
});

test('without the plugin, or when nx fails before any task, nothing counts as passed', async () => {
  const workspace = workspaceOf({ data: { test: node('console.log(1)') } });
  workspace.temp.write({ 'plugin.js': 'exports.createNodes = ["none", () => []];\n' });
  expect(await runnerOf(workspace).runner.run({ projects: ['data'], targets: ['test'] })).toMatchObject([{ status: 'not-run' }]);
  workspace.temp.write({ 'nx.json': '{ broken' });
  const [run] = await runnerOf(workspace).runner.run({ projects: ['data'], targets: ['test'] });
  expect(run?.status).toBe('not-run');
  expect(run?.tail).not.toBe('');
});

test('the gate does not run itself', async () => {
  const workspace = workspaceOf({ data: { test: node('console.log(1)') } });
  const { runner } = runnerOf(workspace);
  await expect(runner.run({ projects: ['data'], targets: ['test', 'validate-wave'] })).rejects.toThrow('The gate cannot run "validate-wave"');
  setEnvironment({ ORCHESTRA_GATE_ROOT: workspace.temp.root });
  await expect(runner.run({ projects: ['data'], targets: ['test'] })).rejects.toThrow('A gate is running in this workspace');
});

test.each([
  ['does not answer', 'http://127.0.0.1:9', 'token'],
  ['refuses the token', 'text/plain', 'wrong'],
  ['is something else', 'text/html', 'wrong'],
])('a remote cache that %s costs a note and a second run, not the verdict', async (_, answer, token) => {
  const refusing = createServer((_request, response) => response.writeHead(401, { 'content-type': answer }).end('no')).listen(0, '127.0.0.1');
  cleanups.push(() => new Promise((resolve) => refusing.close(resolve)));
  await once(refusing, 'listening');
  const url = answer.startsWith('http') ? answer : `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
  setEnvironment({ NX_SELF_HOSTED_REMOTE_CACHE_SERVER: url, NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token });
  const workspace = workspaceOf({ data: { build: node('require(\'fs\').writeFileSync(\'ran\', \'1\')') }, shop: { test: node('process.exit(1)') } });
  const { runner, notes } = runnerOf(workspace);
  const runs = await runner.run({ projects: ['data', 'shop'], targets: ['build', 'test'] });
  expect(runs.map(({ project, target, status }) => `${project}:${target} ${status}`)).toEqual(['data:build passed', 'shop:test failed']);
  expect(notes).toEqual([expect.stringMatching(/^remote cache: failed \(.+\), the tasks were run again without it$/)]);
  expect(await runner.containment()).toEqual([expect.any(String), expect.stringContaining('network is open, because Nx asks the remote cache'), ...notes]);
  expect(existsSync(join(workspace.temp.root, 'packages/data/ran'))).toBe(true);
});
