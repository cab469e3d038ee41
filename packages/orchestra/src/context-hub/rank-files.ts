import type { GoalClarity, OrchestrationGoal, RankedFile, RankingList, RankingWeights, Reason } from '../model';
import { fuseLists, leadingLists, ranksOf, type FusedLists, type RankedList, type ScoredList } from './fuse-lists';
import { orderOf } from './order-of';
import { stemOf } from './path-kind';
import { readGoal, type GoalQuery } from './read-goal';
import { scoreCompany, type Company } from './score-company';
import type { Evidence } from './score-evidence';
import { scoreHistory, type HistoryCommit, type HistoryScores } from './score-history';
import { scoreImports } from './score-imports';
import { scoreNames, scoreText, type TextScores } from './score-text';
import { splitWords } from './split-words';
import { kindOf, type TreeIndex } from './tree-index';

export type { HistoryCommit } from './score-history';

export interface RankingInput {
  readonly goal: OrchestrationGoal;
  readonly tree: TreeIndex;
  /** Of `lookForEvidence`, once nothing is missing. */
  readonly evidence: readonly Evidence[];
  /** Ancestors of the base commit, newest first; empty where there is no history. */
  readonly history: readonly HistoryCommit[];
  /** Whether somebody may change the file; by default everything may be changed. */
  readonly inReach?: (path: string) => boolean;
  /** Multipliers of the built-in weights. Default: 1. */
  readonly weights?: RankingWeights;
}

export interface Ranking {
  /** Sources, migrations and configuration, best first, each with reasons and the lines the evidence points at. */
  readonly files: readonly RankedFile[];
  readonly clarity: GoalClarity;
}

const mostRanked = 60;

/** The files of `rankForGoal`. */
export function rankFiles(input: RankingInput): readonly RankedFile[] {
  return rankForGoal(input).files;
}

/** Tests are never ranked: they are found from the sources they test (`choose-candidates`). */
export function rankForGoal(input: RankingInput): Ranking {
  const { tree } = input;
  const { query, text, history, lists, evidence } = scoreLists(input);
  const fused = fuseLists(tree, lists, evidence);
  const company = scoreCompany(input.history, bestOf(fused, leaders).map((file) => tree.paths[file] ?? ''));
  const explain = reasonWriter(query, text, history, evidence, company);
  const all = addCompany(tree, fused, company);
  const files = bestOf(all, mostRanked).map((file) => {
    const path = tree.paths[file] ?? '';
    const focus = focusOf(evidence, path);
    return { path, score: all.scores[file] ?? 0, because: explain(file, path, leadingLists(lists, file)), ...(focus.length === 0 ? {} : { focus }) };
  });
  return { files, clarity: text.clarity };
}

/** All that a ranking is fused from. */
export function scoreLists(input: RankingInput) {
  const { tree, inReach, evidence } = input;
  const query = readGoal(input.goal);
  const text = scoreText(tree, query);
  // Recency counts from the base commit's date, never from now.
  const [newest] = input.history;
  const history = newest === undefined ? undefined : scoreHistory(input.history, query, newest.time);
  const isInReach = remembered(tree, inReach ?? (() => true));
  const lists = builtInLists(tree, query, text, history).flatMap((list) => weighted(list, input.weights?.[list.name] ?? 1)).map(({ scores, ...list }): RankedList => ({ ...list, ranks: ranksOf(scores, isInReach) }));
  return { query, text, history, evidence, lists };
}

/** Each list asks about nearly the same files. */
function remembered({ paths }: TreeIndex, inReach: (path: string) => boolean): (file: number) => boolean {
  const known = new Int8Array(paths.length);
  return (file) => {
    if (known[file] === 0) known[file] = inReach(paths[file] ?? '') ? 1 : -1;
    return known[file] === 1;
  };
}

function bestOf({ scores, reached }: FusedLists, count: number): readonly number[] {
  const best = [...orderOf(scores).subarray(0, count)];
  // A list may weigh nothing; what it alone holds comes last, and is not left out.
  for (let file = 0; best.length < count && file < reached.length; file += 1) if (reached[file] === 1 && (scores[file] ?? 0) <= 0) best.push(file);
  return best;
}

/** A list that a policy leaves out is no reason either. */
function weighted(list: ScoredList, multiplier: number): readonly ScoredList[] {
  return multiplier === 0 ? [] : [{ ...list, weight: list.weight * multiplier }];
}

/** Files whose past company is asked for: further down, most are there by chance. */
const leaders = 3;

function addCompany({ numberOf }: TreeIndex, { scores, reached }: FusedLists, company: ReadonlyMap<string, Company>): FusedLists {
  const all = scores.slice();
  for (const [path, { score }] of company) {
    const file = numberOf.get(path);
    if (file !== undefined && reached[file] === 1) all[file] = (all[file] ?? 0) + score;
  }
  return { scores: all, reached };
}

/** Common commits below which it is weighed and not told: two files of one commit are no reason that convinces a person. */
const tellingCompany = 2;

/**
 * Weights and fall-off were fitted on 200 fixes of one repository and checked on others (docs/decisions/0007-ranking-and-packing.md); rounded, because
 * their neighbourhood is flat. The words of a file's name count about as much as its whole text.
 */
const halfAt = 20;
const weights = { fields: 1.3, chunks: 2, bigrams: 1.3, stem: 2, similar: 0.7, messages: 1.3, imports: 0.7 } as const;
/** Instead of what history would tell: names that the goal holds in part, and imports more than beside it. */
const withoutHistory = { name: 0.6, imports: 1.2 } as const;
/** Per share of recent changes that fell on recently changed files (`recencyTrust`): 0.1 to 0.2 in calm repositories, up to 0.5 in busy ones. */
const recencyWeight = 6;
const recencyHalfAt = 10;

function builtInLists(tree: TreeIndex, query: GoalQuery, { fields, chunks, bigrams, stem }: TextScores, history: HistoryScores | undefined): readonly ScoredList[] {
  const list = (name: RankingList, kind: ScoredList['kind'], weight: number, scores: Float64Array): ScoredList => ({ name, kind, weight, halfAt, scores });
  const always = [
    list('text', 'text', weights.fields, fields), list('chunks', 'text', weights.chunks, chunks),
    list('pairs', 'text', weights.bigrams, bigrams), list('fileName', 'name-words', weights.stem, stem),
  ];
  const imports = onDocuments(tree, scoreImports(tree, fields));
  if (history === undefined) {
    return [...always, list('fileName', 'name-words', withoutHistory.name, scoreNames(tree, query)), list('imports', 'import', withoutHistory.imports, imports)];
  }
  const byFile = (scores: ReadonlyMap<string, number>): Float64Array => onFiles(tree, scores);
  return [
    ...always, list('imports', 'import', weights.imports, imports), list('similarCommits', 'similar-commit', weights.similar * history.similarTrust, byFile(history.similar)),
    list('commitMessages', 'commit-message', weights.messages * history.messagesTrust, byFile(history.messages)),
    { name: 'recency', kind: 'recency', weight: recencyWeight * history.recencyTrust, halfAt: recencyHalfAt, scores: byFile(history.recency) },
  ];
}

/** Scores flow through tests as well; ranked are documents. */
function onDocuments(tree: TreeIndex, scores: Float64Array): Float64Array {
  return scores.map((score, file) => (kindOf(tree, file) === undefined ? 0 : score));
}

function onFiles(tree: TreeIndex, scores: ReadonlyMap<string, number>): Float64Array {
  const all = new Float64Array(tree.paths.length);
  for (const [path, score] of scores) {
    const file = tree.numberOf.get(path);
    if (file !== undefined && kindOf(tree, file) !== undefined) all[file] = score;
  }
  return all;
}

type Explain = (file: number, path: string, leads: readonly ScoredList['kind'][]) => readonly Reason[] & Reason[];

function reasonWriter(
  query: GoalQuery, text: TextScores, history: HistoryScores | undefined, evidence: readonly Evidence[],
  company: ReadonlyMap<string, Company>,
): Explain {
  const details: Record<ScoredList['kind'], (path: string, file: number) => string> = {
    text: (_path, file) => `shares the words ${text.tellingWords(file).join(', ')}`,
    'name-words': (path) => `the goal holds the words of its name: ${splitWords(stemOf(path)).filter((word) => query.words.has(word)).join(' ')}`,
    import: () => 'imports, or is imported by, files that match',
    'similar-commit': (path) => commitDetail(history?.mostSimilar.get(path)),
    'commit-message': () => 'past commit messages about it share words with the goal',
    recency: (path) => `last changed ${daysBefore(history, path)} days before the base commit`,
  };
  return (file, path, leads) => {
    const exact = new Map(evidence.filter((one) => one.path === path).map(({ reason }) => [reason.kind + reason.detail, reason] as const));
    const kinds = [...new Set(leads)];
    const beside = company.get(path);
    return [
      ...exact.values(), ...kinds.map((kind) => ({ kind, detail: details[kind](path, file) })),
      ...(beside === undefined || beside.together < tellingCompany ? [] : [beside.reason]),
    ];
  };
}

function daysBefore(history: HistoryScores | undefined, path: string): number {
  return Math.floor(history?.ageInDays.get(path) ?? 0);
}

function commitDetail(commit: HistoryCommit | undefined): string {
  return commit === undefined ? 'a similar past commit touched it' : `${commit.sha.slice(0, 8)} "${commit.subject.slice(0, 80)}" touched it`;
}

function focusOf(evidence: readonly Evidence[], path: string): [number, number][] {
  const ranges = evidence.flatMap((one): [number, number][] => (one.path === path && one.focus !== undefined ? [[one.focus[0], one.focus[1]]] : []));
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last[1] + 1) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
