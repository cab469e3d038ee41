import type { OrchestrationGoal, RankedFile, RankingList, RankingWeights, Reason } from '../model';
import { buildCorpus, type Corpus } from './corpus';
import type { FileIndex } from './file-index';
import { fuseLists, kindsOf, ranksOf, type FusedFile, type RankedList, type ScoredList } from './fuse-lists';
import { readGoal, type GoalQuery } from './read-goal';
import { scoreCompany, type Company } from './score-company';
import { findEvidence, type Evidence } from './score-evidence';
import { scoreHistory, type HistoryCommit, type HistoryScores } from './score-history';
import { scoreImports } from './score-imports';
import { scoreText, tellingWords, type TextScores } from './score-text';

export type { HistoryCommit } from './score-history';

export interface RankingInput {
  readonly goal: OrchestrationGoal;
  /** Every indexable file of the tree; order is irrelevant. */
  readonly files: ReadonlyMap<string, FileIndex>;
  /** Ancestors of the base commit, newest first; empty where there is no history. */
  readonly history: readonly HistoryCommit[];
  /** Whether somebody may change the file; by default everything may be changed. */
  readonly inReach?: (path: string) => boolean;
  /** Multipliers of the built-in weights. Default: 1. */
  readonly weights?: RankingWeights;
}

const mostRanked = 60;

/**
 * Sources, migrations and configuration, best first, each with reasons and the lines the evidence points at.
 * Tests are never ranked: they are found from the sources they test (`choose-candidates`).
 */
export function rankFiles(input: RankingInput): readonly RankedFile[] {
  const { corpus, query, text, history, lists, evidence } = scoreLists(input);
  const alone = fuseLists(corpus, lists, evidence);
  const company = scoreCompany(input.history, alone.slice(0, leaders).map(({ path }) => path));
  const fused = addCompany(alone, company);
  const byPath = new Map(text.map((scores) => [scores.document.path, scores] as const));
  const explain = reasonWriter(query, byPath, history, evidence, company);
  return fused.slice(0, mostRanked).map(({ path, score, leads }) => {
    const focus = focusOf(evidence, path);
    return { path, score, because: explain(path, leads), ...(focus.length === 0 ? {} : { focus }) };
  });
}

/** All that a ranking is fused from. */
export function scoreLists(input: RankingInput) {
  const corpus = buildCorpus(input.files);
  const query = readGoal(input.goal);
  const text = scoreText(corpus, query);
  const evidence = findEvidence(corpus, query);
  // Recency counts from the base commit's date, never from now.
  const [newest] = input.history;
  const history = newest === undefined ? undefined : scoreHistory(input.history, query, newest.time);
  const kinds = kindsOf(corpus);
  const lists = builtInLists(corpus, text, history).flatMap((list) => weighted(list, input.weights?.[list.name] ?? 1)).map(({ scores, ...list }): RankedList => ({ ...list, ranks: ranksOf(kinds, scores, input.inReach ?? (() => true)) }));
  return { corpus, query, text, history, evidence, lists };
}

/** A list that a policy leaves out is no reason either. */
function weighted(list: ScoredList, multiplier: number): readonly ScoredList[] {
  return multiplier === 0 ? [] : [{ ...list, weight: list.weight * multiplier }];
}

/** Files whose past company is asked for: further down, most are there by chance. */
const leaders = 3;

function addCompany(files: readonly FusedFile[], company: ReadonlyMap<string, Company>): readonly FusedFile[] {
  return files
    .map((file) => ({ ...file, score: file.score + (company.get(file.path)?.score ?? 0) }))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
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

function builtInLists(corpus: Corpus, text: readonly TextScores[], history: HistoryScores | undefined): readonly ScoredList[] {
  const of = (pick: (scores: TextScores) => number): ReadonlyMap<string, number> =>
    new Map(text.map((scores) => [scores.document.path, pick(scores)] as const));
  const list = (name: RankingList, kind: ScoredList['kind'], weight: number, scores: ReadonlyMap<string, number>): ScoredList => ({ name, kind, weight, halfAt, scores });
  const fields = of((scores) => scores.fields);
  const always = [
    list('text', 'text', weights.fields, fields), list('chunks', 'text', weights.chunks, of((scores) => scores.chunks)),
    list('pairs', 'text', weights.bigrams, of((scores) => scores.bigrams)), list('fileName', 'name-words', weights.stem, of((scores) => scores.stem)),
  ];
  const imports = scoreImports(corpus.files, fields);
  if (history === undefined) {
    return [...always, list('fileName', 'name-words', withoutHistory.name, of((scores) => scores.name)), list('imports', 'import', withoutHistory.imports, imports)];
  }
  return [
    ...always, list('imports', 'import', weights.imports, imports), list('similarCommits', 'similar-commit', weights.similar, history.similar),
    list('commitMessages', 'commit-message', weights.messages, history.messages),
    { name: 'recency', kind: 'recency', weight: recencyWeight * history.recencyTrust, halfAt: recencyHalfAt, scores: history.recency },
  ];
}

type Explain = (path: string, leads: readonly ScoredList['kind'][]) => readonly Reason[] & Reason[];

function reasonWriter(
  query: GoalQuery, text: ReadonlyMap<string, TextScores>, history: HistoryScores | undefined, evidence: readonly Evidence[],
  company: ReadonlyMap<string, Company>,
): Explain {
  const details: Record<ScoredList['kind'], (path: string) => string> = {
    text: (path) => `shares the words ${wordsOf(text.get(path))}`,
    'name-words': (path) => `the goal holds the words of its name: ${text.get(path)?.document.stem.filter((word) => query.words.has(word)).join(' ') ?? ''}`,
    import: () => 'imports, or is imported by, files that match',
    'similar-commit': (path) => commitDetail(history?.mostSimilar.get(path)),
    'commit-message': () => 'past commit messages about it share words with the goal',
    recency: (path) => `last changed ${daysBefore(history, path)} days before the base commit`,
  };
  return (path, leads) => {
    const exact = new Map(evidence.filter((one) => one.path === path).map(({ reason }) => [reason.kind + reason.detail, reason] as const));
    const kinds = [...new Set(leads)];
    const beside = company.get(path);
    return [
      ...exact.values(), ...kinds.map((kind) => ({ kind, detail: details[kind](path) })),
      ...(beside === undefined || beside.together < tellingCompany ? [] : [beside.reason]),
    ];
  };
}

function wordsOf(scores: TextScores | undefined): string {
  return scores === undefined ? '' : tellingWords(scores).join(', ');
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
