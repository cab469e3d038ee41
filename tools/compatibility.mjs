import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { storeFiles, storeReplies } from './compatibility/workspaces.mjs';
import { serveTarball } from './compatibility/static-registry.mjs';
import { offlineEnvironment } from './offline-environment.mjs';
import { runNx } from './run-nx.mjs';

/**
 * The packed plugin in workspaces it was not born in: `nx add` from a registry, `init` twice, a handed-in wave, the gate,
 * `nx sync:check`. One line per step; ends 1 when one of them fails.
 */
const places = {
  '24-npm': { nx: '24.0.6', devkit: '24.0.0', manager: 'npm', layout: 'packages' },
  '24-pnpm': { nx: '24.0.6', devkit: '24.0.0', manager: 'pnpm', layout: 'packages' },
  '23-npm': { nx: '23.3.2', devkit: '23.3.2', manager: 'npm', layout: 'apps-libs' },
  '22-npm': { nx: '22.7.12', devkit: '22.7.12', manager: 'npm', layout: 'packages' },
};
const pnpmVersion = '10';

const root = fileURLToPath(new URL('..', import.meta.url));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in places));
if (unknown.length > 0) {
  console.error(`There is no place ${unknown.join(', ')}. Places: ${Object.keys(places).join(', ')}.`);
  process.exit(2);
}

const temp = mkdtempSync(join(realpathSync(tmpdir()), 'orchestra-compatibility-'));
let failures = 0;
try {
  const { tarball, manifest } = pack();
  const registry = await serveTarball(tarball, manifest);
  for (const name of asked.length > 0 ? asked : Object.keys(places)) await tryIn(name, places[name], registry.address);
  registry.close();
} finally {
  rmSync(temp, { recursive: true, force: true });
}
process.exit(failures === 0 ? 0 : 1);

function pack() {
  if (!runNx('run', 'orchestra:build', '--outputStyle=static-failures-only')) process.exit(1);
  const folder = join(root, 'packages/orchestra');
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--json', '--silent', '--ignore-scripts', '--pack-destination', temp], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  const strange = packed.files.map(({ path }) => path).filter((path) => !/^(?:dist\/.+\.(?:js|d\.ts|json|md)|dist\/.+\/files\/.+|[a-z]+\.json|dist\/model\/zod\.LICENSE|README\.md|LICENSE)$/.test(path) || /\.spec\.|__|recordings/.test(path));
  report('the package', 'holds what a user needs and nothing else', strange.length === 0, `${packed.files.length} files, ${Math.round(packed.size / 1024)} kB packed${strange.length > 0 ? `; strange: ${strange.slice(0, 5).join(', ')}` : ''}`);
  return { tarball: join(temp, packed.filename), manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) };
}

async function tryIn(name, place, registry) {
  const folder = join(temp, name);
  for (const [path, text] of Object.entries({ ...storeFiles(place), '.npmrc': `@aisha:registry=${registry}/\n` })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const shell = shellIn(folder, place.manager, name);
  const nx = (...args) => shell(place.manager === 'pnpm' ? ['pnpm', 'exec', 'nx', ...args] : ['npx', 'nx', ...args]);
  const step = (what, run, good, detail = '') => report(name, what, good, good ? detail : `${detail}\n${run.output}`);
  const installed = await shell(place.manager === 'pnpm' ? ['pnpm', 'install'] : ['npm', 'install', '--no-audit', '--no-fund', '--prefer-offline']);
  if (!step('installs', installed, installed.code === 0, `nx ${place.nx}`)) return;
  commit(folder, 'store');
  const added = await nx('add', '@aisha/orchestra');
  if (!step('nx add', added, added.code === 0 && existsSync(join(folder, 'orchestra/orchestra.json')))) return;
  const named = await nx('g', '@aisha/orchestra:init', '--gate=store');
  step('init names the gate', named, JSON.parse(readFileSync(join(folder, 'orchestra/orchestra.json'), 'utf8')).gate === 'store');
  const before = changesIn(folder);
  const again = await nx('g', '@aisha/orchestra:init');
  step('a second init changes nothing', again, again.code === 0 && before === changesIn(folder));
  const synced = await nx('sync');
  step('nx sync', synced, synced.code === 0);
  commit(folder, 'orchestra');
  await wave(folder, place, nx, step);
  const check = await nx('sync:check');
  step('nx sync:check', check, check.code === 0);
}

async function wave(folder, place, nx, step) {
  const replies = storeReplies(place.layout);
  let run = await nx('g', '@aisha/orchestra:wave', 'free-delivery.json', '--provider=handoff');
  for (const round of ['the test', 'the fix']) {
    const missing = /reply:\s+(\S+\.reply\.md)/.exec(run.output)?.[1];
    if (!step(`handoff asks for ${round}`, run, run.code === 0 && missing !== undefined, missing)) return;
    writeFileSync(join(folder, missing), missing.includes('-test') ? replies.test : replies.fix);
    run = await nx('g', '@aisha/orchestra:wave', '--continue=free-delivery');
  }
  step('the wave is accepted', run, run.code === 0 && /Wave 1 of "free-delivery": accepted/.test(run.output));
  const gate = await nx('run', 'store:validate-wave');
  step('validate-wave says the same', gate, gate.code === 0 && /accepted/.test(gate.output));
  commit(folder, 'fix');
  const sync = await nx('sync');
  step('nx sync after the fix', sync, sync.code === 0);
}

/** A user's shell: nothing of this process's Nx or npm, a cache of its own, the package manager on the path. */
function shellIn(folder, manager, name) {
  const kept = Object.entries(process.env).filter(([key]) => !/^(?:NX_|npm_|ORCHESTRA_|JEST_|CI$|NODE_ENV$|NODE_OPTIONS$)/i.test(key));
  const bin = manager === 'pnpm' ? installPnpm() : undefined;
  const env = { ...Object.fromEntries(kept), ...offlineEnvironment, NX_CACHE_DIRECTORY: join(temp, `${name}-cache`), CI: 'true', ...(bin === undefined ? {} : { PATH: `${bin}:${process.env.PATH}` }) };
  // Not waited for synchronously: the registry answers from this process. A fresh workspace has no lock file yet, which pnpm
  // refuses where CI is set.
  return ([program, ...args]) =>
    new Promise((resolve) => {
      const child = spawn(program, args, { cwd: folder, env: program === 'pnpm' && args[0] === 'install' ? { ...env, CI: '' } : env, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      child.stdout.on('data', (chunk) => { output += chunk; });
      child.stderr.on('data', (chunk) => { output += chunk; });
      child.once('error', (error) => resolve({ code: 1, output: String(error) }));
      child.once('close', (code) => resolve({ code, output }));
    });
}

function installPnpm() {
  const folder = join(temp, 'pnpm');
  if (!existsSync(folder)) {
    mkdirSync(folder);
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, `pnpm@${pnpmVersion}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return join(folder, 'node_modules/.bin');
}

function git(folder, ...args) {
  return execFileSync('git', ['-c', 'user.name=Store', '-c', 'user.email=store@example.test', ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function changesIn(folder) {
  return git(folder, 'status', '--porcelain', '-uall') + git(folder, 'diff');
}

function commit(folder, message) {
  if (!readdirSync(folder).includes('.git')) git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '-A');
  git(folder, 'commit', '--quiet', '--allow-empty', '-m', message);
}

function report(place, what, good, detail = '') {
  failures += good ? 0 : 1;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${place}: ${what}${detail === '' ? '' : ` (${detail})`}`);
  return good;
}
