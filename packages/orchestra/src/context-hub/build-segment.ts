import { entryEnd, entryKey, writeEntries } from './sorted-entries';
import type { FileIndex } from './file-index';
import { pathKind, stemOf } from './path-kind';
import { packageFolders, placedAliases } from './resolve-module';
import { fieldCount, folderField, kindLetters, stemField, type Segment } from './segment';
import { writeHits } from './word-hits';
import { buildSieve } from './word-sieve';
import { wordsOfPath } from './words-of-path';

type NumberedHit = Parameters<typeof writeHits>[0][number];

/** @param files path and index, sorted by path */
export function buildSegment(files: readonly (readonly [string, FileIndex])[]): Segment {
  const kinds = files.map(([path]) => letterOf(path));
  const ranked = files.map((file, number) => ({ file, number })).filter(({ number }) => kinds[number] !== kindLetters.none);
  const collect = (keysOf: (index: FileIndex, path: string) => readonly string[], among = ranked): string => collectClues(among.map(({ file: [path, index], number }) => [number, keysOf(index, path)] as const));
  const byPath = new Map(files);
  const everything = files.map((file, number) => ({ file, number }));
  const isRanked = new Set(ranked.map(({ number }) => number));
  const ofRanked = <T>(pick: (index: FileIndex, path: string) => T, otherwise: T): T[] => files.map(([path, index], number) => (isRanked.has(number) ? pick(index, path) : otherwise));
  const words = collectWords(ranked);
  const phrases = collectPhrases(ranked.filter(({ number }) => kinds[number] === kindLetters.source));
  return {
    paths: files.map(([path]) => path),
    kinds: kinds.join(''),
    lengths: ofRanked((index, path) => [...index.lengths, ...pathLengths(path)], Array.from({ length: fieldCount }, () => 0)).flat(),
    chunkWords: ofRanked((index) => index.chunks.map(([, , , words]) => words), []).flat(),
    chunkCounts: ofRanked((index) => index.chunks.length, 0),
    bigrams: ofRanked((index) => index.bigrams, ''),
    words: writeEntries(words.map(([word, hits]) => [word, writeHits(hits)] as const)),
    sieves: { words: buildSieve(words.map(([word]) => word)), openings: buildSieve([...new Set(phrases.map(([phrase]) => openingOf(phrase)))]) },
    clues: {
      stems: collect((_index, path) => [stemOf(path).toLowerCase()], everything),
      configuration: collect((_index, path) => spokenNames(path), ranked.filter(({ number }) => kinds[number] === kindLetters.config)),
      definitions: collect(({ definitions }) => definitions.map(([name]) => name)),
      logPrefixes: collect(({ logPrefixes }) => logPrefixes.map(([prefix]) => prefix)),
      tables: collect(({ tables }) => tables.map(([table]) => table)),
      bugIds: collect(({ bugIds }) => bugIds.map(([id]) => id)),
    },
    phrases: writeEntries(phrases),
    imports: files.map(([, { imports }]) => imports.map(({ from }) => from)),
    packages: [...packageFolders(byPath)],
    aliases: placedAliases(byPath),
    routers: files.flatMap(([, { routes, mounts }], number) => (routes.length > 0 || mounts.length > 0 ? [number] : [])),
  };
}

interface NumberedFile {
  readonly file: readonly [string, FileIndex];
  readonly number: number;
}

function letterOf(path: string): string {
  const kind = pathKind(path);
  return kind === 'source' || kind === 'schema' || kind === 'config' ? kindLetters[kind] : kindLetters.none;
}

/** A single word is said of anything. */
function spokenNames(path: string): readonly string[] {
  const { stem } = wordsOfPath(path);
  return stem.length > 1 ? [stem.join(' ')] : [];
}

function pathLengths(path: string): readonly number[] {
  const { stem, folders } = wordsOfPath(path);
  return [stem.length, folders.length];
}

function collectWords(files: readonly NumberedFile[]): readonly (readonly [string, readonly NumberedHit[]])[] {
  const words = new Map<string, NumberedHit[]>();
  const add = (word: string, hit: NumberedHit): void => {
    const known = words.get(word);
    if (known === undefined) words.set(word, [hit]);
    else known.push(hit);
  };
  for (const { file: [path, index], number } of files) for (const [word, hit] of hitsOf(path, index, number)) add(word, hit);
  return [...words];
}

/** Of one file: the words of its text with their postings, and those of its path. */
function hitsOf(path: string, { postings }: FileIndex, number: number): ReadonlyMap<string, NumberedHit> {
  const hits = new Map<string, { file: number; counts: number[]; chunks: string }>();
  for (const entry of postings.split(entryEnd)) {
    const [word, fields, ...chunks] = entry.split(' ');
    if (word === undefined || fields === undefined) continue;
    hits.set(word, { file: number, counts: [...fields.split(',').map((count) => (count === '' ? 0 : parseInt(count, 36))), 0, 0], chunks: chunks.join(' ') });
  }
  const { stem, folders } = wordsOfPath(path);
  for (const [word, field] of [...stem.map((word) => [word, stemField] as const), ...folders.map((word) => [word, folderField] as const)]) {
    let hit = hits.get(word);
    if (hit === undefined) hits.set(word, (hit = { file: number, counts: Array.from({ length: fieldCount }, () => 0), chunks: '' }));
    hit.counts[field] = (hit.counts[field] ?? 0) + 1;
  }
  return hits;
}

function collectClues(files: readonly (readonly [number, readonly string[]])[]): string {
  const found = new Map<string, number[]>();
  for (const [number, keys] of files) {
    for (const key of new Set(keys)) {
      const known = found.get(key);
      if (known === undefined) found.set(key, [number]);
      else known.push(number);
    }
  }
  return writeEntries([...found].map(([key, numbers]) => [entryKey(key), numbers.join(' ')] as const));
}

/** Its first two words, as a key. */
function openingOf(phrase: string): string {
  return phrase.split(entryKey(' '), 2).join(entryKey(' '));
}

function collectPhrases(files: readonly NumberedFile[]): readonly (readonly [string, string])[] {
  const places = new Map<string, string[]>();
  for (const { file: [, { phrases }], number } of files) {
    for (const [phrase, line] of phrases) {
      const known = places.get(phrase);
      if (known === undefined) places.set(phrase, [`${number}:${line}`]);
      else known.push(`${number}:${line}`);
    }
  }
  return [...places].map(([phrase, found]) => [entryKey(phrase), found.join(' ')] as const);
}
