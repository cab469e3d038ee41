import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { OrchestraError, type Rejection } from '../model';
import { checkPath } from '../patch/check-path';
import { collisionOf, foldPaths, type FoldedPaths } from '../patch/fold-paths';

/**
 * The last look before a write, on the disk itself: every existing folder above the path really lies in the workspace and
 * under this name, the path is no link of either kind, and no other entry has its name in another case. One rejection per refused path,
 * in the order given. A path that the string checks refuse is refused here too, whoever forgot to ask them.
 * @throws OrchestraError 'world' when the disk cannot be read: what was not seen is not allowed
 */
export async function checkRealPaths(root: string, paths: readonly string[]): Promise<readonly Rejection[]> {
  const disk = openDisk(root, await realpath(root));
  const refused: Rejection[] = [];
  for (const path of paths) {
    const because = checkPath(path) ?? (await whyRefused(disk, path.split('/')));
    if (because !== undefined) refused.push({ kind: 'path-refused', path, because });
  }
  return refused;
}

interface Disk {
  /** Names in a folder of the workspace; read once per check, because a reply may touch a thousand files of one folder. */
  names(folder: string): Promise<FoldedPaths>;
  kind(path: string): Promise<'file' | 'shared-file' | 'folder' | 'link' | 'other' | 'absent'>;
  isInside(path: string): Promise<boolean>;
}

async function whyRefused(disk: Disk, segments: readonly string[]): Promise<string | undefined> {
  for (const [depth, name] of segments.entries()) {
    const folder = segments.slice(0, depth).join('/');
    const here = segments.slice(0, depth + 1).join('/');
    // Asked before the entry itself: a disk that ignores case would answer for `SRC` with what is really `src`.
    const collision = collisionOf(name, await disk.names(folder));
    if (collision !== undefined) return `${here}: ${collision}`;
    const kind = await disk.kind(here);
    if (kind === 'absent') return undefined;
    if (kind === 'link') return `${here} is a symbolic link, and a write would go where it leads`;
    // Git makes none in a working tree, a clone with hard-linked objects neither: somebody made this one.
    if (kind === 'shared-file' && depth === segments.length - 1) return `${here} is a hard link, and another name of the same file would change with it: replace it by a copy`;
    const wanted = depth < segments.length - 1 ? 'folder' : 'file';
    if (kind !== wanted) return `${here} is no ${wanted}`;
    if (!(await disk.isInside(here))) return `${here} lies outside the workspace`;
  }
  return undefined;
}

function openDisk(root: string, realRoot: string): Disk {
  const listings = new Map<string, Promise<FoldedPaths>>();
  return {
    names: (folder) => {
      const listing = listings.get(folder) ?? readdir(join(root, folder)).then((names) => foldPaths(names.sort()), unreadable(folder));
      listings.set(folder, listing);
      return listing;
    },
    kind: async (path) => {
      const stats = await lstat(join(root, path)).catch((cause: NodeJS.ErrnoException) => (cause.code === 'ENOENT' ? undefined : unreadable(path)(cause)));
      if (stats === undefined) return 'absent';
      return stats.isSymbolicLink() ? 'link' : stats.isFile() ? (stats.nlink > 1 ? 'shared-file' : 'file') : stats.isDirectory() ? 'folder' : 'other';
    },
    isInside: async (path) => {
      const real = await realpath(join(root, path)).catch(unreadable(path));
      return real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);
    },
  };
}

function unreadable(path: string): (cause: Error) => never {
  return (cause) => {
    throw new OrchestraError('world', `${path === '' ? 'The workspace root' : path} could not be looked at before a write: ${cause.message}.`, { cause });
  };
}
