import type { RankingList, RankingWeights } from '../model';
import type { Corpus } from './corpus';
import { kindsOf, readPriors, type RankedList } from './fuse-lists';
import type { Evidence } from './score-evidence';

/** What a ranking was fused from, small enough to keep: fusing it again with other weights needs no tree and no history. */
export interface PlacedFiles {
  readonly lists: readonly { readonly name: RankingList; readonly weight: number; readonly halfAt: number }[];
  readonly files: readonly PlacedFile[];
}

export interface PlacedFile {
  readonly path: string;
  /** By list: its rank there, from 0; `null` where it is not. */
  readonly ranks: readonly (number | null)[];
  readonly prior: number;
  /** Weight of the exact evidence, which no weight of a list moves. */
  readonly evidence: number;
}

/** Files below this in every list cannot come near the head of any fusion of them. */
const mostPlaced = 60;

/** @param wanted paths that are kept however low they stand */
export function placeFiles(corpus: Corpus, lists: readonly RankedList[], evidence: readonly Evidence[], wanted: readonly string[]): PlacedFiles {
  const kinds = kindsOf(corpus);
  const priorOf = readPriors(kinds, evidence);
  const orders = lists.map(({ ranks }) => new Map(ranks));
  const paths = new Set([
    ...orders.flatMap((order) => [...order].filter(([, rank]) => rank < mostPlaced).map(([path]) => path)),
    ...evidence.map(({ path }) => path), ...wanted,
  ]);
  return {
    lists: lists.map(({ name, weight, halfAt }) => ({ name, weight, halfAt })),
    files: [...paths].filter((path) => kinds.has(path)).sort().map((path) => ({
      path, ranks: orders.map((order) => order.get(path) ?? null), prior: priorOf(path),
      evidence: evidence.filter((one) => one.path === path).reduce((sum, { weight }) => sum + weight, 0),
    })),
  };
}

/** The score of each file under these weights, as `fuseLists` makes it. */
export function fusePlaced({ lists, files }: PlacedFiles, weights: RankingWeights): readonly number[] {
  return files.map(({ ranks, prior, evidence }) => {
    let score = 0;
    for (const [position, { name, weight, halfAt }] of lists.entries()) {
      const rank = ranks[position];
      if (typeof rank === 'number') score += (weight * weights[name] * halfAt) / (halfAt + rank);
    }
    return score * prior + evidence;
  });
}
