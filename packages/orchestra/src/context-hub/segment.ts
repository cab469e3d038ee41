import type { PlacedAlias } from './alias-targets';

/** Bumped whenever `buildSegment` would answer differently for the same files; part of the cache's key. */
export const SEGMENT_VERSION = 5;

/**
 * What a ranking asks of a run of neighbouring files, turned round: word → files. A goal looks a few dozen words up in it, where it would have to
 * ask every file. Depends on the paths and texts of its files alone, so a cache may key it by these, and a commit makes few of them anew.
 * Files are numbered by their place in `paths`; the columns are JSON and long strings, because both are read faster than many small values.
 */
export interface Segment {
  /** Sorted. Every indexed file; what cannot be ranked (tests, documents) has no words here, and takes part by path and imports. */
  readonly paths: readonly string[];
  /** A letter for each file, see `kindLetters`. */
  readonly kinds: string;
  /** Six for each file: words by text field, then of its name and of its folders. */
  readonly lengths: readonly number[];
  /** Words of each chunk, file after file. */
  readonly chunkWords: readonly number[];
  /** Chunks of each file. */
  readonly chunkCounts: readonly number[];
  /** Of each file, as in its index. */
  readonly bigrams: readonly string[];
  /** Dictionary (`sorted-entries`): word → how many files hold it, and the hits of each (`word-hits`). */
  readonly words: string;
  /** Which words `words` may hold, and which first two words `phrases` may begin with (`word-sieve`): most files of a large workspace say nothing of a goal. */
  readonly sieves: { readonly words: string; readonly openings: string };
  /** Dictionaries of exact names → numbers of the files, `3 17 40`, ascending. */
  readonly clues: Readonly<Record<ClueKind, string>>;
  /** Dictionary: what a person could have seen → `file:line` of each place. Sources only. */
  readonly phrases: string;
  /** Import specifiers of each file, in its order. */
  readonly imports: readonly (readonly string[])[];
  /** Package name and folder. */
  readonly packages: readonly (readonly [string, string])[];
  readonly aliases: readonly PlacedAlias[];
  /** Files with routes or mounts. */
  readonly routers: readonly number[];
}

/** `stems`: file name without extension in lower case, of every file. The others: of what can be ranked. `configuration`: the words of its name, if there are several. */
export const clueKinds = ['stems', 'configuration', 'definitions', 'logPrefixes', 'tables', 'bugIds'] as const;
export type ClueKind = (typeof clueKinds)[number];

/** Fields of `lengths` and of a hit, after those of the text. */
export const stemField = 4;
export const folderField = 5;
export const fieldCount = 6;

export const kindLetters = { source: 's', schema: 'm', config: 'c', none: '-' } as const;
