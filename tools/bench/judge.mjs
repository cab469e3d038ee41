import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * `orchestra judge` per commit against `danger local` doing only its built-in diff facts, whole processes in turn, over the
 * last commits of any repository. Danger is installed to a temporary folder and works in a clone there; neither is counted.
 * Usage: node tools/bench/judge.mjs <clone or bare git dir> [commits] [preset]
 */
const [repository, wanted = '15', preset] = process.argv.slice(2);
if (repository === undefined) {
  process.stderr.write('Usage: node tools/bench/judge.mjs <clone or bare git dir> [commits] [preset]\n');
  process.exit(2);
}
const bin = resolve('packages/orchestra/dist/bin/orchestra.js');
if (!existsSync(bin)) {
  process.stderr.write('Build first: npx nx build orchestra\n');
  process.exit(2);
}
const source = resolve(repository);
const folder = mkdtempSync(join(tmpdir(), 'bench-judge-'));
const clone = join(folder, 'clone');

/** What danger knows without asking a server: names by kind of change, commits, and the number of changed lines. */
const dangerfile = `import { danger, message } from 'danger';
const { modified_files, created_files, deleted_files, commits } = danger.git;
danger.git.linesOfCode().then((lines) => message([modified_files.length, created_files.length, deleted_files.length, commits.length, lines].join(' ')));
`;

/** Processor and wall seconds of one process and its children, by the shell's own accounting. */
function time(command, cwd) {
  const { stderr } = spawnSync('bash', ['-c', `TIMEFORMAT='%U %S %R'; time "$@" >"${folder}/out" 2>&1; echo "$?" >&2`, 'bash', ...command], { cwd, encoding: 'utf8', env: { ...process.env, CI: '', LC_ALL: 'C' } });
  const [times = '', code = ''] = stderr.trim().split('\n').slice(-2);
  const [user = 0, system = 0, wall = 0] = times.split(' ').map(Number);
  return { cpu: user + system, wall, code: Number(code) };
}

const git = (...args) => execFileSync('git', ['-C', source, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 }).trim();
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const seconds = (values) => `${median(values).toFixed(2)} (${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)})`;

try {
  execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, 'danger@14'], { stdio: 'inherit' });
  execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', source, clone]);
  writeFileSync(join(folder, 'dangerfile.js'), dangerfile);
  const danger = [process.execPath, join(folder, 'node_modules/danger/distribution/commands/danger-local.js')];
  const commits = git('log', '--no-merges', '--min-parents=1', '--format=%H', '-n', wanted).split('\n');
  const rows = [];
  for (const head of commits) {
    execFileSync('git', ['-C', clone, 'checkout', '--quiet', '--force', '--detach', head]);
    const base = git('rev-parse', `${head}^`);
    execFileSync('git', ['-C', clone, 'branch', '--quiet', '--force', 'bench-base', base]);
    const judged = time([process.execPath, bin, 'judge', '--repo', source, '--base', base, '--head', head, '--json', join(folder, 'judge.json'), ...(preset === undefined ? [] : ['--preset', preset])], folder);
    const compared = time([...danger, '--base', 'bench-base', '--dangerfile', join(folder, 'dangerfile.js')], clone);
    if (compared.code !== 0 || judged.code > 2) throw new Error(`${head}: judge exits ${judged.code}, danger exits ${compared.code}; see ${folder}/out`);
    rows.push({ judged, compared });
    process.stderr.write(`${head.slice(0, 10)} judge ${judged.cpu.toFixed(2)} s, danger ${compared.cpu.toFixed(2)} s of processor time\n`);
  }
  for (const kind of ['cpu', 'wall']) {
    const [ours, theirs] = ['judged', 'compared'].map((name) => rows.map((row) => row[name][kind]));
    const ratio = median(rows.map((row) => row.judged[kind] / row.compared[kind]));
    process.stdout.write(`${kind}: orchestra judge ${seconds(ours)} s, danger local ${seconds(theirs)} s, ratio ${ratio.toFixed(2)} (median of pairs, ${rows.length} commits)\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
