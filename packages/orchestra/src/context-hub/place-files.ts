import type { RankingList, RankingWeights } from '../model';
import { readPriors, type RankedList } from './fuse-lists';
import type { Evidence } from './score-evidence';
import { kindOf, type TreeIndex } from './tree-index';

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
export function placeFiles(tree: TreeIndex, lists: readonly RankedList[], evidence: readonly Evidence[], wanted: readonly string[]): PlacedFiles {
  const priorOf = readPriors(evidence);
  const asked = new Set([...evidence.map(({ path }) => path), ...wanted]);
  const isNear = (file: number): boolean => lists.some(({ ranks }) => (ranks[file] ?? -1) !== -1 && (ranks[file] ?? 0) < mostPlaced);
  return {
    lists: lists.map(({ name, weight, halfAt }) => ({ name, weight, halfAt })),
    files: tree.paths.map((path, number) => ({ path, number, kind: kindOf(tree, number) })).filter(({ path, number, kind }) => kind !== undefined && (asked.has(path) || isNear(number))).map(({ number, path, kind }) => ({
      path, ranks: lists.map(({ ranks }) => (ranks[number] === -1 ? null : (ranks[number] ?? null))), prior: priorOf(path, kind),
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
