import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What stands at a path, without following it. */
export type ClonedEntry = { readonly kind: 'file'; readonly hash: string; readonly executable: boolean } | { readonly kind: 'link'; readonly target: string } | { readonly kind: 'other' };

/** Larger is no source that a specialist writes; its first bytes tell it apart all the same. */
const mostBytes = 8 * 1024 * 1024;
/** An agent may fill the clone with whatever it likes; what is beyond this is not looked at, and said. */
export const mostEntries = 200_000;

/**
 * Path → entry of everything in a clone but `.git` and `node_modules`, read from the disk. Git is not asked: after an agent
 * had it, the clone's own git config may name programs, and its index may say that nothing has changed.
 */
export function snapshotClone(tree: string): ReadonlyMap<string, ClonedEntry> {
  const entries = new Map<string, ClonedEntry>();
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of readdirSync(join(tree, folder)).sort()) {
      if (name === 'node_modules' || name === '.git' || entries.size >= mostEntries) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      const entry = readEntry(join(tree, path));
      if (entry === 'folder') folders.push(path);
      else entries.set(path, entry);
    }
  }
  return entries;
}

function readEntry(path: string): ClonedEntry | 'folder' {
  const stats = lstatSync(path);
  if (stats.isDirectory()) return 'folder';
  if (stats.isSymbolicLink()) return { kind: 'link', target: readlinkSync(path) };
  if (!stats.isFile()) return { kind: 'other' };
  const hash = createHash('sha256').update(String(stats.size));
  if (stats.size <= mostBytes) hash.update(readFileSync(path));
  return { kind: 'file', hash: hash.digest('hex'), executable: (stats.mode & 0o100) !== 0 };
}
