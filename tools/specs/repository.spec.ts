import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { missingFromLock } from '../complete-lock.mjs';
import { workspaceRoot } from './planted-workspace';

interface Manifest {
  readonly name: string;
  readonly license?: string;
  readonly exports?: object;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly targets?: Readonly<Record<string, unknown>> };
}

const read = (path: string) => readFileSync(join(workspaceRoot, path), 'utf8');
const readManifest = (path: string) => JSON.parse(read(path)) as Manifest;

const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: workspaceRoot, encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(workspaceRoot, path)));
const manifests = tracked.filter((path) => /^(packages\/[^/]+|tools)\/package\.json$/.test(path));

/** Folders of machines this was built on, this one included. Made-up paths in tests are nobody's. */
const usualFolders = ['work', 'root', 'home/runner'].map((folder) => `/${folder}/`);
const machineFolders = [...usualFolders, `${workspaceRoot}/`, `${homedir()}/`].filter((folder) => folder.length > 3);
const machinePath = new RegExp(`(?<![\\w.$}*-])(?:${machineFolders.map((folder) => folder.replaceAll('.', '\\.')).join('|')})`);
/** Spelled in two halves, or this file would find itself. */
const packageSource = new RegExp(['registry\\.npm', 'js\\.org'].join(''));

function linesWith(pattern: RegExp): readonly string[] {
  return tracked.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 100)}`] : [])),
  );
}

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}
const lock = JSON.parse(read('package-lock.json')) as LockFile;

it('keeps the places packages came from out of the lock file', () => {
  const resolved = Object.values(lock.packages).flatMap((entry) => entry.resolved ?? []);
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(resolved.filter((place) => place.includes('://'))).toEqual([]);
  expect(linesWith(packageSource)).toEqual([]);
});

/** `npm ci` refuses a lock without them, on every machine. `node tools/complete-lock.mjs` adds them. */
it('lists the optional packages of every platform in the lock file', () => {
  expect(missingFromLock(lock.packages)).toEqual([]);
});

it('sees an optional package that a lock file leaves out, beside its parent or at the top', () => {
  const parent = { optionalDependencies: { 'native-linux-x64': '1.0.0', 'native-darwin-arm64': '1.0.0', nested: '2.0.0' } };
  const planted = { 'node_modules/native': parent, 'node_modules/native-linux-x64': {}, 'node_modules/native/node_modules/nested': {} };
  expect(missingFromLock(planted)).toEqual([{ parent: 'node_modules/native', name: 'native-darwin-arm64', version: '1.0.0' }]);
});

it.each([`cd ${usualFolders[0]}main`, `"${usualFolders[1]}x"`, `(${workspaceRoot}/package.json)`, `file://${usualFolders[1]}x`])('knows the machine path in %s', (line) => {
  expect(line).toMatch(machinePath);
});

it.each(['/api/work/1', './root/x', '${folder}/work/', '/workspace/x', 'packages/root/x', '/tmp/x'])('sees no machine path in %s', (line) => {
  expect(line).not.toMatch(machinePath);
});

it('names no path of the machine it was written on', () => {
  expect(linesWith(machinePath)).toEqual([]);
});

describe.each(manifests)('%s', (path) => {
  const manifest = readManifest(path);
  const folder = dirname(path);

  it('states the licence and comes with a README', () => {
    expect(manifest.license).toBe('MIT');
    expect(read(`${folder}/README.md`).length).toBeGreaterThan(200);
  });

  it('has the targets that `npm run check` runs', () => {
    // Only what others import is built.
    const wanted = [...(manifest.exports ? ['build'] : []), 'lint', 'test', 'typecheck'];
    expect(Object.keys(manifest.nx?.targets ?? {})).toEqual(expect.arrayContaining(wanted));
  });
});

it('ships the licence of the workspace with the plugin', () => {
  expect(read('packages/orchestra/LICENSE')).toBe(read('LICENSE'));
});

it('says of every package the plugin depends on why', () => {
  const { dependencies = {}, peerDependencies = {} } = readManifest('packages/orchestra/package.json');
  const reasons = read('docs/decisions/dependencies.md');
  const names = Object.keys({ ...dependencies, ...peerDependencies });
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !reasons.includes(`| \`${name}\` |`))).toEqual([]);
});
