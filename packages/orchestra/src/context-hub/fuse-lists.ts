import type { RankingList, ReasonKind } from '../model';
import type { Corpus } from './corpus';
import type { PathKind } from './path-kind';
import type { Evidence } from './score-evidence';

export interface ScoredList {
  readonly name: RankingList;
  readonly kind: 'text' | 'name-words' | 'import' | 'similar-commit' | 'commit-message' | 'recency';
  /** What the file at its head gets. */
  readonly weight: number;
  /** Ranks within which the weight falls to a half. */
  readonly halfAt: number;
  readonly scores: ReadonlyMap<string, number>;
}

/** The same with the files in their places. */
export interface RankedList extends Omit<ScoredList, 'scores'> {
  /** Path and rank, from 0; see `ranksOf`. */
  readonly ranks: readonly (readonly [string, number])[];
}

export interface FusedFile {
  readonly path: string;
  readonly score: number;
  /** Kinds of the lists in which the file stands high enough to be a reason. */
  readonly leads: readonly ScoredList['kind'][];
}

const reasonRank = 30;
/** Schema and configuration match a goal's words often and are rarely where a bug is: they need evidence of their own. */
const priors = { schema: 0.35, config: 0.25 } as const;
/** Called by its name it is meant, and ranks like a source. A migration that defines what the goal speaks of is not. */
const byName: ReadonlySet<ReasonKind> = new Set<ReasonKind>(['explicit-target', 'stack-frame', 'file-name']);
/** Kept for reference, not run. */
const shelved = /(?:^|\/)[._]?(?:archived?|deprecated|legacy|backup|old|examples?)(?:[-_.][^/]*)?\//i;
const shelvedPrior = 0.5;

/** Rank fusion: the file at rank r (from 0) of a list gets weight × halfAt / (halfAt + r). */
export function fuseLists(corpus: Corpus, lists: readonly RankedList[], evidence: readonly Evidence[]): readonly FusedFile[] {
  const totals = new Map<string, { score: number; leads: Map<ScoredList['kind'], number> }>();
  const entry = (path: string) => {
    let known = totals.get(path);
    if (known === undefined) totals.set(path, (known = { score: 0, leads: new Map() }));
    return known;
  };
  const kinds = kindsOf(corpus);
  for (const { kind, weight, halfAt, ranks } of lists) {
    for (const [path, rank] of ranks) {
      const total = entry(path);
      total.score += (weight * halfAt) / (halfAt + rank);
      total.leads.set(kind, Math.min(rank, total.leads.get(kind) ?? rank));
    }
  }
  const priorOf = readPriors(kinds, evidence);
  for (const [path, total] of totals) total.score *= priorOf(path);
  for (const { path, weight } of evidence) if (kinds.has(path)) entry(path).score += weight;
  return [...totals]
    .map(([path, { score, leads }]) => ({ path, score, leads: leading(leads) }))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}

/** The lists in which it stands high, or the one that brought it in at all: no file is without a reason. */
function leading(leads: ReadonlyMap<ScoredList['kind'], number>): readonly ScoredList['kind'][] {
  const byRank = [...leads].sort((a, b) => a[1] - b[1]);
  const high = byRank.filter(([, rank]) => rank < reasonRank);
  return (high.length > 0 ? high : byRank.slice(0, 1)).map(([kind]) => kind);
}

export function kindsOf({ documents }: Corpus): ReadonlyMap<string, PathKind> {
  return new Map(documents.map(({ path, kind }) => [path, kind] as const));
}

/**
 * What can be ranked of a list, best first. What can be changed is counted among its equals: files that nobody may change share words
 * with every goal too, and would push it down in list after list. The list's own entries are gone through, not the corpus: most name
 * few files of a large one.
 *
 * @param inReach whether a specialist may change the file
 */
export function ranksOf(kinds: ReadonlyMap<string, unknown>, scores: ReadonlyMap<string, number>, inReach: (path: string) => boolean): RankedList['ranks'] {
  let beyond = 0;
  return [...scores]
    .filter(([path, score]) => score > 0 && kinds.has(path))
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([path], position) => {
      if (inReach(path)) return [path, position - beyond] as const;
      beyond += 1;
      return [path, position] as const;
    });
}

export function readPriors(kinds: ReadonlyMap<string, PathKind>, evidence: readonly Evidence[]): (path: string) => number {
  const named = new Set(evidence.filter(({ reason }) => byName.has(reason.kind)).map(({ path }) => path));
  return (path) => {
    const kind = named.has(path) ? undefined : kinds.get(path);
    const byKind = kind === 'schema' || kind === 'config' ? priors[kind] : 1;
    return shelved.test(path) ? byKind * shelvedPrior : byKind;
  };
}
