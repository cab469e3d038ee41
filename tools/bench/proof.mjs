import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { applyRecording, median, root, run, sampleClone, seconds } from './sample-clone.mjs';

/**
 * The red-green proof against running the same tests twice by hand, pair by pair in one run:
 *
 *     npx nx build orchestra && node tools/bench/proof.mjs [pairs]
 *
 * The proof runs the tests three times: once on base, twice on head. Making and removing its trees is counted apart, and so is finding out
 * what the machine can contain. The target is a ratio of at most 2.5.
 */
const pairs = Number(process.argv[2] ?? 5);
const require = createRequire(import.meta.url);
const dist = join(root, 'packages/orchestra/dist');
const { createRepository } = require(join(dist, 'io/git-repository.js'));
const { createScratchTrees } = require(join(dist, 'io/scratch-trees.js'));
const { createTestRunner } = require(join(dist, 'io/test-runner.js'));
const { runProof } = require(join(dist, 'orchestrator/run-proof.js'));
const { judgeProof } = require(join(dist, 'validator/judge-proof.js'));
const { policySchema } = require(join(dist, 'model/index.js'));

const cases = [sample(), small('vitest'), small('node:test'), small('jest')];
console.log('| runner | workspace | tests twice, s | proof without trees, s | trees, s | ratio |\n|---|---|---|---|---|---|');
for (const each of cases) {
  const measured = [];
  by(each);
  await prove(each);
  for (let pair = 0; pair < pairs; pair++) measured.push({ twice: time(() => (by(each), by(each))), ...(await prove(each)) });
  const column = (name) => median(measured.map((one) => one[name]));
  const ratio = median(measured.map(({ twice, tests }) => tests / twice));
  console.log(`| ${each.runner} | ${each.name} | ${seconds(column('twice'))} | ${seconds(column('tests'))} | ${seconds(column('trees'))} | ${ratio.toFixed(2)} |`);
  process.exitCode = ratio > 2.5 ? 1 : process.exitCode;
}

function time(action) {
  const start = performance.now();
  action();
  return performance.now() - start;
}

/** As its user runs the one file, in a workspace whose caches are warm. */
function by({ folder, project, command }) {
  run(process.execPath, command, { cwd: join(folder, project), stdio: 'ignore' });
}

async function prove({ folder, graph, name }) {
  const repository = createRepository(folder);
  const scratch = createScratchTrees(repository);
  let trees = 0;
  const timed = async (action) => {
    const start = performance.now();
    const result = await action();
    trees += performance.now() - start;
    return result;
  };
  const tests = createTestRunner(repository);
  await tests.containment();
  const base = await repository.head();
  const changes = await repository.changes(base);
  const productionFiles = changes.map(({ path }) => path).filter((path) => !path.includes('.spec.'));
  const io = {
    repository, tests, progress: { step: () => undefined, note: () => undefined },
    scratch: { create: (commit) => timed(async () => { const tree = await scratch.create(commit); return { ...tree, dispose: () => timed(() => tree.dispose()) }; }) },
  };
  const start = performance.now();
  const proof = await runProof({ io, graph, policy: policySchema.parse({}), base, changes, productionFiles });
  const total = performance.now() - start;
  const { summary } = judgeProof(proof);
  if (summary.status !== 'proved') throw new Error(`${name}: ${summary.because}`);
  return { tests: total - trees, trees };
}

/** The sample's shared contract, proved by an API test of another package over an embedded Postgres. */
function sample() {
  const folder = sampleClone();
  applyRecording(folder, 'contacts-archived-shown');
  const project = 'packages/crm-backend';
  const projects = readdirSync(join(folder, 'packages')).sort().map((name) => ({ name, root: `packages/${name}`, tags: [], targets: ['test'] }));
  return { runner: 'jest', name: 'sample CRM', folder, project, graph: { projects, edges: [] }, command: [join(root, 'node_modules/jest/bin/jest.js'), '--coverage=false', 'src/routes/contacts.spec.ts'] };
}

/** Two packages and one test of a few milliseconds: what remains is the price of the surroundings. */
function small(runner) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'orchestra-bench-')));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const write = (path, text) => { mkdirSync(dirname(join(folder, path)), { recursive: true }); writeFileSync(join(folder, path), text); };
  const link = (target, path) => { mkdirSync(dirname(join(folder, path)), { recursive: true }); symlinkSync(target, join(folder, path)); };
  const script = { jest: 'jest', vitest: 'vitest run', 'node:test': 'node --test src/' }[runner];
  const same = { jest: 'const same = (a, b) => expect(a).toBe(b);', vitest: 'import { expect, test } from "vitest"; const same = (a, b) => expect(a).toBe(b);', 'node:test': 'import assert from "node:assert"; import { test } from "node:test"; const same = assert.equal;' }[runner];
  const common = runner === 'jest';
  const manifest = (name) => JSON.stringify({ name: `@bench/${name}`, main: 'src/index.js', ...(common ? {} : { type: 'module' }), scripts: { test: script } });
  write('.gitignore', 'node_modules/\n');
  write('package.json', '{"name":"bench","private":true,"workspaces":["packages/*"]}');
  for (const name of ['contracts', 'backend']) {
    write(`packages/${name}/package.json`, manifest(name));
    if (common) write(`packages/${name}/jest.config.js`, 'module.exports = { transform: {} };\n');
    link(`../../packages/${name}`, `node_modules/@bench/${name}`);
  }
  for (const name of ['jest', 'vitest', 'vite']) link(join(root, 'node_modules', name), `node_modules/${name}`);
  const source = (limit) => (common ? `exports.limit = ${limit};\n` : `export const limit = ${limit};\n`);
  write('packages/contracts/src/index.js', source(10));
  write('packages/backend/src/index.js', common ? 'exports.limit = require("@bench/contracts").limit;\n' : 'export { limit } from "@bench/contracts";\n');
  run('git', ['init', '--quiet'], { cwd: folder });
  run('git', ['add', '-A'], { cwd: folder });
  run('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.test', 'commit', '--quiet', '-m', 'base'], { cwd: folder });
  write('packages/contracts/src/index.js', source(20));
  write('packages/backend/src/limit.test.js', `${same}\n${common ? 'const { limit } = require("./index.js");' : 'import { limit } from "./index.js";'}\ntest("limit", () => same(limit, 20));\n`);
  const command = { jest: [join(root, 'node_modules/jest/bin/jest.js'), 'src/limit.test.js'], vitest: [join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs'), 'run', 'src/limit.test.js'], 'node:test': ['--test', 'src/limit.test.js'] }[runner];
  const graph = { projects: ['backend', 'contracts'].map((name) => ({ name, root: `packages/${name}`, tags: [], targets: ['test'] })), edges: [] };
  return { runner, name: 'two small packages', folder, project: 'packages/backend', graph, command };
}
