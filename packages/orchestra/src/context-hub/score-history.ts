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
  /** Path → the commit with the strongest vote. */
  readonly mostSimilar: ReadonlyMap<string, HistoryCommit>;
  /** Path → BM25 of the messages of all commits that touched it. */
  readonly messages: ReadonlyMap<string, number>;
  /** Path → sum over its commits of exp(-age / 14 days). */
  readonly recency: ReadonlyMap<string, number>;
}

/** A commit of more files than this says little about each of them. */
const mostFiles = 40;
const voters = 60;
const bodyCharacters = 600;
const days14 = 14 * 24 * 3600;
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
  return { ...voteBySimilarity(messages, query), messages: scoreMessages(messages, query), recency: scoreRecency(telling, baseTime) };
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

function voteBySimilarity(messages: readonly Message[], query: GoalQuery): Pick<HistoryScores, 'similar' | 'mostSimilar'> {
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
  return { similar, mostSimilar };
}

function scoreMessages(messages: readonly Message[], query: GoalQuery): ReadonlyMap<string, number> {
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
  return new Map([...byFile].map(([path, { counts, length }]) => [path, bm25(counts, length, average, query, idf)] as const));
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

function scoreRecency(commits: readonly HistoryCommit[], baseTime: number): ReadonlyMap<string, number> {
  const scores = new Map<string, number>();
  for (const { time, files } of commits) {
    const share = Math.exp(-Math.max(0, baseTime - time) / days14);
    // Below a thousandth a change says nothing, and most of a long history is there.
    if (share < 0.001) continue;
    for (const file of files) scores.set(file, (scores.get(file) ?? 0) + share);
  }
  return scores;
}
