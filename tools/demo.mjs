import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';
import { offlineEnvironment } from './offline-environment.mjs';

/**
 * The main job on a real bug of the sample CRM, in a scratch clone, so that this checkout stays as it is. The specialists'
 * replies are recorded from a language model; everything else (planning, packets, rehearsal, builds, tests, judgement) runs here.
 */
const goals = {
  leak: 'orchestra/goals/contacts-tenant-leak.json',
  // The fault is in the shared contracts, its test in the backend that serves them.
  archived: 'orchestra/goals/contacts-archived-shown.json',
  // A hook of the React pages that keeps the company before.
  frontend: 'orchestra/goals/contacts-after-switch.json',
  // Contracts first, then backend and pages on top of them: two waves, and a person's commit between.
  feature: 'orchestra/goals/contacts-tags.json',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const name = process.argv[2] ?? 'leak';
if (!(name in goals)) {
  console.error(`There is no demo "${name}". Demos: ${Object.keys(goals).join(', ')}.`);
  process.exit(2);
}

ensureInstalled(root);
const clone = cloneWithDependencies();
console.log(`demo: ${goals[name]}\nclone: ${clone}\n`);
const goal = basename(goals[name], '.json');
let status = wave(goals[name]);
for (let index = 2; status === 0 && index <= plannedWaves(); index += 1) {
  console.log(`\nThe next wave is refused until a person has accepted this one:\n$ nx g @aisha/orchestra:wave --continue=${goal}`);
  if (wave(`--continue=${goal}`) === 0) fail('it was not refused');
  console.log(`\n$ git add -A && git commit -m "${goal}: wave ${index - 1}"`);
  run('git', ['-C', clone, 'add', '-A']);
  run('git', ['-C', clone, '-c', 'user.name=A person', '-c', 'user.email=person@example.test', 'commit', '--quiet', '-m', `${goal}: wave ${index - 1}`]);
  console.log(`$ nx g @aisha/orchestra:wave --continue=${goal}\n`);
  status = wave(`--continue=${goal}`);
}
console.log('\nChanged in the clone:');
spawnSync('git', ['status', '--porcelain', '-uall'], { cwd: clone, stdio: ['ignore', 'inherit', 'inherit'] });
console.log(`\nLook at it:\n  cd ${clone}\n  git diff\n  cat orchestra/waves/${goal}/wave-${plannedWaves()}/report.md`);
if (name === 'frontend') console.log(`\nSee it in a real browser, before and after:\n  npm run crm:screens\n  npm run crm:screens -- --after=${clone}`);
process.exit(status);

function wave(argument) {
  const nx = createRequire(join(clone, 'package.json')).resolve('nx/bin/nx.js');
  const { status: code } = spawnSync(process.execPath, [nx, 'g', '@aisha/orchestra:wave', argument, '--provider=replay'], {
    cwd: clone,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...offlineEnvironment },
  });
  return code ?? 1;
}

function plannedWaves() {
  const path = join(clone, 'orchestra/waves', goal, 'plan.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).waves.length : 1;
}

function fail(why) {
  console.error(`demo: ${why}`);
  process.exit(1);
}

function cloneWithDependencies() {
  removeOldClones();
  const folder = join(mkdtempSync(join(realpathSync(tmpdir()), 'aisha-demo-')), 'workspace');
  run('git', ['clone', '--quiet', '--no-hardlinks', root, folder]);
  warnAboutUncommitted();
  copyNodeModules(folder);
  return folder;
}

/** A clone stays for a day: its report is there to be read, and somebody may be working in it. */
function removeOldClones() {
  for (const entry of readdirSync(tmpdir())) {
    const path = join(tmpdir(), entry);
    if (/^aisha-demo-\w{6}$/.test(entry) && Date.now() - statSync(path).mtimeMs > 24 * 60 * 60 * 1000) rmSync(path, { recursive: true, force: true });
  }
}

function warnAboutUncommitted() {
  const { stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (stdout.trim() !== '') console.log('Note: the demo runs on the last commit; uncommitted changes are not in it.');
}

/** Hard links where the file system allows: workspace links are relative, so they resolve inside the clone. */
function copyNodeModules(folder) {
  const sources = ['node_modules', ...readdirSync(join(root, 'packages')).map((each) => `packages/${each}/node_modules`)].filter((each) => existsSync(join(root, each)));
  for (const source of sources) {
    const linked = spawnSync('cp', ['-al', join(root, source), join(folder, source)], { stdio: 'ignore' });
    if (linked.status !== 0) {
      rmSync(join(folder, source), { recursive: true, force: true });
      cpSync(join(root, source), join(folder, source), { recursive: true, verbatimSymlinks: true });
    }
  }
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}
