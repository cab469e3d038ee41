import type { Reason } from '../model';
import type { FileIndex } from './file-index';

/** Order in which a packet lists its files. */
export const itemGroups = ['requested', 'source', 'test', 'support', 'related'] as const;
export type ItemGroup = (typeof itemGroups)[number];

/** Lines that may be shown, and what they are worth. */
export interface PacketItem {
  readonly path: string;
  readonly group: ItemGroup;
  /** 1-based inclusive. */
  readonly start: number;
  readonly end: number;
  /** 1 is the best slice of the best file; what was asked for is worth more than anything else. */
  readonly value: number;
  readonly because: readonly Reason[];
}

/** A candidate's text in LF lines beside an index that is true for it. */
export interface ReadableFile {
  readonly path: string;
  readonly lines: readonly string[];
  readonly index: FileIndex;
}

export type ReadableFiles = ReadonlyMap<string, ReadableFile>;

/** Part of a task's permission reaches the path: what may be edited is worth more than what may be read. */
export type InLease = (path: string) => boolean;
