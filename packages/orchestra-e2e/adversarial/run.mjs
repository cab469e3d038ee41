import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * Runs the waves of `cases/` through the plugin in a clone of this workspace: plan, apply the diff, gate. An adversarial wave
 * must not be accepted, a sound one must. Without `--whole` the clone's policy has the gate run `build` alone, which can only
 * make it accept more; the proof, the lease and every other check are as they are. With `--static` nothing runs: the diff is
 * given to `orchestra judge`, which knows neither plan nor proof, and an adversarial wave it accepts is one for the whole gate.
 *
 * node packages/orchestra-e2e/adversarial/run.mjs [--whole | --static] [--results <file.jsonl>] [case …]
 */
const { values, positionals } = parseArgs({ options: { whole: { type: 'boolean', default: false }, static: { type: 'boolean', default: false }, results: { type: 'string' } }, allowPositionals: true });
const here = fileURLToPath(new URL('.', import.meta.url));
const repository = join(here, '../../..');
const names = readdirSync(join(here, 'cases')).map((name) => name.replace(/\.mjs$/, '')).filter((name) => positionals.length === 0 || positionals.includes(name)).sort();
const known = values.results !== undefined && existsSync(values.results) ? readFileSync(values.results, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'orchestra-adversarial-'));
const root = join(folder, 'workspace');
const results = [...known];
try {
  prepareClone();
  for (const name of names.filter((each) => !known.some((result) => result.name === each))) {
    const result = { name, ...(await judge(name).catch((error) => ({ kind: 'adversarial', decision: 'does not apply', right: false, rules: [], because: String(error) }))) };
    results.push(result);
    if (values.results !== undefined) writeFileSync(values.results, `${JSON.stringify(result)}\n`, { flag: 'a' });
    console.log(`${result.right ? 'ok  ' : 'FAIL'} ${name}: ${result.decision}${result.rules.length > 0 ? ` (${result.rules.join(', ')})` : ''}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const asked = results.filter((result) => names.includes(result.name));
const count = (kind) => `${asked.filter((result) => result.kind === kind && result.right).length} of ${asked.filter((result) => result.kind === kind).length} ${kind}`;
console.log(`${count('adversarial')} stopped, ${count('sound')} accepted`);
process.exit(asked.every((result) => result.right) ? 0 : 1);

function prepareClone() {
  git(repository, 'clone', '--quiet', '--no-hardlinks', repository, root);
  execFileSync('cp', ['-al', join(repository, 'node_modules'), join(root, 'node_modules')]);
  if (!values.whole) {
    const path = join(root, 'orchestra/orchestra.json');
    // In front, where no case looks for its anchor.
    writeFileSync(path, `${JSON.stringify({ targets: ['build'], ...JSON.parse(readFileSync(path, 'utf8')) }, undefined, 2)}\n`);
    git(root, 'commit', '--quiet', '-am', 'chore: the gate builds only');
  }
  git(root, 'tag', 'clean');
}

async function judge(name) {
  const wave = (await import(new URL(`cases/${name}.mjs`, import.meta.url).href)).default;
  git(root, 'reset', '--quiet', '--hard', 'clean');
  git(root, 'clean', '--quiet', '-fdx', '--exclude=node_modules', '--exclude=.nx', '--exclude=dist');
  apply(wave.before ?? {});
  const goal = typeof wave.goal === 'string' ? wave.goal : wave.goal.id;
  if (typeof wave.goal !== 'string') write(`orchestra/goals/${goal}.json`, `${JSON.stringify(wave.goal, undefined, 2)}\n`);
  git(root, 'add', '-A');
  git(root, 'commit', '--quiet', '--allow-empty', '-m', 'before');
  const base = git(root, 'rev-parse', 'HEAD').trim();
  if (values.static) return judgeDiff(wave, goal, base);
  const planned = nx('g', '@aisha/orchestra:wave', `orchestra/goals/${goal}.json`, '--plan', '--provider=handoff');
  if (planned.code !== 0) return verdictOf(wave, { decision: 'no plan', rules: [], because: planned.output });
  apply(wave.files);
  const gate = nx('run', 'crm:validate-wave', `--base=${base}`);
  const path = join(root, '.orchestra/reports/gate/report.json');
  if (!existsSync(path)) return verdictOf(wave, { decision: gate.code === 0 ? 'accepted' : 'refused', rules: [], because: gate.output.slice(-2000) });
  const { verdict } = JSON.parse(readFileSync(path, 'utf8'));
  return verdictOf(wave, {
    decision: verdict.decision, rules: [...new Set(verdict.blocking.map((finding) => finding.rule))].sort(),
    because: verdict.blocking.map((finding) => `${finding.rule} ${finding.subject?.path ?? ''}: ${finding.because}`).join('\n'),
  });
}

function judgeDiff(wave, goal, base) {
  apply(Object.fromEntries(Object.entries(wave.files).filter(([path, change]) => typeof change !== 'function' || existsSync(join(root, path)))));
  git(root, 'add', '-A');
  git(root, 'commit', '--quiet', '-m', 'wave');
  const { type } = JSON.parse(git(root, 'show', `${base}:orchestra/goals/${goal}.json`));
  const file = join(folder, 'judgement.json');
  const run = node([join(repository, 'packages/orchestra/dist/bin/orchestra.js'), 'judge', '--repo', root, '--base', base, '--head', 'HEAD', '--type', type, '--json', file]);
  if (run.code !== 0 && run.code !== 1 && !existsSync(file)) return verdictOf(wave, { decision: 'no judgement', rules: [], because: run.output });
  const { verdict, findings } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  const weighty = findings.filter((finding) => ['block', 'person'].includes(finding.severity));
  return verdictOf(wave, { decision: verdict, rules: [...new Set(weighty.map((finding) => finding.rule))].sort(), because: weighty.map((finding) => `${finding.rule} ${finding.path ?? ''}: ${finding.because}`).join('\n') });
}

/** Blocked outright where the case says so; elsewhere a person's hands will do, which is `unjudged`. */
function verdictOf(wave, { decision, rules, because }) {
  const stopped = decision === 'blocked' || decision === 'refused' || (decision === 'unjudged' && wave.outcome === 'blocked or person');
  return { kind: wave.kind, decision, right: wave.kind === 'sound' ? decision === 'accepted' : stopped, caughtBy: wave.caughtBy, rules, because };
}

function apply(files) {
  for (const [path, change] of Object.entries(files)) {
    if (typeof change === 'function') write(path, change(read(path)));
    else if (change.content !== undefined) write(path, change.content);
    else if (change.delete === true) rmSync(join(root, path));
    else {
      const text = (change.replace ?? []).reduce((before, [old, replacement]) => replaceOnce(path, before, old, replacement), read(path));
      if (change.move !== undefined) rmSync(join(root, path));
      write(change.move ?? path, text);
    }
  }
}

function replaceOnce(path, text, old, replacement) {
  if (text.split(old).length !== 2) throw new Error(`${path} holds this ${text.split(old).length - 1} times: ${old}`);
  return text.split(old).join(replacement);
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}

function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function git(cwd, ...args) {
  return execFileSync('git', ['-c', 'user.name=Adversary', '-c', 'user.email=adversary@example.test', ...args], { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
}

function nx(...args) {
  return node([createRequire(join(root, 'package.json')).resolve('nx/bin/nx.js'), ...args]);
}

function node(args) {
  const kept = Object.entries(process.env).filter(([key]) => !/^(?:NX_|CI$|NODE_ENV$)/.test(key));
  const env = { ...Object.fromEntries(kept), NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true', NX_ISOLATE_PLUGINS: 'false', NX_INTERACTIVE: 'false', NX_CACHE_DIRECTORY: join(folder, 'cache') };
  const run = spawnSync(process.execPath, args, { cwd: root, env, encoding: 'utf8', input: '', maxBuffer: 1 << 28 });
  return { code: run.status, output: `${run.stdout}${run.stderr}` };
}
