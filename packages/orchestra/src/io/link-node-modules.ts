import { cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, symlinkSync } from 'node:fs';
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
 * Synchronous: hundreds of small steps cost a fraction of what they cost through promises.
 * @throws OrchestraError 'world' for Plug'n'Play and for packages that are not installed.
 */
export function linkNodeModules(request: LinkRequest): void {
  const links = { ...request, root: realpathSync(request.root), workspacePackages: workspacePackages(request) };
  let linked = 0;
  for (const folder of request.folders) {
    const source = join(request.root, folder, 'node_modules');
    if (!existsSync(source)) continue;
    linkEntries(links, realpathSync(source), join(request.tree, folder, 'node_modules'));
    linked += 1;
  }
  if (linked === 0) explainMissing(request);
}

function explainMissing({ root, tree }: LinkRequest): void {
  if (['.pnp.cjs', '.pnp.js'].some((name) => existsSync(join(root, name)))) {
    throw new OrchestraError('world', 'Yarn Plug\'n\'Play is not supported in scratch trees: set "nodeLinker: node-modules" in .yarnrc.yml and install again.');
  }
  const { dependencies = {}, devDependencies = {} } = readManifest(join(tree, 'package.json'));
  if (Object.keys({ ...dependencies, ...devDependencies }).length > 0) {
    throw new OrchestraError('world', `${root} has no node_modules: install its packages first (e.g. "npm ci").`);
  }
}

function linkEntries(links: Links, source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    if (caches.has(name)) continue;
    const from = join(source, name);
    const holdsEntries = name === '.bin' || (name.startsWith('@') && lstatSync(from).isDirectory());
    if (holdsEntries) linkScope(links, from, join(target, name), name);
    else linkEntry(links, from, join(target, name), name);
  }
}

/** A scope, or `.bin`. One link will do where nothing in it belongs to the workspace, and there are hundreds of entries. */
function linkScope(links: Links, source: string, target: string, scope: string): void {
  const names = readdirSync(source).map((name) => [name, `${scope}/${name}`] as const);
  if (names.every(([name, full]) => isForeign(links, join(source, name), full))) return symlinkSync(source, target);
  mkdirSync(target, { recursive: true });
  for (const [name, full] of names) linkEntry(links, join(source, name), join(target, name), full);
}

function isForeign(links: Links, from: string, name: string): boolean {
  return workspaceTarget(links, from, name) === undefined && !dependsOnWorkspace(links, from);
}

function linkEntry(links: Links, from: string, to: string, name: string): void {
  const inside = workspaceTarget(links, from, name);
  if (inside !== undefined) return symlinkSync(relative(dirname(to), inside), to);
  if (dependsOnWorkspace(links, from)) {
    // Through a link it would find the workspace package it asks for beside its real place, in the main tree.
    return cpSync(realpathSync(from), to, { recursive: true, verbatimSymlinks: true });
  }
  return symlinkSync(from, to);
}

/** Where in the copy a link of the main tree that leads to a workspace package has to lead. */
function workspaceTarget({ root, tree, workspacePackages }: Links, from: string, name: string): string | undefined {
  if (!lstatSync(from).isSymbolicLink()) return undefined;
  // A link to a package that is not there (yet) still says where it would be.
  const target = existsSync(from) ? realpathSync(from) : resolve(dirname(from), readlinkSync(from));
  const path = relative(root, target);
  const outside = path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
  if (!outside && !path.split(sep).includes('node_modules')) return join(tree, path);
  // `node_modules` shared with another checkout: its links lead there, the name still tells.
  return workspacePackages.get(name);
}

function dependsOnWorkspace({ workspacePackages }: Links, from: string): boolean {
  if (workspacePackages.size === 0 || !existsSync(join(from, 'package.json'))) return false;
  const { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = readManifest(join(from, 'package.json'));
  return Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).some((name) => workspacePackages.has(name));
}

function workspacePackages({ tree, folders }: LinkRequest): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const folder of folders) {
    const { name } = readManifest(join(tree, folder, 'package.json'));
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
function readManifest(path: string): Manifest {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? manifest : {};
  } catch {
    return {};
  }
}
