import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { livenessOf, ownIdentity } from './process-identity';

/** What a temporary folder is for; the first word of its name. */
export type OwnedFolderKind = 'scratch' | 'results' | 'index' | 'graph' | 'probe';

const nameShape = /^orchestra-(?:scratch|results|index|graph|probe)-(?<host>[0-9a-f]{8})-(?<pid>\d+)-(?<started>[0-9a-zx]*)-[0-9a-f]{12}$/;

/** What belongs to one scratch tree: the copy itself, and places for a run to write that are nobody else's. */
export interface ScratchFolders {
  readonly base: string;
  readonly tree: string;
  readonly home: string;
  readonly temp: string;
  readonly cache: string;
}

export function scratchFoldersOf(tree: { readonly path: string }): ScratchFolders {
  const base = dirname(tree.path);
  return { base, tree: tree.path, home: join(base, 'home'), temp: join(base, 'temp'), cache: join(base, 'cache') };
}

/** A fresh temporary folder that carries its owner in its name, so that there is no moment at which it belongs to nobody. */
export async function createOwnedFolder(kind: OwnedFolderKind): Promise<string> {
  const { host, pid, started } = ownIdentity();
  const folder = join(await realpath(tmpdir()), `orchestra-${kind}-${host}-${pid}-${started}-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

export async function createScratchFolders(): Promise<ScratchFolders> {
  const base = await createOwnedFolder('scratch');
  const folders = scratchFoldersOf({ path: join(base, 'tree') });
  for (const folder of [folders.tree, folders.home, folders.temp, folders.cache]) await mkdir(folder);
  return folders;
}

/** Removes what killed processes left behind; answers the names. Never touches a folder whose owner lives, or lives elsewhere. */
export async function removeStaleScratchFolders(): Promise<readonly string[]> {
  const parent = await realpath(tmpdir());
  const removed: string[] = [];
  for (const name of (await readdir(parent)).sort()) {
    const owner = nameShape.exec(name)?.groups;
    if (!owner || livenessOf({ host: owner['host'] ?? '', pid: Number(owner['pid']), started: owner['started'] ?? '' }) !== 'dead') continue;
    if (await removeFolder(join(parent, name))) removed.push(name);
  }
  return removed;
}

/** `false` when something could not be removed (another user's leftovers). */
export async function removeFolder(folder: string): Promise<boolean> {
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 }).then(() => true, () => false);
  if (await remove()) return true;
  // Code that ran there may have taken the write permission from its folders.
  await makeWritable(folder).catch(() => undefined);
  return remove();
}

async function makeWritable(path: string): Promise<void> {
  const stats = await lstat(path);
  if (!stats.isDirectory()) return;
  await chmod(path, 0o700);
  for (const entry of await readdir(path)) await makeWritable(join(path, entry));
}
