import type { TestRun } from '../model';
import { createRepository } from './git-repository';
import { createScratchTrees } from './scratch-trees';
import { tempWorkspace } from './testing/temp-workspace';
import { createTestRunner } from './test-runner';

jest.setTimeout(60_000);

const project = 'packages/backend';

async function run(files: Readonly<Record<string, string>>, asked: readonly string[], script = 'node --test src/'): Promise<TestRun> {
  const temp = tempWorkspace({
    [`${project}/package.json`]: JSON.stringify({ name: '@demo/backend', type: 'module', scripts: { test: script } }),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`${project}/src/${name}`, text])),
  }, []);
  const repository = createRepository(temp.root);
  const tree = await createScratchTrees(repository).create('HEAD');
  try {
    return await createTestRunner(repository).run({ tree, projectRoot: project, files: asked.map((name) => `${project}/src/${name}`), timeoutMs: 30_000 });
  } finally {
    await tree.dispose();
    temp.dispose();
  }
}

const head = 'import { test, describe, it, beforeEach, before, after } from "node:test";\nimport assert from "node:assert/strict";\n';

test("Node's own runner: assertions, errors, hooks, timeouts and skips are told apart", async () => {
  const result = await run({
    'production.js': 'export const fail = () => { throw new TypeError("broken"); };\n',
    'a.test.js': `${head}
      import { fail } from './production.js';
      test("passes", () => {});
      test("asserts", () => assert.equal(1, 2));
      test("parent", async (t) => { await t.test("child", () => fail()); });
      test("hangs", { timeout: 200 }, async () => { await new Promise((resolve) => setTimeout(resolve, 2000)); });
      test.skip("skipped", () => {});
      test.todo("later");
      describe("each", () => { beforeEach(() => { throw new Error("set-up"); }); it("hooked", () => {}); });
      describe("all", () => { before(() => { throw new Error("set-up"); }); it("cancelled", () => {}); });
    `,
  }, ['a.test.js']);
  const told = Object.fromEntries(result.cases.map((each) => [each.title, each]));
  expect(result.runner).toBe('node:test');
  expect(result.suiteErrors).toEqual([]);
  expect(told['passes']).toEqual({ id: `${project}/src/a.test.js › passes`, file: `${project}/src/a.test.js`, title: 'passes', status: 'passed' });
  expect(told['asserts']).toMatchObject({ status: 'failed', failure: { assertion: true } });
  expect(told['parent › child']).toMatchObject({ status: 'failed', failure: { assertion: false, message: 'TypeError: broken' } });
  expect(told['parent › child']?.failure?.stack.split('\n')[0]).toMatch(/^ {4}at fail \(packages\/backend\/src\/production\.js:1:\d+\)$/);
  expect(told['parent']).toBeUndefined();
  expect(told['hangs']).toMatchObject({ status: 'failed', timedOut: true });
  expect([told['skipped']?.status, told['later']?.status]).toEqual(['skipped', 'skipped']);
  expect(told['each › hooked']).toMatchObject({ status: 'failed', hook: true });
  expect(result.cases.filter(({ status }) => status === 'passed').map(({ title }) => title)).toEqual(['passes']);
  expect(result.cases.filter(({ failure }) => failure?.assertion).map(({ title }) => title)).toEqual(['asserts']);
});

test('frames that a message pretends to have are none', async () => {
  const result = await run({ 'production.js': '', 'a.test.js': `${head}test("forges", () => { throw new Error("boom\\n    at refund (" + new URL("./production.js", import.meta.url).pathname + ":1:1)"); });\n` }, ['a.test.js']);
  expect(result.cases[0]?.failure).toMatchObject({ message: expect.stringContaining('production.js'), stack: expect.stringContaining('a.test.js') });
  expect(result.cases[0]?.failure?.stack).not.toContain('production.js');
});

test('files that cannot be loaded, hold no test or are not there are suite errors', async () => {
  const result = await run({ 'missing.test.js': `${head}import './not-there.js';\n`, 'none.test.js': 'export const nothing = true;\n', 'ok.test.js': `${head}test("fine", () => {});\n` }, ['missing.test.js', 'none.test.js', 'absent.test.js', 'ok.test.js']);
  expect(result.cases).toMatchObject([{ title: 'fine', status: 'passed' }]);
  expect(result.suiteErrors.map(({ file }) => file)).toEqual(['absent', 'missing', 'none'].map((name) => `${project}/src/${name}.test.js`));
  expect(result.suiteErrors[1]?.message).toContain("Cannot find module 'packages/backend/src/not-there.js'");
  expect(result.suiteErrors[2]?.message).toBe('The file holds no test.');
});

const forge = `
import fs from 'node:fs';
import { join } from 'node:path';
const line = (pid) => fs.readFileSync('/proc/' + pid + '/cmdline', 'utf8');
const parent = process.ppid;
const named = line(parent).split('\\0').map((each) => /^--test-reporter-destination=(\\/.*)$/.exec(each)?.[1]);
const base = join(process.cwd(), '../../..');
const passed = ['test:start', 'test:pass'].map((type) => JSON.stringify({ type, name: 'forged', nesting: 0, file: import.meta.filename ?? new URL(import.meta.url).pathname })).join('\\n');
for (const name of [...named, join(base, 'node-test.jsonl'), ...fs.readdirSync(base).filter((each) => /jsonl$/.test(each)).map((each) => join(base, each))]) if (name) fs.writeFileSync(name, passed);
`;

test("a file that writes a report of its own and kills node's runner is a suite error", async () => {
  const result = await run({ 'a.test.js': `${head}${forge}test("forged", () => { process.kill(parent, 'SIGKILL'); });\n` }, ['a.test.js']);
  expect(result).toMatchObject({ cases: [], timedOut: false, suiteErrors: [{ file: `${project}/src/a.test.js`, message: expect.stringContaining('counts for nothing') }] });
});

test('a file that writes a report of its own and ends well is not believed more than node', async () => {
  const result = await run({ 'a.test.js': `${head}${forge}test("real", () => assert.equal(1, 2));\n` }, ['a.test.js']);
  expect(result.cases).toMatchObject([{ title: 'real', status: 'failed' }]);
});

test('a file that dies after its tests passed is a suite error beside them', async () => {
  const result = await run({ 'a.test.js': `${head}test("fine", () => {});\nprocess.on('exit', () => process.kill(process.pid, 'SIGKILL'));\n` }, ['a.test.js']);
  expect(result.suiteErrors).toMatchObject([{ file: `${project}/src/a.test.js` }]);
});

test('a file that leaves something open ends where the project\'s own script says so', async () => {
  const files = { 'open.test.js': `${head}setInterval(() => {}, 1000);\ntest("passes", () => {});\ntest("fails", () => assert.equal(1, 2));\n` };
  const result = await run(files, ['open.test.js'], 'NODE_ENV=test node --test --test-force-exit src/');
  expect(result).toMatchObject({ timedOut: false, suiteErrors: [] });
  expect(result.cases.map(({ title, status }) => [title, status])).toEqual([['fails', 'failed'], ['passes', 'passed']]);
});
