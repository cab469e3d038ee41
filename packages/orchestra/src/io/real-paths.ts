import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import type { Rejection } from '../model';

/**
 * The last look before a write, on the disk itself: every existing folder above the path really lies in the workspace, the
 * path is no symlink, and no other entry has its name in another case. One rejection per refused path, in the order given.
 */
export async function checkRealPaths(root: string, paths: readonly string[]): Promise<readonly Rejection[]> {
  const realRoot = await realpath(root);
  const refused: Rejection[] = [];
  for (const path of paths) {
    const because = await whyRefused(root, realRoot, path);
    if (because !== undefined) {
      refused.push({ kind: 'path-refused', path, because });
    }
  }
  return refused;
}

async function whyRefused(root: string, realRoot: string, path: string): Promise<string | undefined> {
  const segments = path.split('/');
  for (let depth = 0; depth < segments.length; depth++) {
    const parent = segments.slice(0, depth).join('/');
    const name = segments[depth] ?? '';
    const entry = join(root, parent, name);
    const stats = await lstat(entry).catch(() => undefined);
    const here = parent === '' ? name : `${parent}/${name}`;
    if (stats === undefined) {
      return caseTwin(root, parent, name);
    }
    if (stats.isSymbolicLink()) {
      return `${here} is a symbolic link, and a write would go where it leads`;
    }
    if (depth < segments.length - 1 && !stats.isDirectory()) {
      return `${here} is a file, not a folder`;
    }
    if (depth === segments.length - 1 && !stats.isFile()) {
      return `${here} is not a regular file`;
    }
    // A mount or a bind can lead outside without any link being there.
    const real = await realpath(entry);
    if (real !== realRoot && !real.startsWith(realRoot + sep)) {
      return `${here} lies outside the workspace`;
    }
  }
  return undefined;
}

/** On a disk that ignores case the twin is the very file that would be overwritten; elsewhere it would be on a colleague's. */
async function caseTwin(root: string, parent: string, name: string): Promise<string | undefined> {
  const folded = name.normalize('NFC').toLowerCase();
  const twin = (await readdir(join(root, parent)).catch(() => [])).find((each) => each !== name && each.normalize('NFC').toLowerCase() === folded);
  return twin === undefined ? undefined : `${posix.join(parent, twin)} is already there and differs only in letter case`;
}
