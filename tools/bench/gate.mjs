import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { offlineEnvironment } from '../offline-environment.mjs';
import { applyRecording, median, run, sampleClone, seconds } from './sample-clone.mjs';

/**
 * What the judge adds to `nx affected` on the sample, in the order of a CI job, for a committed bugfix in the contracts that everything
 * depends on: lint, typecheck, test and build of what is affected, then the static part, then the gate with the proof and without it.
 *
 *     node tools/bench/gate.mjs [rounds]
 *
 * Each round begins without Nx's cache (cold) and repeats the same (cached); the proof is never cached.
 */
const rounds = Number(process.argv[2] ?? 3);
const folder = sampleClone();
const git = (...args) => run('git', ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.test', ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' }).stdout.trim();
const base = git('rev-parse', 'HEAD');
applyRecording(folder, 'contacts-archived-shown');
git('commit', '--quiet', '-am', 'fix');
const cache = join(folder, '.nx/bench-cache');
const env = { ...process.env, ...offlineEnvironment, NX_BASE: base, NX_HEAD: git('rev-parse', 'HEAD'), NX_CACHE_DIRECTORY: cache };
const nx = createRequire(join(folder, 'package.json')).resolve('nx/bin/nx.js');

function timed(...args) {
  const start = performance.now();
  const { status } = run(process.execPath, [nx, ...args], { cwd: folder, env, stdio: 'ignore', anyCode: true });
  if (status !== 0) throw new Error(`nx ${args.join(' ')} ended with ${status}: there is nothing to measure on a red sample`);
  return performance.now() - start;
}

const steps = () => ({
  affected: timed('affected', '-t', 'lint', 'typecheck', 'test', 'build'),
  parts: timed('affected', '-t', 'validate-wave', '--exclude=crm'),
  gate: timed('run', 'crm:validate-wave'),
  proof: timed('run', 'crm:validate-wave', '--type=bugfix'),
});

const measured = { cold: [], cached: [] };
for (let round = 0; round < rounds; round++) {
  rmSync(cache, { recursive: true, force: true });
  measured.cold.push(steps());
  measured.cached.push(steps());
}
console.log('| cache | nx affected, s | static parts, s | gate, s | gate with proof, s | judge without proof : affected | judge with proof : affected |\n|---|---|---|---|---|---|---|');
for (const [kind, all] of Object.entries(measured)) {
  const column = (value) => seconds(median(all.map(value)));
  const ratio = (value) => median(all.map((one) => (one.parts + value(one)) / one.affected)).toFixed(2);
  console.log(`| ${kind} | ${column((one) => one.affected)} | ${column((one) => one.parts)} | ${column((one) => one.gate)} | ${column((one) => one.proof)} | ${ratio((one) => one.gate)} | ${ratio((one) => one.proof)} |`);
}
