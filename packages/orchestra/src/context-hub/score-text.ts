import type { GoalClarity } from '../model';
import { bigramFinder } from './bigram-hash';
import { stemOf } from './path-kind';
import type { GoalQuery } from './read-goal';
import { chunkWeight, rarityOf } from './score-chunks';
import { fieldCount, folderField, stemField } from './segment';
import { findEntry, type EntryValue } from './sorted-entries';
import { splitWords } from './split-words';
import { kindOf, segmentOf, type PlacedSegment, type TreeIndex } from './tree-index';
import { countHits, readHits, type WordHit } from './word-hits';
import { sieveProbe } from './word-sieve';
import { wordsOfPath } from './words-of-path';

/** Source: field/localization "Recommended, untrained"; order: code, definitions, strings, comments, stem, folders. */
const fieldWeights = [1, 2, 1, 1, 4, 1.5] as const;
const fieldB = [0.75, 0.6, 0.6, 0.6, 0.5, 0.5] as const;
const fileK1 = 3;
const bestChunks = [1, 0.7, 0.5, 0.35] as const;
/** A chunk also speaks through the name of its file and folders. */
const pathShares = { stem: 0.5, folders: 0.2 } as const;

/** A word with less of it stands in every one of five hundred files or more: goals name folders that all files lie in, and a visit to each of them is most of the work. Nothing else in the goal, nothing found. */
const leastRarity = 1e-3;

/** By number of the file; 0 where it shares nothing with the goal. */
export interface TextScores {
  readonly fields: Float64Array;
  readonly chunks: Float64Array;
  readonly bigrams: Float64Array;
  readonly stem: Float64Array;
  readonly clarity: GoalClarity;
  /** The words of the goal that weigh most in a file, best first. */
  readonly tellingWords: (file: number) => readonly string[];
}

interface Word {
  readonly word: string;
  /** Of the word in the goal. */
  readonly weight: number;
  readonly rarity: number;
  /** By segment: where its hits stand. */
  readonly places: readonly (EntryValue | undefined)[];
}

/** BM25F over fields, the best chunks, neighbouring words, and the file name's own words. */
export function scoreText(tree: TreeIndex, query: GoalQuery): TextScores {
  const all = [...query.words].map(([word, weight]) => lookUp(tree, word, weight));
  const words = all.filter(({ rarity }) => rarity >= leastRarity);
  const everywhere = new Set(all.filter(({ rarity }) => rarity < leastRarity).map(({ word }) => word));
  const average = averagesOf(tree);
  const size = tree.paths.length;
  const [fields, chunks] = [new Float64Array(size), new Float64Array(size)];
  const byChunk = new Float64Array(tree.chunkWords.length);
  const named = new Set<number>();
  const holders = new Map<string, Holders>();
  for (const word of words) {
    const weight = word.weight * word.rarity;
    const inText = noHolders(tree);
    holders.set(word.word, inText);
    visitHits(tree, word, (file, hit) => {
      fields[file] = (fields[file] ?? 0) + fieldScore(tree, weight, file, hit, average.lengths);
      chunks[file] = (chunks[file] ?? 0) + pathScore(weight, hit);
      addChunks(tree, byChunk, weight, file, hit, average.chunk);
      if ((hit.counts[stemField] ?? 0) > 0) named.add(file);
      hold(inText, file, hit);
    });
  }
  const best = new Float64Array(bestChunks.length);
  for (let file = 0; file < size; file += 1) {
    if (fields[file] !== 0) chunks[file] = (chunks[file] ?? 0) + chunkScore(byChunk, tree.chunkStarts[file] ?? 0, tree.chunkStarts[file + 1] ?? 0, best);
  }
  return {
    fields, chunks, bigrams: scoreBigrams(tree, pairsOf(query, everywhere), holders), stem: scoreStems(tree, words, query, named),
    clarity: clarityOf(tree, mostIn(fields) + mostIn(chunks), sum(all.map(({ weight, rarity }) => weight * rarity))),
    tellingWords: (file) => tellingWords(tree, words, average.lengths, file),
  };
}

function clarityOf({ documents }: TreeIndex, most: number, whole: number): GoalClarity {
  return { words: documents === 0 ? 0 : most / rarityOf(documents, 1), share: whole === 0 ? 0 : most / whole };
}

function mostIn(scores: Float64Array): number {
  let most = 0;
  for (let file = 0; file < scores.length; file += 1) most = Math.max(most, scores[file] ?? 0);
  return most;
}

function lookUp({ segments, documents }: TreeIndex, word: string, weight: number): Word {
  const mayHold = sieveProbe(word);
  const places = segments.map(({ segment }) => (mayHold(segment.sieves.words) ? findEntry(segment.words, word) : undefined));
  const holders = places.reduce((total, place, at) => total + (place === undefined ? 0 : countHits(segments[at]?.segment.words ?? '', place.start)), 0);
  return { word, weight, places, rarity: rarityOf(documents, holders) };
}

function visitHits({ segments }: TreeIndex, { places }: Word, visit: (file: number, hit: WordHit) => void): void {
  for (const [at, place] of places.entries()) {
    const placed = segments[at];
    if (place !== undefined && placed !== undefined) readHits(placed.segment.words, place.start, place.end, (hit) => visit(placed.first + hit.file, hit));
  }
}

interface Averages {
  /** Words by field, of a file that can be ranked. */
  readonly lengths: readonly number[];
  /** Words of a chunk. */
  readonly chunk: number;
}

function averagesOf({ lengths, documents, chunkWords }: TreeIndex): Averages {
  const totals = Array.from({ length: fieldCount }, () => 0);
  for (let first = 0; first < lengths.length; first += fieldCount) {
    for (let field = 0; field < fieldCount; field += 1) totals[field] = (totals[field] ?? 0) + (lengths[first + field] ?? 0);
  }
  let words = 0;
  for (let at = 0; at < chunkWords.length; at += 1) words += chunkWords[at] ?? 0;
  return { lengths: totals.map((total) => Math.max(1, total / Math.max(1, documents))), chunk: Math.max(1, words / (chunkWords.length + 1)) };
}

function fieldScore({ lengths }: TreeIndex, weight: number, file: number, { counts }: WordHit, average: readonly number[]): number {
  let frequency = 0;
  for (let field = 0; field < fieldCount; field += 1) {
    const count = counts[field] ?? 0;
    if (count === 0) continue;
    const b = fieldB[field] ?? 0;
    frequency += ((fieldWeights[field] ?? 0) * count) / (1 - b + (b * (lengths[file * fieldCount + field] ?? 0)) / (average[field] ?? 1));
  }
  return (weight * frequency) / (fileK1 + frequency);
}

function pathScore(weight: number, { counts }: WordHit): number {
  return weight * (((counts[stemField] ?? 0) > 0 ? pathShares.stem : 0) + ((counts[folderField] ?? 0) > 0 ? pathShares.folders : 0));
}

function addChunks({ chunkStarts, chunkWords }: TreeIndex, byChunk: Float64Array, weight: number, file: number, { chunks }: WordHit, average: number): void {
  const first = chunkStarts[file] ?? 0;
  for (let at = 0; at < chunks.length; at += 2) {
    const chunk = first + (chunks[at] ?? 0);
    byChunk[chunk] = (byChunk[chunk] ?? 0) + chunkWeight(weight, chunks[at + 1] ?? 0, chunkWords[chunk] ?? average, average);
  }
}

/** @param best room for the best chunks, used again for every file */
function chunkScore(scores: Float64Array, start: number, end: number, best: Float64Array): number {
  best.fill(0);
  for (let chunk = start; chunk < end; chunk += 1) {
    let score = scores[chunk] ?? 0;
    for (let rank = 0; score > 0 && rank < best.length; rank += 1) {
      const known = best[rank] ?? 0;
      if (score <= known) continue;
      best[rank] = score;
      score = known;
    }
  }
  let total = 0;
  for (let rank = 0; rank < best.length; rank += 1) total += (bestChunks[rank] ?? 0) * (best[rank] ?? 0);
  return total;
}

function pairsOf({ bigrams }: GoalQuery, everywhere: ReadonlySet<string>): GoalQuery['bigrams'] {
  return everywhere.size === 0 ? bigrams : new Map([...bigrams].filter(([, words]) => !words.some((word) => everywhere.has(word))));
}

/** Rarities of the goal's pairs that stand in a file, against the number of its pairs. */
function scoreBigrams(tree: TreeIndex, pairs: GoalQuery['bigrams'], known: Map<string, Holders>): Float64Array {
  const scores = new Float64Array(tree.paths.length);
  for (const [pair, [left, right]] of pairs) {
    const holders = holdersOf(tree, pair, textHolders(tree, known, left), textHolders(tree, known, right));
    const rarity = rarityOf(tree.documents, holders.length);
    for (const file of holders) scores[file] = (scores[file] ?? 0) + rarity;
  }
  for (const { segment, first } of tree.segments) {
    for (let at = 0; at < segment.bigrams.length; at += 1) {
      const score = scores[first + at] ?? 0;
      if (score > 0) scores[first + at] = score / Math.sqrt(20 + Math.sqrt((segment.bigrams[at]?.length ?? 0) / 4));
    }
  }
  return scores;
}

/** The files whose text holds a word. */
interface Holders {
  /** Ascending. */
  readonly files: number[];
  /** By number of the file: 1 for these. */
  readonly flags: Uint8Array;
}

function noHolders({ paths }: TreeIndex): Holders {
  return { files: [], flags: new Uint8Array(paths.length) };
}

function hold({ files, flags }: Holders, file: number, { chunks }: WordHit): void {
  if (chunks.length === 0) return;
  files.push(file);
  flags[file] = 1;
}

/** A goal of many words has pairs of words that are not weighed themselves. */
function textHolders(tree: TreeIndex, known: Map<string, Holders>, word: string): Holders {
  let holders = known.get(word);
  if (holders !== undefined) return holders;
  const found = noHolders(tree);
  visitHits(tree, lookUp(tree, word, 0), (file, hit) => hold(found, file, hit));
  known.set(word, (holders = found));
  return holders;
}

/** Only files that hold both words are asked: a pair is rare. */
function holdersOf(tree: TreeIndex, pair: string, left: Holders, right: Holders): readonly number[] {
  const holds = bigramFinder(pair);
  const [few, many] = left.files.length <= right.files.length ? [left, right] : [right, left];
  return few.files.filter((file) => {
    if (many.flags[file] !== 1) return false;
    const { segment, first } = segmentOf(tree, file);
    return holds(segment.bigrams[file - first] ?? '');
  });
}

/** Every word of the file's name is in the goal; more when they stand next to each other there. */
function scoreStems({ paths }: TreeIndex, words: readonly Word[], query: GoalQuery, named: ReadonlySet<number>): Float64Array {
  const scores = new Float64Array(paths.length);
  const rarities = new Map(words.map(({ word, rarity }) => [word, rarity] as const));
  for (const file of named) {
    const stem = splitWords(stemOf(paths[file] ?? ''));
    if (!stem.every((word) => query.words.has(word))) continue;
    const rarity = sum(stem.map((word) => rarities.get(word) ?? 0));
    scores[file] = adjacent(query.wordList, stem) ? rarity : rarity / 2;
  }
  return scores;
}

function adjacent(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, start) => wanted.every((word, offset) => words[start + offset] === word));
}

/** Read again for the few files that are told of: kept for all, it would be the largest part of a ranking. */
function tellingWords(tree: TreeIndex, words: readonly Word[], average: readonly number[], file: number): readonly string[] {
  const placed = segmentOf(tree, file);
  const scored = words.flatMap((word) => {
    const hit = hitOf(tree, placed, word, file);
    return hit === undefined ? [] : [{ word: word.word, score: fieldScore(tree, word.weight * word.rarity, file, hit, average) }];
  });
  return scored.sort((a, b) => b.score - a.score).slice(0, 5).map(({ word }) => word);
}

function hitOf({ segments }: TreeIndex, placed: PlacedSegment, { places }: Word, file: number): WordHit | undefined {
  const place = places[segments.indexOf(placed)];
  let found: WordHit | undefined;
  if (place !== undefined) {
    readHits(placed.segment.words, place.start, place.end, (hit) => {
      if (placed.first + hit.file === file) found = { ...hit, counts: hit.counts.slice() };
      return found === undefined;
    });
  }
  return found;
}

/** How much of a file's name is in the goal, by the rarity of its words among names: all of it counts more than as many words of a longer one. */
export function scoreNames(tree: TreeIndex, query: GoalQuery): Float64Array {
  const scores = new Float64Array(tree.paths.length);
  const holders = new Map<string, number>();
  const documents = [...tree.paths.keys()].filter((number) => kindOf(tree, number) !== undefined);
  const stems = documents.map((number) => {
    const { stem, folders } = wordsOfPath(tree.paths[number] ?? '');
    for (const word of new Set([...stem, ...folders])) holders.set(word, (holders.get(word) ?? 0) + 1);
    return { number, stem };
  });
  const rarity = (word: string): number => Math.log(tree.documents / (holders.get(word) ?? 1));
  for (const { number, stem } of stems) {
    const all = sum(stem.map(rarity));
    if (all !== 0) scores[number] = sum(stem.filter((word) => query.words.has(word)).map(rarity)) ** 2 / all;
  }
  return scores;
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
