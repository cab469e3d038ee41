import type { PathAlias } from '../syntax/path-aliases';
import type { ImportLine, MountLine, RouteLine } from '../syntax/source-survey';

/** Bumped whenever `indexFile` would answer differently for the same text; part of the cache's key. */
export const INDEX_VERSION = 8;

/** Order of the counts in a posting. Stem and directories come from the path and are not stored. */
export const textFields = ['code', 'definitions', 'strings', 'comments'] as const;
export type TextField = (typeof textFields)[number];

/**
 * What ranking and packing know of one file. JSON; depends on the text and, for the grammar, on the path's
 * extension, so a cache may key it by blob id. Lines are 1-based inclusive and counted with LF ends.
 */
export interface FileIndex {
  readonly version: number;
  readonly lines: number;
  /** Words per text field, in the order of `textFields`. */
  readonly lengths: readonly number[];
  /**
   * `|word c,d,s,m k.n k.n|word …|`, sorted by word, with the counts by field (empty for 0) and by chunk
   * (position in `chunks`, count), base 36. A string because a query reads a few dozen words of a few thousand,
   * and parsing millions of small JSON values costs more than the whole query.
   */
  readonly postings: string;
  /** Which words `postings` may hold (`word-sieve`). */
  readonly sieve: string;
  /** Hashes of neighbouring words, four characters each, sorted, without repeats. */
  readonly bigrams: string;
  /** start, end, name, words. */
  readonly chunks: readonly (readonly [number, number, string, number])[];
  /** name, start, end. */
  readonly definitions: readonly (readonly [string, number, number])[];
  readonly imports: readonly ImportLine[];
  /** What a `tsconfig` says of the specifiers below its folder. */
  readonly aliases: readonly PathAlias[];
  /** Literals a person could have seen: lower case, single spaces, at least two words; with their line. */
  readonly phrases: readonly (readonly [string, number])[];
  /** `[ContactsRoute]` at the head of a log text; with its line. */
  readonly logPrefixes: readonly (readonly [string, number])[];
  readonly routes: readonly RouteLine[];
  readonly mounts: readonly MountLine[];
  readonly tables: readonly (readonly [string, number])[];
  /** What a migration says of a table: name, line, and letters: c creates it, t adds the tenant column, r enables row level security. */
  readonly schema: readonly (readonly [string, number, string])[];
  /** Ids of bugs that the file names, with the lines of the entry (a heading's section) or the mention. */
  readonly bugIds: readonly (readonly [string, number, number])[];
}
