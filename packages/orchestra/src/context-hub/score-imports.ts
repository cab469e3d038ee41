import { orderOf } from './order-of';
import type { TreeIndex, TreeLinks } from './tree-index';

const follow = 0.7;
const rounds = 8;
const seeds = 50;

/** Personalised PageRank over imports, both ways, seeded by the text scores: what stands in for history where there is none. By number of the file. */
export function scoreImports({ links }: TreeIndex, text: Float64Array): Float64Array {
  const neighbours = bothWays(links);
  const seed = normalised(text);
  let reached = seed;
  for (let round = 0; round < rounds; round += 1) reached = spread(neighbours, seed, reached);
  return reached.scores;
}

/** Files that a walk has come to, in the order of arrival, and what came there; in arrays, because a few rounds touch every import of the workspace. */
interface Reached {
  readonly files: readonly number[];
  /** By number of the file. */
  readonly scores: Float64Array;
}

function spread({ starts, targets }: TreeLinks, seed: Reached, before: Reached): Reached {
  const scores = new Float64Array(before.scores.length);
  const seen = new Uint8Array(before.scores.length);
  const files: number[] = [];
  for (const file of seed.files) {
    scores[file] = (seed.scores[file] ?? 0) * (1 - follow);
    seen[file] = 1;
    files.push(file);
  }
  for (const file of before.files) {
    const start = starts[file] ?? 0;
    const end = starts[file + 1] ?? 0;
    const share = (follow * (before.scores[file] ?? 0)) / (end - start);
    for (let at = start; at < end; at += 1) {
      const to = targets[at] ?? 0;
      scores[to] = (scores[to] ?? 0) + share;
      if (seen[to] === 1) continue;
      seen[to] = 1;
      files.push(to);
    }
  }
  return { files, scores };
}

/** What a file imports, then who imports it. */
function bothWays({ starts, targets }: TreeLinks): TreeLinks {
  const size = starts.length - 1;
  const ends = new Uint32Array(size + 1);
  for (let file = 0; file < size; file += 1) ends[file + 1] = (starts[file + 1] ?? 0) - (starts[file] ?? 0);
  for (let at = 0; at < targets.length; at += 1) {
    const to = targets[at] ?? 0;
    ends[to + 1] = (ends[to + 1] ?? 0) + 1;
  }
  for (let file = 0; file < size; file += 1) ends[file + 1] = (ends[file + 1] ?? 0) + (ends[file] ?? 0);
  const both = new Uint32Array(targets.length * 2);
  const filled = new Uint32Array(size);
  for (let file = 0; file < size; file += 1) {
    let place = ends[file] ?? 0;
    for (let at = starts[file] ?? 0; at < (starts[file + 1] ?? 0); at += 1, place += 1) both[place] = targets[at] ?? 0;
    filled[file] = place;
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

function normalised(text: Float64Array): Reached {
  const files = [...orderOf(text).subarray(0, seeds)];
  const total = files.reduce((sum, file) => sum + (text[file] ?? 0), 0);
  const scores = new Float64Array(text.length);
  for (const file of files) scores[file] = (text[file] ?? 0) / total;
  return { files, scores };
}
