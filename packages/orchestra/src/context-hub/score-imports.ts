import { importGraph, importersOf, type ImportGraph } from './import-graph';
import type { FileIndex } from './file-index';

const follow = 0.7;
const rounds = 8;
const seeds = 50;

/** Files by number; the neighbours of file `n`, imported and importing, are `targets[starts[n]]` to `targets[starts[n + 1] - 1]`. */
interface Links {
  readonly paths: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** Personalised PageRank over imports, both ways, seeded by the text scores: what stands in for history where there is none. */
export function scoreImports(files: ReadonlyMap<string, FileIndex>, text: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const links = linksOf(importGraph(files));
  const seed = normalised(links, text);
  let scores = seed;
  for (let round = 0; round < rounds; round += 1) scores = spread(links, seed, scores);
  return new Map([...scores].map(([file, score]) => [links.paths[file] ?? '', score] as const));
}

/** In arrays, because a few rounds touch every import of the workspace. */
function spread({ paths, starts, targets }: Links, seed: ReadonlyMap<number, number>, scores: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const next = new Float64Array(paths.length);
  const reached = new Set<number>();
  for (const [file, share] of seed) {
    next[file] = share * (1 - follow);
    reached.add(file);
  }
  for (const [file, score] of scores) {
    const start = starts[file] ?? 0;
    const end = starts[file + 1] ?? 0;
    const share = (follow * score) / (end - start);
    for (let at = start; at < end; at += 1) {
      const to = targets[at] ?? 0;
      next[to] = (next[to] ?? 0) + share;
      reached.add(to);
    }
  }
  return new Map([...reached].map((file) => [file, next[file] ?? 0] as const));
}

const known = new WeakMap<ImportGraph, Links>();

function linksOf(graph: ImportGraph): Links {
  let links = known.get(graph);
  if (links === undefined) known.set(graph, (links = readLinks(graph)));
  return links;
}

function readLinks(graph: ImportGraph): Links {
  const paths = [...graph.keys()];
  const numberOf = new Map(paths.map((path, file) => [path, file] as const));
  const importers = importersOf(graph);
  const targets: number[] = [];
  const starts = paths.map((path) => {
    const start = targets.length;
    for (const { to } of [...(graph.get(path) ?? []), ...(importers.get(path) ?? [])]) targets.push(numberOf.get(to) ?? 0);
    return start;
  });
  return { paths, numberOf, starts: Uint32Array.from([...starts, targets.length]), targets: Uint32Array.from(targets) };
}

function normalised({ numberOf }: Links, text: ReadonlyMap<string, number>): ReadonlyMap<number, number> {
  const best = [...text].filter(([, score]) => score > 0).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, seeds);
  const total = best.reduce((sum, [, score]) => sum + score, 0);
  return new Map(best.map(([path, score]) => [numberOf.get(path) ?? 0, score / total] as const));
}
