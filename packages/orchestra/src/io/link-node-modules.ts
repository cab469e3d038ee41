import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, readFile, readlink, realpath, symlink } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { OrchestraError } from '../model';

export interface LinkRequest {
  /** The main working tree, whose installed packages are used. */
  readonly root: string;
  /** The copy. */
  readonly tree: string;
  /** Workspace-relative folders that hold a package.json, `.` for the root. */
  readonly folders: readonly string[];
}

interface Links extends LinkRequest {
  /** Package name → its folder in the copy. */
  readonly workspacePackages: ReadonlyMap<string, string>;
}

/** Caches are written by runs: a shared one would carry state from proposed code into the main tree. */
const caches = new Set(['.cache', '.vite', '.vitest', '.vite-temp', '.nx']);

/**
 * Rebuilds `node_modules` of the copy entry by entry: installed packages point at the main tree, workspace packages into
 * the copy. One link for the whole folder would be shorter and wrong: `node_modules/<workspace package>` would lead back
 * to the main tree, and a test on base would see the fix.
 * @throws OrchestraError 'world' for Plug'n'Play and for packages that are not installed.
 */
export async function linkNodeModules(request: LinkRequest): Promise<void> {
  const links = { ...request, workspacePackages: await workspacePackages(request) };
  let linked = 0;
  for (const folder of request.folders) {
    const source = join(request.root, folder, 'node_modules');
    if (!existsSync(source)) continue;
    await linkEntries(links, await realpath(source), join(request.tree, folder, 'node_modules'));
    linked += 1;
  }
  if (linked === 0) await explainMissing(request);
}

async function explainMissing({ root, tree }: LinkRequest): Promise<void> {
  if (['.pnp.cjs', '.pnp.js'].some((name) => existsSync(join(root, name)))) {
    throw new OrchestraError('world', 'Yarn Plug\'n\'Play is not supported in scratch trees: set "nodeLinker: node-modules" in .yarnrc.yml and install again.');
  }
  const { dependencies = {}, devDependencies = {} } = await readManifest(join(tree, 'package.json'));
  if (Object.keys({ ...dependencies, ...devDependencies }).length > 0) {
    throw new OrchestraError('world', `${root} has no node_modules: install its packages first (e.g. "npm ci").`);
  }
}

async function linkEntries(links: Links, source: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of await readdir(source)) {
    if (caches.has(name)) continue;
    const from = join(source, name);
    const recreated = name === '.bin' || (name.startsWith('@') && (await lstat(from)).isDirectory());
    if (recreated) await linkScope(links, from, join(target, name), name);
    else await linkEntry(links, from, join(target, name), name);
  }
}

/** A scope, or `.bin`: a folder of its own, because its entries can lead to different places. */
async function linkScope(links: Links, source: string, target: string, scope: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const name of await readdir(source)) await linkEntry(links, join(source, name), join(target, name), `${scope}/${name}`);
}

async function linkEntry(links: Links, from: string, to: string, name: string): Promise<void> {
  const inside = await workspaceTarget(links, from, name);
  if (inside !== undefined) return symlink(relative(dirname(to), inside), to);
  if (await dependsOnWorkspace(links, from)) {
    // Through a link it would find the workspace package it asks for beside its real place, in the main tree.
    return cp(await realpath(from), to, { recursive: true, verbatimSymlinks: true });
  }
  return symlink(from, to);
}

/** Where in the copy a link of the main tree that leads to a workspace package has to lead. */
async function workspaceTarget({ root, tree, workspacePackages }: Links, from: string, name: string): Promise<string | undefined> {
  if (!(await lstat(from)).isSymbolicLink()) return undefined;
  const target = await realpath(from).catch(async () => resolve(dirname(from), await readlink(from)));
  const path = relative(await realpath(root), target);
  const outside = path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  if (!outside && !path.split(sep).includes('node_modules')) return join(tree, path);
  // `node_modules` shared with another checkout: its links lead there, the name still tells.
  return workspacePackages.get(name);
}

async function dependsOnWorkspace({ workspacePackages }: Links, from: string): Promise<boolean> {
  if (workspacePackages.size === 0 || !existsSync(join(from, 'package.json'))) return false;
  const { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = await readManifest(join(from, 'package.json'));
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).some((name) => workspacePackages.has(name));
}

async function workspacePackages({ tree, folders }: LinkRequest): Promise<ReadonlyMap<string, string>> {
  const packages = new Map<string, string>();
  for (const folder of folders) {
    const { name } = await readManifest(join(tree, folder, 'package.json'));
    if (typeof name === 'string' && name !== '' && folder !== '.') packages.set(name, join(tree, folder));
  }
  return packages;
}

interface Manifest {
  readonly name?: unknown;
  readonly dependencies?: object;
  readonly devDependencies?: object;
  readonly peerDependencies?: object;
  readonly optionalDependencies?: object;
}

/** A manifest that cannot be read is the subject's fault and shows when its tests run; here it names nothing. */
async function readManifest(path: string): Promise<Manifest> {
  try {
    const manifest: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? manifest : {};
  } catch {
    return {};
  }
}
