import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, ratio, requireBuild, scratch, verdict } from './measure.mjs';
import { nxOf, writeSyntheticWorkspace } from './synthetic-workspace.mjs';

/**
 * `nx g @aisha/orchestra:wave <goal> --dry-run` against `nx show projects --affected --json`, whole processes in turn on the same workspace, with
 * the project graph on both sides: node tools/bench/planning.mjs [--projects 1000,5000] [--runs 5]     (after `npx nx build orchestra`)
 * No daemon; Nx's own caches are warm on both sides. The index is cold once and warm in every pair. Processor time is that of the process and of all it started.
 */
const { values } = parseArgs({ options: { projects: { type: 'string', default: '1000,5000' }, runs: { type: 'string', default: '5' } } });
requireBuild();
const folder = scratch('planning');
const env = { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', CI: '1', NX_TUI: 'false' };
const plan = ['g', '@aisha/orchestra:wave', 'orchestra/goals/bench.json', '--dry-run'];
const show = ['show', 'projects', '--affected', '--base=HEAD', '--json'];

const held = values.projects.split(',').map(Number).map(measure);
process.exitCode = held.every(Boolean) ? 0 : 1;

function measure(count) {
  const workspace = join(folder, `workspace-${count}`);
  mkdirSync(workspace);
  const { edges, files, target } = writeSyntheticWorkspace(workspace, count);
  // Something has to be affected, and a plan is made of what is committed: an open edit is both.
  appendFileSync(join(workspace, target.root, 'src', `${target.modules[1].file}.ts`), '// edited\n');
  run(workspace, show);
  const cold = run(workspace, plan);
  const samples = { plan: [], show: [] };
  for (let pair = 0; pair < Number(values.runs); pair += 1) {
    samples.plan.push(run(workspace, plan));
    samples.show.push(run(workspace, show));
    console.error(`${count} projects: pair ${pair + 1} of ${values.runs}`);
  }
  const line = (name, all) => console.log(`${name.padEnd(34)} wall ${seconds(all, 'wall')} s, processor ${seconds(all, 'cpu')} s`);
  console.log(`${count} projects, ${edges} imports, ${files} files`);
  line('wave --dry-run, index cold (once)', [cold]);
  line('wave --dry-run', samples.plan);
  line('show projects --affected', samples.show);
  console.log(`processor, median of the pairs: ${ratio(samples.plan, samples.show, 'cpu').toFixed(3)}`);
  const holds = verdict('wall, median of the pairs', ratio(samples.plan, samples.show), 1.15);
  rmSync(workspace, { recursive: true, force: true });
  return holds;
}

/** `times` of the shell knows what a process and its children used, once they were waited for. */
function run(workspace, args) {
  const began = performance.now();
  const child = spawnSync('sh', ['-c', '"$@" > /dev/null 2>&1; code=$?; times; exit $code', 'sh', process.execPath, nxOf(workspace), ...args], { cwd: workspace, env, encoding: 'utf8' });
  const wall = (performance.now() - began) / 1000;
  if (child.status !== 0) throw new Error(`nx ${args.join(' ')} ended with ${child.status}`);
  const cpu = [...child.stdout.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
  return { wall, cpu };
}

function seconds(all, key) {
  const of = all.map((sample) => sample[key]);
  return all.length === 1 ? of[0].toFixed(2) : `${median(of).toFixed(2)} (${Math.min(...of).toFixed(2)} to ${Math.max(...of).toFixed(2)})`;
}
