import { type FileIndex, INDEX_VERSION } from '../context-hub/file-index';
import type { Io, TreeEntry } from '../io/ports';

/** Sources and what sits beside them that a bug can live in. Anything else is not worth a line of a packet. */
const indexed = /\.(?:tsx?|jsx?|mjs|cjs|mts|cts|sql|ya?ml|json|css)$|(?:^|\/)(?:Dockerfile[^/]*|\.env\.example)$/;
const neverIndexed = /(?:^|\/)(?:node_modules|dist|coverage|\.nx|\.orchestra)\/|(?:^|\/)(?:package-lock\.json|pnpm-lock\.yaml|yarn\.lock)$|\.min\.js$/;

/** A name with a line end would be two lines of a page, the second one of its own making. */
const unprintable = /[\p{Cc}\u2028\u2029]/u;

/** The files of a commit that are indexed, sorted. */
export function indexedPaths(tree: ReadonlyMap<string, TreeEntry>, excluded: (path: string) => boolean): readonly string[] {
  return [...tree.keys()].filter((path) => indexed.test(path) && !neverIndexed.test(path) && !unprintable.test(path) && !excluded(path) && isRegularFile(tree.get(path))).sort();
}

/**
 * The indexes of these files of a commit, in their order. Work grows with what changed since the last goal: each entry is cached by
 * blob id and path, so a second goal reads only new blobs.
 */
export async function loadIndexes(io: Pick<Io, 'index' | 'repository' | 'progress'>, tree: ReadonlyMap<string, TreeEntry>, paths: readonly string[]): Promise<ReadonlyMap<string, FileIndex>> {
  if (paths.length === 0) return new Map();
  const keyOf = new Map(paths.map((path) => [path, `${tree.get(path)?.blob ?? ''} ${path}`]));
  const kind = `index-v${INDEX_VERSION}`;
  const cached = await io.index.read<FileIndex>(kind, [...keyOf.values()]);
  const missing = paths.filter((path) => !cached.has(keyOf.get(path) ?? ''));
  const fresh = await indexMissing(io, tree, missing);
  if (fresh.size > 0) {
    await io.index.write(kind, new Map([...fresh].map(([path, index]) => [keyOf.get(path) ?? '', index])));
  }
  return new Map(
    paths.flatMap((path) => {
      const index = cached.get(keyOf.get(path) ?? '') ?? fresh.get(path);
      return index === undefined ? [] : [[path, index] as const];
    }),
  );
}

async function indexMissing(io: Pick<Io, 'index' | 'repository' | 'progress'>, tree: ReadonlyMap<string, TreeEntry>, paths: readonly string[]): Promise<ReadonlyMap<string, FileIndex>> {
  if (paths.length === 0) {
    return new Map();
  }
  // The grammar takes long to load, and is needed for what is new alone.
  const { indexFile } = await import('../context-hub/index-file.js');
  io.progress.step(`indexing ${paths.length} of ${tree.size} files`);
  const texts = await io.repository.readBlobTexts(new Map(paths.map((path) => [path, tree.get(path)?.blob ?? ''])));
  return new Map([...texts].map(([path, text]) => [path, indexFile(path, text)]));
}

/** A symlink's blob is its target's name and a submodule's a commit: neither is text to index. */
function isRegularFile(entry: TreeEntry | undefined): boolean {
  return entry?.mode.startsWith('100') ?? false;
}
