import { stemOf } from './path-kind';

/** Paths grouped by lower-case stem, to find a file by the tail of a path that came from elsewhere. */
export type StemIndex = Pick<ReadonlyMap<string, readonly string[]>, 'get'>;

export function indexStems(paths: readonly string[]): StemIndex {
  const stems = new Map<string, string[]>();
  for (const path of paths) {
    const stem = stemOf(path).toLowerCase();
    const known = stems.get(stem);
    if (known === undefined) stems.set(stem, [path]);
    else known.push(path);
  }
  return stems;
}

const outputFolders = new Set(['dist', 'build', 'out', 'src']);

/**
 * Files that agree with the longest tail of `mentioned`, extension aside (`dist/a.js` is `src/a.ts`). Container
 * prefixes need no list: `/app/backend/routes/a.js` and `backend/routes/a.js` share their tail.
 */
export function matchPath(stems: StemIndex, mentioned: string): readonly string[] {
  const candidates = stems.get(stemOf(mentioned).toLowerCase()) ?? [];
  const wanted = folders(mentioned);
  const scored = candidates.map((path) => ({ path, score: commonTail(folders(path), wanted) + (extension(path) === extension(mentioned) ? 0.5 : 0) }));
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  // A path with folders of which none agrees is another file of the same name.
  if (wanted.length > 0 && best < 1 && candidates.length > 1) return [];
  return scored.filter(({ score }) => score === best).map(({ path }) => path);
}

function folders(path: string): readonly string[] {
  return path.split('/').slice(0, -1).filter((folder) => !outputFolders.has(folder) && folder !== '' && folder !== '.');
}

function extension(path: string): string {
  return path.slice(path.lastIndexOf('.'));
}

function commonTail(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  return length;
}
