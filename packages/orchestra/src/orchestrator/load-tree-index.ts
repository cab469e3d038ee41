import { buildSegment } from '../context-hub/build-segment';
import { INDEX_VERSION, type FileIndex } from '../context-hub/file-index';
import { joinLinks, LINKS_VERSION, linkSegments, namedModules, type SegmentLinks } from '../context-hub/links-of';
import { SEGMENT_VERSION, type Segment } from '../context-hub/segment';
import { splitIntoSegments } from '../context-hub/split-into-segments';
import { joinSegments, type TreeIndex } from '../context-hub/tree-index';
import type { Io, TreeEntry } from '../io/ports';
import { sha256 } from '../model/canonical-json';
import { indexedPaths, loadIndexes } from './load-index';

/** A segment is made of indexes: a new kind of either is a new kind of segment. */
const madeBy = SEGMENT_VERSION * 1000 + INDEX_VERSION;

type World = Pick<Io, 'index' | 'repository' | 'progress'>;

/**
 * What a ranking asks of a commit's files. Runs of neighbouring files are cached by their paths and blobs, so a commit that changes three files
 * reads the indexes of a few hundred and not of all, and an unchanged one reads none.
 */
export async function loadTreeIndex(io: World, tree: ReadonlyMap<string, TreeEntry>, excluded: (path: string) => boolean): Promise<TreeIndex> {
  const runs = splitIntoSegments(indexedPaths(tree, excluded)).map((paths) => ({ paths, key: sha256(JSON.stringify(paths.map((path) => [path, tree.get(path)?.blob]))) }));
  const kind = `segment-v${madeBy}`;
  const keys = runs.map(({ key }) => key);
  const cached = await io.index.read<Segment>(kind, keys);
  const fresh = await buildMissing(io, tree, runs.filter(({ key }) => !cached.get(key)));
  // A file that could not be read today may be read tomorrow, under the same key.
  const whole = new Map(runs.flatMap(({ paths, key }) => (fresh.get(key)?.paths.length === paths.length ? [[key, fresh.get(key)] as const] : [])));
  if (whole.size > 0) await io.index.write(kind, whole);
  const segments = keys.flatMap((key) => cached.get(key) ?? fresh.get(key) ?? []);
  const joined = joinSegments(segments);
  return { ...joined, links: joinLinks(await loadLinks(io, joined, keys)) };
}

async function buildMissing(io: World, tree: ReadonlyMap<string, TreeEntry>, missing: readonly { readonly paths: readonly string[]; readonly key: string }[]): Promise<ReadonlyMap<string, Segment>> {
  const indexes = await loadIndexes(io, tree, missing.flatMap(({ paths }) => paths));
  return new Map(missing.map(({ paths, key }) => [key, buildSegment(paths.flatMap((path) => entryOf(indexes, path)))] as const));
}

function entryOf(indexes: ReadonlyMap<string, FileIndex>, path: string): readonly (readonly [string, FileIndex])[] {
  const index = indexes.get(path);
  return index === undefined ? [] : [[path, index]];
}

/** An import may mean another file once files or aliases come or go, and not while sources are edited. */
async function loadLinks(io: World, tree: Pick<TreeIndex, 'numberOf' | 'segments' | 'paths'>, keys: readonly string[]): Promise<readonly SegmentLinks[]> {
  const { packages, aliases } = namedModules(tree.segments);
  const world = sha256(JSON.stringify([tree.paths, [...packages], aliases]));
  const kind = `links-v${LINKS_VERSION * 1_000_000 + madeBy}`;
  const wanted = tree.segments.map(({ segment }, at) => ({ segment, key: `${keys[at] ?? ''} ${world}` }));
  const cached = await io.index.read<SegmentLinks>(kind, wanted.map(({ key }) => key));
  const missing = wanted.filter(({ key }) => !cached.get(key));
  const links = linkSegments(tree, missing.map(({ segment }) => segment));
  const fresh = new Map(missing.flatMap(({ key }, at) => (links[at] === undefined ? [] : [[key, links[at]] as const])));
  if (fresh.size > 0) await io.index.write(kind, fresh);
  return wanted.flatMap(({ key }) => cached.get(key) ?? fresh.get(key) ?? []);
}
