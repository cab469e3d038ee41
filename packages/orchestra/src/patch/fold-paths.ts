/** The paths of a workspace, ready to be asked for another spelling and for what is a file and what a folder. */
export interface FoldedPaths {
  readonly files: ReadonlySet<string>;
  /** Folded spelling → the spellings that exist, of files and of the folders above them. */
  readonly spellings: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Index of existing files for `checkLease`. Linear in the characters of `paths`. */
export function foldPaths(paths: Iterable<string>): FoldedPaths {
  const files = new Set(paths);
  const spellings = new Map<string, Set<string>>();
  for (const path of files) {
    for (let current = path; current !== ''; current = parentOf(current)) {
      const key = foldPath(current);
      const known = spellings.get(key) ?? new Set<string>();
      if (known.has(current)) break;
      spellings.set(key, known.add(current));
    }
  }
  return { files, spellings };
}

/**
 * Why no file can stand at `path` beside what exists: another spelling of it, or of a folder above it, is there; a
 * folder above it is a file; or it is itself a folder. Two spellings that both exist are the workspace's own doing.
 */
export function collisionOf(path: string, { files, spellings }: FoldedPaths): string | undefined {
  for (let current = path; current !== ''; current = parentOf(current)) {
    const known = spellings.get(foldPath(current));
    if (known === undefined) continue;
    if (!known.has(current)) return `the path differs only in case or spelling from "${[...known][0]}"`;
    if (current !== path && files.has(current)) return `"${current}" is a file, not a folder`;
    if (current === path && !files.has(current)) return 'the path is a folder';
  }
  return undefined;
}

/**
 * One key for all spellings that some file system takes for the same name. Deliberately coarser than any of them
 * (upper, then lower case; NFKC), because here a false collision costs a clear refusal and a missed one costs a file.
 */
export function foldPath(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
