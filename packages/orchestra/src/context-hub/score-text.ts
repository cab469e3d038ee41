import { bigramFinder } from './bigram-hash';
import type { Corpus, Document } from './corpus';
import { textFields, type FileIndex } from './file-index';
import { postingFinder, type Posting } from './postings';
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
  /** How much of the file's name is in the goal, by the rarity of its words among names: all of it counts more than as many words of a longer one. */
  readonly name: number;
  /** Words of the goal that the file or its path holds, in the goal's order, with what each adds to `fields`. */
  readonly parts: readonly WordPart[];
}

interface WordPart {
  readonly word: string;
  readonly score: number;
}

interface Match {
  readonly word: string;
  /** Of the word in the goal. */
  readonly weight: number;
  readonly idf: number;
  /** By document position; undefined where only the path holds the word. */
  readonly hits: ReadonlyMap<number, Posting | undefined>;
}

interface Hit {
  readonly match: Match;
  readonly posting: Posting | undefined;
}

/** BM25F over fields, the best chunks, neighbouring words, and the file name's own words; of the files that share anything with the goal. */
export function scoreText(corpus: Corpus, query: GoalQuery): readonly TextScores[] {
  const matches = findWords(corpus, query);
  const rarities = new Map(matches.map(({ word, idf }) => [word, idf] as const));
  const averages = averagesOf(corpus.documents);
  const hits = hitsByDocument(corpus, matches);
  const bigrams = scoreBigrams(corpus, query);
  return corpus.documents.flatMap((document, position) => {
    const own = hits[position] ?? [];
    // Most files of a large workspace share nothing with a goal, and all that follows grows with what is answered here.
    if (own.length === 0 && bigrams[position] === 0) return [];
    const parts = own.map(({ match, posting }) => ({ word: match.word, score: fieldScore(match, document, posting, averages.lengths) }));
    return [{
      document, parts,
      fields: sum(parts.map(({ score }) => score)),
      chunks: own.length === 0 ? 0 : pathScore(document, own) + chunkScore(scoreChunks(document.index, own.map(weighed), averages.chunk)),
      bigrams: bigrams[position] ?? 0,
      stem: own.length === 0 ? 0 : stemScore(document, rarities, query),
      name: own.length === 0 ? 0 : nameScore(corpus, document, query),
    }];
  });
}

/** The words that weigh most in the file, best first. */
export function tellingWords({ parts }: TextScores): readonly string[] {
  return [...parts].sort((a, b) => b.score - a.score).slice(0, 5).map(({ word }) => word);
}

function findWords(corpus: Corpus, query: GoalQuery): readonly Match[] {
  return [...query.words].map(([word, weight]) => ({ word, weight, ...findWord(corpus, word) }));
}

type FoundWord = Pick<Match, 'idf' | 'hits'>;
const foundWords = new WeakMap<Corpus, Map<string, FoundWord>>();

/** Remembered per corpus: packing asks for the words that ranking has just looked up. */
function findWord(corpus: Corpus, word: string): FoundWord {
  let known = foundWords.get(corpus);
  if (known === undefined) foundWords.set(corpus, (known = new Map()));
  let found = known.get(word);
  if (found === undefined) known.set(word, (found = lookUp(corpus, word)));
  return found;
}

function lookUp({ documents, wordsOfPaths }: Corpus, word: string): FoundWord {
  const hits = new Map<number, Posting | undefined>((wordsOfPaths.get(word) ?? []).map((position) => [position, undefined] as const));
  const find = postingFinder(word);
  // By number: this is gone through for every word of a goal and every file.
  for (let position = 0; position < documents.length; position += 1) {
    const index = documents[position]?.index;
    const posting = index === undefined ? undefined : find(index);
    if (posting !== undefined) hits.set(position, posting);
  }
  return { hits, idf: Math.log(1 + (documents.length - hits.size + 0.5) / (hits.size + 0.5)) };
}

/** Of each document that has any, in the order of the goal's words. */
function hitsByDocument({ documents }: Corpus, matches: readonly Match[]): readonly (readonly Hit[] | undefined)[] {
  const all = documents.map((): Hit[] | undefined => undefined);
  for (const match of matches) {
    for (const [position, posting] of match.hits) {
      const known = all[position];
      if (known === undefined) all[position] = [{ match, posting }];
      else known.push({ match, posting });
    }
  }
  return all;
}

interface Averages {
  /** Words by text field, then stem and folders. */
  readonly lengths: readonly number[];
  /** Words of a chunk. */
  readonly chunk: number;
}

const averages = new WeakMap<readonly Document[], Averages>();

function averagesOf(documents: readonly Document[]): Averages {
  let known = averages.get(documents);
  if (known === undefined) averages.set(documents, (known = { lengths: averageLengths(documents), chunk: averageChunk(documents) }));
  return known;
}

function averageLengths(documents: readonly Document[]): readonly number[] {
  const totals = fieldWeights.map(() => 0);
  for (const document of documents) {
    for (let field = 0; field < totals.length; field += 1) totals[field] = (totals[field] ?? 0) + lengthOf(document, field);
  }
  return totals.map((total) => Math.max(1, total / Math.max(1, documents.length)));
}

const stemField = textFields.length;

function lengthOf({ index, stem, folders }: Document, field: number): number {
  if (field < stemField) return index.lengths[field] ?? 0;
  return field === stemField ? stem.length : folders.length;
}

function countOf({ stem, folders }: Document, word: string, posting: Posting | undefined, field: number): number {
  if (field < stemField) return posting?.byField[field] ?? 0;
  return occurrences(field === stemField ? stem : folders, word);
}

function fieldScore({ word, weight, idf }: Match, document: Document, posting: Posting | undefined, average: readonly number[]): number {
  let frequency = 0;
  for (let field = 0; field < fieldWeights.length; field += 1) {
    const count = countOf(document, word, posting, field);
    if (count === 0) continue;
    const b = fieldB[field] ?? 0;
    frequency += ((fieldWeights[field] ?? 0) * count) / (1 - b + (b * lengthOf(document, field)) / (average[field] ?? 1));
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

interface WeighedPosting {
  readonly posting: Posting | undefined;
  readonly weight: number;
}

function weighed({ match, posting }: Hit): WeighedPosting {
  return { posting, weight: match.weight * match.idf };
}

function scoreChunks(index: FileIndex, postings: readonly WeighedPosting[], average: number): readonly number[] {
  const scores = index.chunks.map(() => 0);
  for (const { posting, weight } of postings) {
    for (const [chunk, count] of posting?.byChunk ?? []) {
      const length = index.chunks[chunk]?.[3] ?? average;
      scores[chunk] = (scores[chunk] ?? 0) + (weight * count) / (count + chunkK1 * (0.25 + (0.75 * length) / average));
    }
  }
  return scores;
}

/** Scores of a file's chunks for the goal, by position; for any file, tests included. */
export type ChunkScorer = (index: FileIndex) => readonly number[];

export function chunkScorer(corpus: Corpus, query: GoalQuery): ChunkScorer {
  const words = findWords(corpus, query).map(({ word, weight, idf }) => ({ find: postingFinder(word), weight: weight * idf }));
  const average = averagesOf(corpus.documents).chunk;
  return (index) => scoreChunks(index, words.map(({ find, weight }) => ({ posting: find(index), weight })), average);
}

function pathScore({ stem, folders }: Document, hits: readonly Hit[]): number {
  return sum(hits.map(({ match: { word, weight, idf } }) => {
    return weight * idf * ((stem.includes(word) ? pathShares.stem : 0) + (folders.includes(word) ? pathShares.folders : 0));
  }));
}

function chunkScore(scores: readonly number[]): number {
  const best = scores.filter((score) => score > 0).sort((a, b) => b - a);
  return sum(bestChunks.map((share, rank) => share * (best[rank] ?? 0)));
}

/** By document position: rarities of the goal's pairs that stand in it, against the number of its pairs. */
function scoreBigrams(corpus: Corpus, query: GoalQuery): readonly number[] {
  const { documents } = corpus;
  const scores = documents.map(() => 0);
  for (const [pair, words] of query.bigrams) {
    const holders = holdersOf(corpus, pair, words);
    const rarity = Math.log(1 + (documents.length - holders.length + 0.5) / (holders.length + 0.5));
    for (const position of holders) scores[position] = (scores[position] ?? 0) + rarity;
  }
  return scores.map((score, position) => score / Math.sqrt(20 + Math.sqrt((documents[position]?.index.bigrams.length ?? 0) / 4)));
}

/** Only files that hold both words are asked: a pair is rare, and the words have been looked up already. */
function holdersOf(corpus: Corpus, pair: string, words: readonly [string, string]): readonly number[] {
  const [few, many] = words.map((word) => findWord(corpus, word).hits).sort((a, b) => a.size - b.size);
  const holds = bigramFinder(pair);
  const holders: number[] = [];
  for (const [position, posting] of few ?? []) {
    if (posting !== undefined && many?.get(position) !== undefined && holds(corpus.documents[position]?.index.bigrams ?? '')) holders.push(position);
  }
  return holders;
}

/** Every word of the file's name is in the goal; more when they stand next to each other there. */
function stemScore({ stem }: Document, rarities: ReadonlyMap<string, number>, query: GoalQuery): number {
  if (stem.length === 0 || !stem.every((word) => query.words.has(word))) return 0;
  const rarity = sum(stem.map((word) => rarities.get(word) ?? 0));
  return adjacent(query.wordList, stem) ? rarity : rarity / 2;
}

function nameScore({ documents, wordsOfPaths }: Corpus, { stem }: Document, query: GoalQuery): number {
  const rarity = (word: string): number => Math.log(documents.length / (wordsOfPaths.get(word)?.length ?? 1));
  const all = sum(stem.map(rarity));
  return all === 0 ? 0 : sum(stem.filter((word) => query.words.has(word)).map(rarity)) ** 2 / all;
}

function adjacent(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, start) => wanted.every((word, offset) => words[start + offset] === word));
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
