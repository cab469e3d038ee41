import { orderOf } from './order-of';
import type { TreeIndex, TreeLinks } from './tree-index';

const follow = 0.7;
const rounds = 8;
const seeds = 50;

/** Personalised PageRank over imports, both ways, seeded by the text scores: what stands in for history where there is none. By number of the file. */
export function scoreImports({ links }: TreeIndex, text: Float64Array): Float64Array {
  const neighbours = bothWays(links);
  const seed = normalised(text);
  let scores = seed;
  for (let round = 0; round < rounds; round += 1) scores = spread(neighbours, seed, scores);
  const all = new Float64Array(text.length);
  for (const [file, score] of scores) all[file] = score;
  return all;
}

/** In arrays, because a few rounds touch every import of the workspace. */
function spread({ starts, targets }: TreeLinks, seed: ReadonlyMap<number, number>, scores: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const next = new Float64Array(starts.length - 1);
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

/** What a file imports, then who imports it. */
function bothWays({ starts, targets }: TreeLinks): TreeLinks {
  const size = starts.length - 1;
  const ends = new Uint32Array(size + 1);
  for (let file = 0; file < size; file += 1) ends[file + 1] = (starts[file + 1] ?? 0) - (starts[file] ?? 0);
  for (const to of targets) ends[to + 1] = (ends[to + 1] ?? 0) + 1;
  for (let file = 0; file < size; file += 1) ends[file + 1] = (ends[file + 1] ?? 0) + (ends[file] ?? 0);
  const both = new Uint32Array(targets.length * 2);
  const filled = new Uint32Array(size);
  for (let file = 0; file < size; file += 1) {
    const own = targets.subarray(starts[file] ?? 0, starts[file + 1] ?? 0);
    both.set(own, ends[file] ?? 0);
    filled[file] = (ends[file] ?? 0) + own.length;
  }
  for (let file = 0; file < size; file += 1) {
    for (let at = starts[file] ?? 0; at < (starts[file + 1] ?? 0); at += 1) {
      const to = targets[at] ?? 0;
      both[filled[to] ?? 0] = file;
      filled[to] = (filled[to] ?? 0) + 1;
    }
  }
  return { starts: ends, targets: both };
}

function normalised(text: Float64Array): ReadonlyMap<number, number> {
  const best = [...orderOf(text).subarray(0, seeds)].map((file) => [file, text[file] ?? 0] as const);
  const total = best.reduce((sum, [, score]) => sum + score, 0);
  return new Map(best.map(([file, score]) => [file, score / total] as const));
}
