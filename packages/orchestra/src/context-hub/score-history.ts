import { pathKind } from './path-kind';
import type { GoalQuery } from './read-goal';
import { splitWords } from './split-words';

/** Structurally `CommitRecord` of `io/ports`, which this layer may not import. */
export interface HistoryCommit {
  readonly sha: string;
  /** Committer date, seconds since the epoch. */
  readonly time: number;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly string[];
}

export interface HistoryScores {
  /** Path → votes of past commits that read like the goal. */
  readonly similar: ReadonlyMap<string, number>;
  /** How far the most similar commit reads like the goal: 0 to 1. */
  readonly similarTrust: number;
  /** Path → the commit with the strongest vote. */
  readonly mostSimilar: ReadonlyMap<string, HistoryCommit>;
  /** Path → BM25 of the messages of all commits that touched it. */
  readonly messages: ReadonlyMap<string, number>;
  /** The same for the messages of one file: 0 to 1. */
  readonly messagesTrust: number;
  /** Path → exp(-age / 14 days) of its last change. */
  readonly recency: ReadonlyMap<string, number>;
  readonly ageInDays: ReadonlyMap<string, number>;
  /** Share of the files of the latest commits that were among the twenty changed last before each: 0 to 1. */
  readonly recencyTrust: number;
}

/** A commit of more files than this says little about each of them. */
const mostFiles = 40;
const voters = 60;
const bodyCharacters = 600;
const day = 24 * 3600;
const recencyDays = 14;
const noise = /^(?:merge\b|release\b|bump\b|chore\(release\)|chore: release|v?\d+\.\d+\.\d+\b|revert "merge)/i;
const k1 = 1.2;

interface Message {
  readonly commit: HistoryCommit;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

/** @param baseTime seconds; ages count from here, never from now */
export function scoreHistory(history: readonly HistoryCommit[], query: GoalQuery, baseTime: number): HistoryScores {
  const telling = history.filter(({ subject, files }) => files.length > 0 && files.length <= mostFiles && !noise.test(subject));
  const messages = telling.map((commit) => readMessage(commit, query.words));
  const ageInDays = lastChanges(telling, baseTime);
  const recency = new Map([...ageInDays].map(([path, age]) => [path, Math.exp(-age / recencyDays)] as const));
  return {
    ...voteBySimilarity(messages, query), ...scoreMessages(messages, query), recency, ageInDays, recencyTrust: recencyTrust(telling),
  };
}

/** Only the goal's words are kept: the rest of a message counts by its length. */
function readMessage(commit: HistoryCommit, wanted: ReadonlyMap<string, number>): Message {
  const words = wordsOfMessage(commit);
  const counts = new Map<string, number>();
  for (const word of words) if (wanted.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { commit, counts, length: words.length };
}

const read = new WeakMap<HistoryCommit, readonly string[]>();

/** Remembered per commit object: a run asks about several goals and one history. */
function wordsOfMessage(commit: HistoryCommit): readonly string[] {
  const known = read.get(commit);
  if (known !== undefined) return known;
  const words = splitWords(`${commit.subject} ${commit.body.slice(0, bodyCharacters)}`);
  read.set(commit, words);
  return words;
}

function voteBySimilarity(messages: readonly Message[], query: GoalQuery): Pick<HistoryScores, 'similar' | 'similarTrust' | 'mostSimilar'> {
  const idf = rarity(messages, query);
  const average = messages.reduce((total, { length }) => total + length, 0) / Math.max(1, messages.length);
  const scored = messages
    .map((message) => ({ commit: message.commit, score: bm25(message.counts, message.length, average, query, idf) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.commit.sha < b.commit.sha ? -1 : 1))
    .slice(0, voters);
  const similar = new Map<string, number>();
  const mostSimilar = new Map<string, HistoryCommit>();
  for (const { commit, score } of scored) {
    for (const file of commit.files) {
      similar.set(file, (similar.get(file) ?? 0) + score / Math.sqrt(commit.files.length));
      if (!mostSimilar.has(file)) mostSimilar.set(file, commit);
    }
  }
  return { similar, similarTrust: trustIn(scored[0]?.score ?? 0, query, idf), mostSimilar };
}

function scoreMessages(messages: readonly Message[], query: GoalQuery): Pick<HistoryScores, 'messages' | 'messagesTrust'> {
  const byFile = new Map<string, { counts: Map<string, number>; length: number }>();
  for (const { commit, counts, length } of messages) {
    for (const file of commit.files) {
      let document = byFile.get(file);
      if (document === undefined) byFile.set(file, (document = { counts: new Map(), length: 0 }));
      document.length += length;
      for (const [word, count] of counts) document.counts.set(word, (document.counts.get(word) ?? 0) + count);
    }
  }
  const documents = [...byFile.values()];
  const idf = rarity(documents, query);
  const average = documents.reduce((total, { length }) => total + length, 0) / Math.max(1, documents.length);
  const scores = new Map([...byFile].map(([path, { counts, length }]) => [path, bm25(counts, length, average, query, idf)] as const));
  let best = 0;
  for (const score of scores.values()) best = Math.max(best, score);
  return { messages: scores, messagesTrust: trustIn(best, query, idf) };
}

/**
 * A list always has a head, however little the messages say of the goal: a commit reads like another commit, a complaint in a user's words like none.
 * So its weight falls with what its best text says. Measured: half of the past fixes and more are above `convincing`, written as the commits around them are, and the goals
 * of users below.
 */
const convincing = 0.15;

function trustIn(best: number, query: GoalQuery, idf: ReadonlyMap<string, number>): number {
  let whole = 0;
  for (const [word, weight] of query.words) whole += weight * (idf.get(word) ?? 0);
  return whole === 0 ? 0 : Math.min(1, best / whole / convincing);
}

function rarity(documents: readonly { readonly counts: ReadonlyMap<string, number> }[], query: GoalQuery): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { counts } of documents) for (const word of counts.keys()) found.set(word, (found.get(word) ?? 0) + 1);
  return new Map(
    [...query.words.keys()].map((word) => {
      const with_ = found.get(word) ?? 0;
      return [word, Math.log(1 + (documents.length - with_ + 0.5) / (with_ + 0.5))] as const;
    }),
  );
}

function bm25(
  counts: ReadonlyMap<string, number>, length: number, average: number, query: GoalQuery, idf: ReadonlyMap<string, number>,
): number {
  let score = 0;
  for (const [word, count] of counts) {
    const weight = (query.words.get(word) ?? 0) * (idf.get(word) ?? 0);
    score += (weight * count) / (count + k1 * (0.25 + (0.75 * length) / Math.max(1, average)));
  }
  return score;
}

function lastChanges(commits: readonly HistoryCommit[], baseTime: number): ReadonlyMap<string, number> {
  const ages = new Map<string, number>();
  for (const { time, files } of commits) {
    const age = Math.max(0, baseTime - time) / day;
    for (const file of files) ages.set(file, Math.min(age, ages.get(file) ?? age));
  }
  return ages;
}

const judgedCommits = 100;
const remembered = 20;

/**
 * Whether the last changes say where the next one will be differs by a factor of four between repositories, so each is asked:
 * how often did a commit touch what had just been touched? Tests are left out: they follow their sources.
 */
function recencyTrust(newestFirst: readonly HistoryCommit[]): number {
  const changes = newestFirst.map(({ files }) => files.filter((path) => pathKind(path) === 'source'));
  let hits = 0;
  let total = 0;
  for (const [position, files] of changes.slice(0, judgedCommits).entries()) {
    const before = latestFiles(changes, position + 1);
    total += files.length;
    hits += files.filter((path) => before.has(path)).length;
  }
  return total === 0 ? 0 : hits / total;
}

function latestFiles(changes: readonly (readonly string[])[], from: number): ReadonlySet<string> {
  const latest = new Set<string>();
  for (let position = from; position < changes.length && latest.size < remembered; position += 1) {
    for (const path of changes[position] ?? []) if (latest.size < remembered) latest.add(path);
  }
  return latest;
}
