/** Folded spelling → the spellings that exist. Holds files and the folders above them. */
export type FoldedPaths = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * One key for all spellings that some file system takes for the same name. Deliberately coarser than any of them
 * (upper, then lower case; NFKC), because here a false collision costs a clear refusal and a missed one costs a file.
 */
export function foldPath(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** Index of existing paths for `checkLease`. Linear in the characters of `paths`. */
export function foldPaths(paths: Iterable<string>): FoldedPaths {
  const folded = new Map<string, Set<string>>();
  for (const path of paths) {
    for (let current = path; current !== ''; current = parentOf(current)) {
      const key = foldPath(current);
      const spellings = folded.get(key) ?? new Set<string>();
      if (spellings.has(current)) break;
      folded.set(key, spellings.add(current));
    }
  }
  return folded;
}

/**
 * The existing spelling that `path`, or a folder above it, collides with. Two spellings that both exist are the
 * workspace's own doing and collide with nothing.
 */
export function collisionOf(path: string, existing: FoldedPaths): string | undefined {
  for (let current = path; current !== ''; current = parentOf(current)) {
    const known = existing.get(foldPath(current));
    if (known !== undefined && !known.has(current)) return [...known][0];
  }
  return undefined;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
