import { hasBigram } from './bigram-hash';
import type { Corpus, Document } from './corpus';
import { textFields, type FileIndex } from './file-index';
import { findPosting, type Posting } from './postings';
import type { GoalQuery } from './read-goal';

/** Source: field/localization "Recommended, untrained"; order: code, definitions, strings, comments, stem, directories. */
const fieldWeights = [1, 2, 1, 1, 4, 1.5] as const;
const fieldB = [0.75, 0.6, 0.6, 0.6, 0.5, 0.5] as const;
/** Slower saturation for whole files, whose counts are high, than for chunks. Measured, as are the shares below. */
const fileK1 = 3;
const chunkK1 = 1.2;
const bestChunks = [1, 0.7, 0.5, 0.35] as const;
/** A chunk also speaks through the name of its file and folders. */
const pathShares = { stem: 0.5, folders: 0.2 } as const;

export interface TextScores {
  readonly document: Document;
  readonly fields: number;
  readonly chunks: number;
  readonly bigrams: number;
  readonly stem: number;
  /** Words of the goal that weigh most in this file, best first. */
  readonly because: readonly string[];
}

interface Match {
  readonly word: string;
  readonly weight: number;
  readonly idf: number;
  /** By document position; undefined where the word is not. */
  readonly postings: readonly (Posting | undefined)[];
}

/** BM25F over fields, the best three chunks, neighbouring words, and the file name's own words. */
export function scoreText(corpus: Corpus, query: GoalQuery): readonly TextScores[] {
  const matches = [...query.words].map(([word, weight]) => findWord(corpus, word, weight));
  const averages = averageLengths(corpus.documents);
  const chunkAverage = averageChunk(corpus.documents);
  const pairs = bigramWeights(corpus, query);
  return corpus.documents.map((document, position) => {
    const parts = matches.map((match) => ({ word: match.word, score: fieldScore(match, document, match.postings[position], averages) }));
    return {
      document,
      fields: sum(parts.map(({ score }) => score)),
      chunks: pathScore(document, matches) + chunkScore(scoreChunks(document.index, matches.map(({ postings, weight, idf }) => ({ posting: postings[position], weight: weight * idf })), chunkAverage)),
      bigrams: bigramScore(document, pairs),
      stem: stemScore(document, matches, query),
      because: parts.filter(({ score }) => score > 0).sort((a, b) => b.score - a.score).slice(0, 5).map(({ word }) => word),
    };
  });
}

function findWord(corpus: Corpus, word: string, weight: number): Match {
  const postings = corpus.documents.map(({ index }) => findPosting(index.postings, word));
  let found = 0;
  for (const [position, document] of corpus.documents.entries()) {
    if (postings[position] !== undefined || document.stem.includes(word) || document.folders.includes(word)) found += 1;
  }
  const total = corpus.documents.length;
  return { word, weight, postings, idf: Math.log(1 + (total - found + 0.5) / (found + 0.5)) };
}

function averageLengths(documents: readonly Document[]): readonly number[] {
  const totals = documents.map(lengthsOf);
  return fieldWeights.map((_, field) => Math.max(1, sum(totals.map((lengths) => lengths[field] ?? 0)) / Math.max(1, documents.length)));
}

function lengthsOf({ index, stem, folders }: Document): readonly number[] {
  return [...index.lengths, stem.length, folders.length];
}

function fieldScore({ word, weight, idf }: Match, document: Document, posting: Posting | undefined, averages: readonly number[]): number {
  const lengths = lengthsOf(document);
  let frequency = 0;
  for (const [field, fieldWeight] of fieldWeights.entries()) {
    const count = field < textFields.length ? (posting?.byField[field] ?? 0) : occurrences(field === 4 ? document.stem : document.folders, word);
    if (count === 0) continue;
    const b = fieldB[field] ?? 0;
    frequency += (fieldWeight * count) / (1 - b + (b * (lengths[field] ?? 0)) / (averages[field] ?? 1));
  }
  return (weight * idf * frequency) / (fileK1 + frequency);
}

function occurrences(words: readonly string[], word: string): number {
  let count = 0;
  for (const one of words) if (one === word) count += 1;
  return count;
}

function averageChunk(documents: readonly Document[]): number {
  let words = 0;
  let count = 1;
  for (const { index } of documents) {
    for (const chunk of index.chunks) words += chunk[3];
    count += index.chunks.length;
  }
  return Math.max(1, words / count);
}

function scoreChunks(index: FileIndex, matches: readonly WeighedPosting[], average: number): readonly number[] {
  const scores = index.chunks.map(() => 0);
  for (const { posting, weight } of matches) {
    for (const [chunk, count] of posting?.byChunk ?? []) {
      const length = index.chunks[chunk]?.[3] ?? average;
      scores[chunk] = (scores[chunk] ?? 0) + (weight * count) / (count + chunkK1 * (0.25 + (0.75 * length) / average));
    }
  }
  return scores;
}

interface WeighedPosting {
  readonly posting: Posting | undefined;
  readonly weight: number;
}

/** Scores of a file's chunks for the goal, by position; for any file, tests included. */
export type ChunkScorer = (index: FileIndex) => readonly number[];

export function chunkScorer(corpus: Corpus, query: GoalQuery): ChunkScorer {
  const words = [...query.words].map(([word, weight]) => findWord(corpus, word, weight));
  const average = averageChunk(corpus.documents);
  return (index) => scoreChunks(index, words.map(({ word, weight, idf }) => ({ posting: findPosting(index.postings, word), weight: weight * idf })), average);
}

function pathScore({ stem, folders }: Document, matches: readonly Match[]): number {
  return sum(matches.map(({ word, weight, idf }) => {
    return weight * idf * ((stem.includes(word) ? pathShares.stem : 0) + (folders.includes(word) ? pathShares.folders : 0));
  }));
}

function chunkScore(scores: readonly number[]): number {
  const best = [...scores].sort((a, b) => b - a);
  return sum(bestChunks.map((share, rank) => share * (best[rank] ?? 0)));
}

/** Hash → rarity. */
function bigramWeights({ documents }: Corpus, query: GoalQuery): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const pair of query.bigrams) {
    const found = documents.reduce((count, { index }) => count + (hasBigram(index.bigrams, pair) ? 1 : 0), 0);
    if (found > 0) weights.set(pair, Math.log(1 + (documents.length - found + 0.5) / (found + 0.5)));
  }
  return weights;
}

function bigramScore({ index }: Document, weights: ReadonlyMap<string, number>): number {
  let score = 0;
  for (const [pair, weight] of weights) if (hasBigram(index.bigrams, pair)) score += weight;
  return score / Math.sqrt(20 + Math.sqrt(index.bigrams.length / 4));
}

/** Every word of the file's name is in the goal; more when they stand next to each other there. */
function stemScore({ stem }: Document, matches: readonly Match[], query: GoalQuery): number {
  if (stem.length === 0 || !stem.every((word) => query.words.has(word))) return 0;
  const rarity = sum(stem.map((word) => matches.find((match) => match.word === word)?.idf ?? 0));
  return adjacent(query.wordList, stem) ? rarity : rarity / 2;
}

function adjacent(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, start) => wanted.every((word, offset) => words[start + offset] === word));
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

