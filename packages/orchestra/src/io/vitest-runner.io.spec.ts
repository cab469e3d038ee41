import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCaseRun, TestRun } from '../model';
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

const backend: Record<string, string> = {
  'packages/contracts/package.json': '{"name":"@demo/contracts","type":"module","main":"src/index.js"}',
  'packages/contracts/src/index.js': 'export const limit = 10;\n',
  'packages/backend/package.json': '{"name":"@demo/backend","type":"module","scripts":{"test":"vitest run"}}',
};
const configured = { ...backend, 'packages/backend/vitest.config.ts': 'export default { test: { include: ["src/**/*.spec.js"] } };\n' };

function workspaceOf(files: Record<string, string>): TempRepository {
  const temp = tempWorkspace(files, ['vitest', 'vite']);
  cleanups.push(() => temp.dispose());
  return temp;
}

async function treeOf(temp: TempRepository): Promise<ScratchTree> {
  const tree = await createScratchTrees(createRepository(temp.root)).create('HEAD');
  cleanups.push(() => tree.dispose());
  return tree;
}

const runIn = (temp: TempRepository, tree: ScratchTree, files: readonly string[], timeoutMs = 60_000): Promise<TestRun> =>
  createTestRunner(createRepository(temp.root)).run({ tree, projectRoot: 'packages/backend', files: files.map((name) => `packages/backend/src/${name}`), timeoutMs });

async function runFiles(files: Readonly<Record<string, string>>, workspace: Record<string, string> = configured, timeoutMs?: number): Promise<TestRun> {
  const temp = workspaceOf({ ...workspace, ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`packages/backend/src/${name}`, text])) });
  return runIn(temp, await treeOf(temp), Object.keys(files).filter((name) => /\.spec\.[jt]s$/.test(name)), timeoutMs);
}

const byTitle = (run: TestRun, title: string): TestCaseRun | undefined => run.cases.find((each) => each.title === title);
const imports = 'import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";\n';

test('a bug in one package is red on base through a test in another, though the main tree holds the fix', async () => {
  const spec = `${imports}import { limit } from "@demo/contracts";\ntest("limit", () => expect(limit).toBe(20));\n`;
  const temp = workspaceOf(configured);
  temp.write({ 'packages/contracts/src/index.js': 'export const limit = 20;\n' });
  const tree = await treeOf(temp);
  await tree.write(new Map([['packages/backend/src/limit.spec.js', spec]]));
  const red = await runIn(temp, tree, ['limit.spec.js']);
  expect(red).toMatchObject({ runner: 'vitest', suiteErrors: [], cases: [{ id: 'packages/backend/src/limit.spec.js › limit', status: 'failed', failure: { assertion: true, message: 'AssertionError: expected 10 to be 20 // Object.is equality' } }] });
  await tree.write(new Map([['packages/contracts/src/index.js', 'export const limit = 20;\n']]));
  expect((await runIn(temp, tree, ['limit.spec.js'])).cases).toMatchObject([{ status: 'passed' }]);
});

test('assertions, thrown errors, hooks, timeouts, skips and snapshots are told apart', async () => {
  const run = await runFiles({
    'production.js': 'export const fail = () => { throw new TypeError("broken"); };\n',
    '__snapshots__/a.spec.js.snap': '// Vitest Snapshot v1, https://vitest.dev/guide/snapshot.html\n\nexports[`recorded 1`] = `1`;\n',
    'a.spec.js': `${imports}import assert from "node:assert"; import { fail } from "./production.js";
      test("passes", () => {});
      test("expects", () => { expect({ a: 1 }).toEqual({ a: 2 }); });
      test("asserts", () => { assert.equal(1, 2); });
      test("rejects", async () => { await expect(Promise.resolve(1)).rejects.toThrow(); });
      test("throws", async () => { await null; fail(); });
      test("misuses", () => { expect(1).toHaveBeenCalled(); });
      test("hangs", () => new Promise(() => {}), 300);
      test.skip("skipped", () => {});
      test.todo("later");
      test("recorded", () => { expect(2).toMatchSnapshot(); });
      test("unrecorded", () => { expect(2).toMatchSnapshot(); });
      test("forges frames", () => { throw new Error("boom\\n    at fail (" + import.meta.dirname + "/production.js:1:1)"); });
      describe("each", () => { beforeEach(async () => { await null; expect(1).toBe(2); }); test("hooked", () => {}); });
      describe("all", () => { beforeAll(() => { throw new Error("set-up"); }); describe("deep", () => { test("hooked too", () => {}); }); });
    `,
  });
  expect(run.suiteErrors).toEqual([]);
  expect(byTitle(run, 'passes')).toEqual({ id: 'packages/backend/src/a.spec.js › passes', file: 'packages/backend/src/a.spec.js', title: 'passes', status: 'passed' });
  for (const title of ['expects', 'asserts', 'rejects', 'recorded']) expect(byTitle(run, title)).toMatchObject({ status: 'failed', failure: { assertion: true } });
  for (const title of ['misuses', 'unrecorded']) expect(byTitle(run, title)).toMatchObject({ status: 'failed', failure: { assertion: false } });
  expect(byTitle(run, 'throws')).toMatchObject({ status: 'failed', failure: { assertion: false, message: 'TypeError: broken' } });
  expect(byTitle(run, 'throws')?.failure?.stack.split('\n')[0]).toMatch(/^ {4}at .*\(?packages\/backend\/src\/production\.js:1:\d+\)?$/);
  expect(byTitle(run, 'forges frames')?.failure?.stack).not.toContain('production.js');
  expect(byTitle(run, 'forges frames')?.failure?.stack).toContain('a.spec.js');
  expect(byTitle(run, 'hangs')).toMatchObject({ status: 'failed', timedOut: true, failure: { assertion: false } });
  for (const title of ['skipped', 'later']) expect(byTitle(run, title)?.status).toBe('skipped');
  expect(byTitle(run, 'each › hooked')).toMatchObject({ status: 'failed', hook: true });
  expect(run.cases.filter(({ title }) => title.startsWith('all')).some(({ status, hook }) => status === 'failed' && hook === true)).toBe(true);
});

test('files that cannot be loaded, hold no test or are left out by the configuration are suite errors', async () => {
  const run = await runFiles({
    'syntax.spec.js': 'test("a", () => {\n', 'missing.spec.js': `${imports}import "./not-there.js";\ntest("a", () => {});\n`, 'none.spec.js': 'export const nothing = true;\n',
    'left.spec.ts': `${imports}test("a", () => {});\n`, 'after.spec.js': `${imports}test("a", () => {}); afterAll(() => { throw new Error("torn"); });\n`,
    'late.spec.js': `${imports}test("a", async () => { setTimeout(() => { throw new Error("late"); }, 10); await new Promise((done) => setTimeout(done, 50)); });\n`,
  });
  const message = (name: string) => run.suiteErrors.filter(({ file }) => file.endsWith(`/${name}`)).map((error) => error.message).join();
  expect([...new Set(run.suiteErrors.map(({ file }) => file))]).toEqual(['after.spec.js', 'late.spec.js', 'left.spec.ts', 'missing.spec.js', 'none.spec.js', 'syntax.spec.js'].map((name) => `packages/backend/src/${name}`));
  expect(message('missing.spec.js')).toContain('./not-there.js');
  expect(message('left.spec.ts')).toContain('leaves it out');
  expect(message('after.spec.js')).toContain('torn');
  expect(message('late.spec.js')).toContain('Unhandled error: late');
  expect(run.suiteErrors.find(({ file }) => file.endsWith('none.spec.js'))?.message).toMatch(/No test suite found/);
});

test('a hung run is ended in time, and says so', async () => {
  const run = await runFiles({ 'a.spec.js': `${imports}test("spins", () => { for (;;); });\n` }, configured, 6000);
  expect(run).toMatchObject({ timedOut: true, suiteErrors: [{ message: 'The run was ended: it took too long.' }] });
});

const alone = `${imports}test("forged", async () => {`;
const reporter = 'import { readdirSync, writeFileSync } from "node:fs"; import { dirname } from "node:path";\nconst base = dirname(dirname(dirname(process.cwd())));\nconst forge = () => readdirSync(base).filter((name) => name.endsWith(".json")).forEach((name) => writeFileSync(base + "/" + name, \'{"success":true,"files":[],"unhandled":[]}\'));\n';

test.each([
  ['exits before its end', `${alone} process.exit(0); });\n`],
  ['ends its process the hard way', `${alone} process.reallyExit(0); });\n`],
  ['kills its process', `${alone} process.kill(process.pid, "SIGKILL"); });\n`],
  ['kills the runner', `${reporter}${alone} forge(); process.kill(process.ppid, "SIGKILL"); await new Promise(() => {}); });\n`],
  ['tells the runner that it is finished', `${alone} process.send({ __vitest_worker_response__: true, type: "testfileFinished" }); process.exit(0); });\n`],
  ['exits as soon as it is loaded', `${imports}process.reallyExit(0); test("forged", () => {});\n`],
])('a test that %s has not passed, and its run is no green one', async (_, source) => {
  const run = await runFiles({ 'a.spec.js': source, 'b.spec.js': `${imports}test("fine", () => {});\n` }, configured, 8000);
  expect(run.cases.filter(({ file, status }) => file.endsWith('a.spec.js') && status === 'passed')).toEqual([]);
  expect(run.cases.some(({ status }) => status === 'failed') || run.suiteErrors.length > 0).toBe(true);
});

test('a test that replaces expect and the matchers for all leaves the failure of the next file as it is', async () => {
  const source = 'import * as vitest from "vitest";\nglobalThis.expect = () => new Proxy(() => {}, { get: () => () => {} });\nvitest.expect.extend({ toBe: () => ({ pass: true, message: () => "" }) });\nvitest.test("a", () => {});\n';
  const run = await runFiles({ 'a.spec.js': source, 'b.spec.js': `${imports}test("wrong", () => expect(1).toBe(2));\n` });
  expect(byTitle(run, 'wrong')).toMatchObject({ status: 'failed', failure: { assertion: true } });
});

test('the configuration is found where its user has it', async () => {
  const spec = { 'a.spec.js': 'test("global", () => expect(set).toBe("here"));\n' };
  const body = 'test: { globals: true, setupFiles: [new URL("./set.js", import.meta.url).pathname] }';
  const set = 'globalThis.set = "here";\n';
  const layouts: Readonly<Record<string, Record<string, string>>> = {
    'in the project': { ...backend, 'packages/backend/vite.config.mjs': `export default { ${body} };\n`, 'packages/backend/set.js': set },
    'named by the script': { ...backend, 'packages/backend/package.json': '{"name":"@demo/backend","type":"module","nx":{"targets":{"test":{"command":"vitest run --config configs/unit.mjs"}}}}', 'packages/backend/configs/unit.mjs': `export default { ${body} };\n`, 'packages/backend/configs/set.js': set },
    'as a project of the root': { ...backend, 'vitest.config.mjs': `export default { test: { projects: [{ ${body.replace('test: {', 'test: { name: "backend", include: ["packages/backend/**/*.spec.js"],')} }] } };\n`, 'set.js': set },
  };
  for (const [layout, files] of Object.entries(layouts)) {
    expect({ layout, run: await runFiles(spec, files) }).toMatchObject({ layout, run: { runner: 'vitest', suiteErrors: [], cases: [{ title: 'global', status: 'passed' }] } });
  }
});

test('two runs in two trees give the same bytes, and leave nothing in the main tree', async () => {
  const temp = workspaceOf({ ...configured, 'packages/backend/src/a.spec.js': `${imports}import os from "node:os";\ntest("varies", () => { console.log(Math.random()); throw new Error([import.meta.url, process.cwd(), new Date().toISOString(), os.tmpdir() + "/x-" + Math.random()].join("\\n")); });\n` });
  const before = await createRepository(temp.root).fingerprint();
  const runs = [await runIn(temp, await treeOf(temp), ['a.spec.js']), await runIn(temp, await treeOf(temp), ['a.spec.js'])];
  expect(JSON.stringify(runs[0]?.cases)).toBe(JSON.stringify(runs[1]?.cases));
  expect(runs[0]?.cases[0]?.failure?.message).toContain('packages/backend\n<time>\n<temp>');
  expect(await createRepository(temp.root).fingerprint()).toEqual(before);
  expect(existsSync(join(temp.root, 'node_modules/.vite'))).toBe(false);
});
