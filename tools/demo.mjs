import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
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
const wave = spawnSync(process.execPath, [createRequire(join(clone, 'package.json')).resolve('nx/bin/nx.js'), 'g', '@aisha/orchestra:wave', goals[name], '--provider=replay'], {
  cwd: clone,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, ...offlineEnvironment },
});
console.log('\nChanged in the clone:');
spawnSync('git', ['status', '--porcelain', '-uall'], { cwd: clone, stdio: ['ignore', 'inherit', 'inherit'] });
console.log(`\nLook at it:\n  cd ${clone}\n  git diff\n  cat orchestra/waves/${basename(goals[name], '.json')}/wave-1/report.md`);
process.exit(wave.status ?? 1);

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
