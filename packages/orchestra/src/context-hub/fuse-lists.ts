import type { RankingList, ReasonKind } from '../model';
import { orderOf } from './order-of';
import { isAside, type PathKind } from './path-kind';
import type { Evidence } from './score-evidence';
import { kindOf, type TreeIndex } from './tree-index';

export interface ScoredList {
  readonly name: RankingList;
  readonly kind: 'text' | 'name-words' | 'import' | 'similar-commit' | 'commit-message' | 'recency';
  /** What the file at its head gets. */
  readonly weight: number;
  /** Ranks within which the weight falls to a half. */
  readonly halfAt: number;
  /** By number of the file; 0 where it is not in the list. */
  readonly scores: Float64Array;
}

/** The same with the files in their places. */
export interface RankedList extends Omit<ScoredList, 'scores'> {
  /** By number of the file: its rank, from 0, or -1; see `ranksOf`. */
  readonly ranks: Int32Array;
}

/** By number of the file. */
export interface FusedLists {
  readonly scores: Float64Array;
  /** 1 where a list or evidence holds the file, whatever it weighs. */
  readonly reached: Uint8Array;
}

const reasonRank = 30;
/** Schema and configuration match a goal's words often and are rarely where a bug is: they need evidence of their own. */
const priors = { schema: 0.35, config: 0.25 } as const;
/** Called by its name it is meant, and ranks like a source. A migration that defines what the goal speaks of is not. */
const byName: ReadonlySet<ReasonKind> = new Set<ReasonKind>(['explicit-target', 'stack-frame', 'file-name']);
const asidePrior = 0.5;

/** Rank fusion: the file at rank r (from 0) of a list gets weight × halfAt / (halfAt + r). */
export function fuseLists(tree: TreeIndex, lists: readonly RankedList[], evidence: readonly Evidence[]): FusedLists {
  const scores = new Float64Array(tree.paths.length);
  const reached = new Uint8Array(tree.paths.length);
  for (const { weight, halfAt, ranks } of lists) {
    for (let file = 0; file < ranks.length; file += 1) {
      const rank = ranks[file] ?? -1;
      if (rank === -1) continue;
      scores[file] = (scores[file] ?? 0) + (weight * halfAt) / (halfAt + rank);
      reached[file] = 1;
    }
  }
  const priorOf = readPriors(evidence);
  for (let file = 0; file < scores.length; file += 1) if (reached[file] === 1) scores[file] = (scores[file] ?? 0) * priorOf(tree.paths[file] ?? '', kindOf(tree, file));
  for (const { path, weight } of evidence) {
    const file = tree.numberOf.get(path);
    if (file === undefined || kindOf(tree, file) === undefined) continue;
    scores[file] = (scores[file] ?? 0) + weight;
    reached[file] = 1;
  }
  return { scores, reached };
}

/** The kinds of list in which the file stands high, or of the one that brought it in at all: no file is without a reason. */
export function leadingLists(lists: readonly RankedList[], file: number): readonly ScoredList['kind'][] {
  const leads = new Map<ScoredList['kind'], number>();
  for (const { kind, ranks } of lists) {
    const rank = ranks[file] ?? -1;
    if (rank !== -1) leads.set(kind, Math.min(rank, leads.get(kind) ?? rank));
  }
  const byRank = [...leads].sort((a, b) => a[1] - b[1]);
  const high = byRank.filter(([, rank]) => rank < reasonRank);
  return (high.length > 0 ? high : byRank.slice(0, 1)).map(([kind]) => kind);
}

/** Places behind so many that can be changed get a hundredth of a list's weight, and who may change a file is asked of dozens of globs. */
const judged = 2000;

/**
 * The places of a list. What can be changed is counted among its equals: files that nobody may change share words with every goal too, and would
 * push it down in list after list.
 *
 * @param inReach whether a specialist may change the file
 */
export function ranksOf(scores: Float64Array, inReach: (file: number) => boolean): Int32Array {
  const ranks = new Int32Array(scores.length).fill(-1);
  const order = orderOf(scores);
  let beyond = 0;
  for (let position = 0; position < order.length; position += 1) {
    const file = order[position] ?? 0;
    if (position - beyond >= judged || inReach(file)) ranks[file] = position - beyond;
    else {
      beyond += 1;
      ranks[file] = position;
    }
  }
  return ranks;
}

export function readPriors(evidence: readonly Evidence[]): (path: string, kind: PathKind | undefined) => number {
  const named = new Set(evidence.filter(({ reason }) => byName.has(reason.kind)).map(({ path }) => path));
  return (path, kind) => {
    const byKind = !named.has(path) && (kind === 'schema' || kind === 'config') ? priors[kind] : 1;
    return isAside(path) ? byKind * asidePrior : byKind;
  };
}
