import type { Corpus } from './corpus';
import type { FileIndex } from './file-index';
import { postingFinder, type Posting } from './postings';
import type { GoalQuery } from './read-goal';

/** Of BM25: slower saturation for whole files, whose counts are high, than for chunks. Measured. */
const chunkK1 = 1.2;

/** What a word's occurrences add to their chunk. @param weight of the word in the goal, by its rarity @param average words of a chunk */
export function chunkWeight(weight: number, count: number, length: number, average: number): number {
  return (weight * count) / (count + chunkK1 * (0.25 + (0.75 * length) / average));
}

/** By how few of the documents hold a word. */
export function rarityOf(documents: number, holders: number): number {
  return Math.log(1 + (documents - holders + 0.5) / (holders + 0.5));
}

/** Scores of a file's chunks for the goal, by position; for any file, tests included. */
export type ChunkScorer = (index: FileIndex) => readonly number[];

/** For the few hundred files that a packet is chosen from; a ranking asks its tree index instead. */
export function chunkScorer(corpus: Corpus, query: GoalQuery): ChunkScorer {
  const words = [...query.words].map(([word, weight]) => ({ find: postingFinder(word), weight: weight * rarityIn(corpus, word) }));
  const average = averageChunk(corpus);
  return (index) => scoreChunks(index, words.map(({ find, weight }) => ({ posting: find(index), weight })), average);
}

const rarities = new WeakMap<Corpus, Map<string, number>>();

/** Remembered per corpus: every round of a task asks for the same words. */
function rarityIn(corpus: Corpus, word: string): number {
  let known = rarities.get(corpus);
  if (known === undefined) rarities.set(corpus, (known = new Map()));
  let rarity = known.get(word);
  if (rarity === undefined) known.set(word, (rarity = rarityOf(corpus.documents.length, countHolders(corpus, word))));
  return rarity;
}

function countHolders({ documents, wordsOfPaths }: Corpus, word: string): number {
  const holders = new Set(wordsOfPaths.get(word) ?? []);
  const find = postingFinder(word);
  for (const [position, { index }] of documents.entries()) if (find(index) !== undefined) holders.add(position);
  return holders.size;
}

const averages = new WeakMap<Corpus, number>();

function averageChunk(corpus: Corpus): number {
  let average = averages.get(corpus);
  if (average !== undefined) return average;
  let words = 0;
  let count = 1;
  for (const { index } of corpus.documents) {
    for (const chunk of index.chunks) words += chunk[3];
    count += index.chunks.length;
  }
  averages.set(corpus, (average = Math.max(1, words / count)));
  return average;
}

function scoreChunks(index: FileIndex, postings: readonly { readonly posting: Posting | undefined; readonly weight: number }[], average: number): readonly number[] {
  const scores = index.chunks.map(() => 0);
  for (const { posting, weight } of postings) {
    for (const [chunk, count] of posting?.byChunk ?? []) scores[chunk] = (scores[chunk] ?? 0) + chunkWeight(weight, count, index.chunks[chunk]?.[3] ?? average, average);
  }
  return scores;
}
