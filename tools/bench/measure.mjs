import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const dist = join(root, 'packages/orchestra/dist');
export const bin = join(dist, 'bin/orchestra.js');

/** A bench measures what is published, so the build has to be there. */
export function requireBuild() {
  if (existsSync(bin)) return;
  console.error('Build first: npx nx build orchestra');
  process.exit(2);
}

export function scratch(name) {
  const folder = mkdtempSync(join(tmpdir(), `bench-${name}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Written by a node process as it ends: what the system says it used, threads included; KiB and microseconds.
  writeFileSync(join(folder, 'usage.cjs'), `process.once('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  if (process.env.BENCH_USAGE && require('node:worker_threads').isMainThread) require('node:fs').writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ peak: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 }));
});\n`);
  return folder;
}

/** Runs a node script as a whole process. @returns seconds on the wall; seconds of processor and peak MiB of the process, its children left out */
export function timeNode(folder, args, cwd) {
  const usage = join(folder, 'usage.json');
  const began = performance.now();
  const child = spawnSync(process.execPath, ['--require', join(folder, 'usage.cjs'), ...args], { cwd, env: { ...process.env, BENCH_USAGE: usage, CI: '1' }, encoding: 'utf8', maxBuffer: 1 << 28 });
  const wall = (performance.now() - began) / 1000;
  if (child.status !== 0) throw new Error(`${args.join(' ')} ended with ${child.status}:\n${child.stderr.slice(-2000)}`);
  return { wall, ...JSON.parse(readFileSync(usage, 'utf8')) };
}

export function git(folder, ...args) {
  const child = spawnSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.test', ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (child.status !== 0) throw new Error(`git ${args.join(' ')}: ${child.stderr}`);
  return child.stdout.trim();
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function row(name, samples) {
  const of = (key) => samples.map((sample) => sample[key]);
  return `${name.padEnd(34)} ${median(of('wall')).toFixed(2).padStart(7)} s  (${Math.min(...of('wall')).toFixed(2)} to ${Math.max(...of('wall')).toFixed(2)})  processor ${median(of('cpu')).toFixed(2)} s  peak ${Math.round(median(of('peak')))} MiB`;
}

/** A ratio of medians would compare different moments of a busy machine: pair by pair, then the median. */
export function ratio(a, b, key = 'wall') {
  return median(a.map((sample, run) => sample[key] / b[run][key]));
}

export function verdict(name, value, most) {
  console.log(`${name}: ${value.toFixed(3)} (at most ${most}) ${value <= most ? 'holds' : 'MISSED'}`);
  return value <= most;
}
