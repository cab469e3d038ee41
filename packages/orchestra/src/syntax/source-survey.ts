import type { Chunk } from './line-chunks';

/** 1-based inclusive lines of one thing that has a name. */
export interface Declaration {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface ImportLine {
  /** The specifier as written, e.g. `./contacts` or `@aisha/crm-contracts`. */
  readonly from: string;
  /** Local names it brings in; empty for side effects and `export *`. */
  readonly names: readonly string[];
  readonly line: number;
}

export interface RouteLine {
  readonly method: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export interface MountLine {
  /** Path prefix as written. */
  readonly path: string;
  /** Identifiers among the arguments, last one first: the router, then its guards. */
  readonly targets: readonly string[];
  readonly line: number;
}

/** Text of one token kind with its character offset, in source order. */
export interface TextAt {
  readonly text: string;
  readonly position: number;
}

/** What one pass over a file's syntax tree finds. Plain data: the tree is gone. */
export interface SourceSurvey {
  readonly chunks: readonly Chunk[];
  readonly declarations: readonly Declaration[];
  readonly imports: readonly ImportLine[];
  readonly routes: readonly RouteLine[];
  readonly mounts: readonly MountLine[];
  readonly tables: readonly { readonly name: string; readonly line: number }[];
  readonly identifiers: readonly TextAt[];
  readonly strings: readonly TextAt[];
}
