import { moduleResolver, type PathSet, type ResolveModule } from './resolve-module';
import type { Segment } from './segment';
import type { TreeIndex, TreeLinks } from './tree-index';

/** Bumped whenever an import would be resolved to another file of the same tree; part of the cache's key. */
export const LINKS_VERSION = 3;

/** Imports of a segment's files, as numbers in the whole tree: how many each has, and what they are. */
export interface SegmentLinks {
  readonly counts: readonly number[];
  readonly targets: readonly number[];
}

/** Depends on the segments and on which paths, packages and aliases the tree has: an edit inside another source changes none. */
export function linkSegments(tree: Pick<TreeIndex, 'numberOf' | 'segments'>, linked: readonly Segment[]): readonly SegmentLinks[] {
  if (linked.length === 0) return [];
  const { numberOf } = tree;
  const resolve = resolverOf(tree);
  return linked.map(({ paths, imports }) => {
    const resolved = paths.map((path, at) => (imports[at] ?? []).flatMap((specifier) => {
      const to = resolve(path, specifier);
      return to === undefined || to === path ? [] : [numberOf.get(to) ?? 0];
    }));
    return { counts: resolved.map(({ length }) => length), targets: resolved.flat() };
  });
}

const resolvers = new WeakMap<TreeIndex['numberOf'], ResolveModule>();

/** Remembered per tree: it goes through all of its folders. */
export function resolverOf({ numberOf, segments }: Pick<TreeIndex, 'numberOf' | 'segments'>): ResolveModule {
  let resolve = resolvers.get(numberOf);
  if (resolve === undefined) resolvers.set(numberOf, (resolve = moduleResolver({ paths: numberOf, ...namedModules(segments) })));
  return resolve;
}

/** What a specifier may mean beside a path. */
export function namedModules(segments: TreeIndex['segments']): Omit<PathSet, 'paths'> {
  return { packages: new Map(segments.flatMap(({ segment }) => segment.packages)), aliases: segments.flatMap(({ segment }) => segment.aliases) };
}

/** @param links of the tree's segments, in their order */
export function joinLinks(links: readonly SegmentLinks[]): TreeLinks {
  const counts = links.flatMap((each) => each.counts);
  const starts = new Uint32Array(counts.length + 1);
  for (const [number, count] of counts.entries()) starts[number + 1] = (starts[number] ?? 0) + count;
  return { starts, targets: Uint32Array.from(links.flatMap((each) => each.targets)) };
}
