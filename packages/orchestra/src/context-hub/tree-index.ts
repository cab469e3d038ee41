import type { PathKind } from './path-kind';
import { fieldCount, kindLetters, type ClueKind, type Segment } from './segment';
import { entriesFrom, entriesHolding, entryKey, entryText, readEntry } from './sorted-entries';
import { sieveProbe } from './word-sieve';

export interface PlacedSegment {
  readonly segment: Segment;
  /** Number of its first file in the tree. */
  readonly first: number;
}

/** Imports among the files of a tree: what file `n` imports is `targets[starts[n]]` to `targets[starts[n + 1] - 1]`, once for each import line. */
export interface TreeLinks {
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
}

/** All that a ranking asks of a tree. Files are numbered by path, sorted; every column has one value a file. */
export interface TreeIndex {
  readonly paths: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  /** A letter for each file (`kindLetters`). */
  readonly kinds: string;
  readonly segments: readonly PlacedSegment[];
  /** How many files can be ranked. */
  readonly documents: number;
  /** Six for each file (`Segment.lengths`). */
  readonly lengths: Uint32Array;
  /** Where the chunks of a file begin in `chunkWords`; one more than there are files. */
  readonly chunkStarts: Uint32Array;
  readonly chunkWords: Uint32Array;
  readonly links: TreeLinks;
}

/** @param segments of sorted, distinct paths, in their order */
export function joinSegments(segments: readonly Segment[]): Omit<TreeIndex, 'links'> {
  const paths = segments.flatMap((segment) => segment.paths);
  const chunkStarts = new Uint32Array(paths.length + 1);
  const lengths = new Uint32Array(paths.length * fieldCount);
  const chunkWords = new Uint32Array(segments.reduce((total, segment) => total + segment.chunkWords.length, 0));
  const placed: PlacedSegment[] = [];
  let [first, firstChunk] = [0, 0];
  for (const segment of segments) {
    placed.push({ segment, first });
    lengths.set(segment.lengths, first * fieldCount);
    chunkWords.set(segment.chunkWords, firstChunk);
    for (const count of segment.chunkCounts) {
      firstChunk += count;
      first += 1;
      chunkStarts[first] = firstChunk;
    }
  }
  const kinds = segments.map((segment) => segment.kinds).join('');
  const documents = kinds.replaceAll(kindLetters.none, '').length;
  return { paths, kinds, numberOf: new Map(paths.map((path, number) => [path, number] as const)), segments: placed, documents, lengths, chunkStarts, chunkWords };
}

const kindOfLetter: Readonly<Record<string, PathKind>> = { [kindLetters.source]: 'source', [kindLetters.schema]: 'schema', [kindLetters.config]: 'config' };

/** `undefined` for what cannot be ranked. */
export function kindOf({ kinds }: Pick<TreeIndex, 'kinds'>, number: number): PathKind | undefined {
  return kindOfLetter[kinds.charAt(number)];
}

export function segmentOf({ segments }: TreeIndex, number: number): PlacedSegment {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.first ?? 0) <= number) low = middle;
    else high = middle - 1;
  }
  const found = segments[low];
  if (found === undefined) throw new RangeError(`there is no file ${number} in a tree without files`);
  return found;
}

/** Paths of the files that hold this exact name, sorted. */
export function filesWith({ segments, paths }: TreeIndex, kind: ClueKind, name: string): readonly string[] {
  const key = entryKey(name);
  return segments.flatMap(({ segment, first }) => {
    const entry = readEntry(segment.clues[kind], key);
    return entry === undefined ? [] : entry.split(' ').map((number) => paths[first + Number(number)] ?? '');
  });
}

/** Every exact name of this kind, each once. */
export function namesOf({ segments }: TreeIndex, kind: ClueKind): readonly string[] {
  return [...new Set(segments.flatMap(({ segment }) => [...entriesFrom(segment.clues[kind], '')].map(([key]) => entryText(key))))];
}

export interface PhrasePlace {
  readonly phrase: string;
  readonly path: string;
  readonly line: number;
}

/** Where literals begin with these two words, or hold this text, by path and line. */
export function phrasesWith({ segments, paths }: TreeIndex, text: string, where: 'beginning' | 'anywhere'): readonly PhrasePlace[] {
  const key = entryKey(text);
  const mayBegin = sieveProbe(key);
  return segments.flatMap(({ segment: { phrases, sieves }, first }) => {
    if (where === 'beginning' && !mayBegin(sieves.openings)) return [];
    const found = where === 'beginning' ? entriesFrom(phrases, key) : entriesHolding(phrases, key);
    return [...found].flatMap(([phrase, places]) =>
      places.split(' ').map((place) => {
        const [file, line] = place.split(':');
        return { phrase: entryText(phrase), path: paths[first + Number(file)] ?? '', line: Number(line) };
      }),
    );
  });
}
