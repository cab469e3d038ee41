import type { FileIndex } from '../file-index';
import { changedHunks } from '../../patch/changed-hunks';
import { linesOf, toLineFeeds } from '../../syntax/source-lines';
import { outlineFile } from '../outline-file';

/** One file before and after; `null` where it is not there. */
export interface EditedFile {
  readonly path: string;
  readonly base: string | null;
  readonly head: string | null;
}

/** What one edit says about where else a change may be needed. */
export interface ReadChange {
  readonly path: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Identifiers in the lines that were removed or added. */
  readonly names: ReadonlySet<string>;
  /** Declarations whose lines the edit touches. */
  readonly declarations: ReadonlySet<string>;
  /** Exports that are gone or have another signature: whoever uses them has to follow. */
  readonly contracts: ReadonlySet<string>;
  /** `METHOD /path` of the handlers that it touches, as written in the file. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
}

/** @param index of the base text; absent for a new file */
export function readChange({ path, base, head }: EditedFile, index: FileIndex | undefined): ReadChange {
  const [before, after] = [linesOf(toLineFeeds(base ?? '')), linesOf(toLineFeeds(head ?? ''))];
  const hunks = changedHunks(base ?? '', head ?? '');
  const touches = (start: number, end: number): boolean => hunks.some((hunk) => hunk.start <= end && start <= Math.max(hunk.start, hunk.start + hunk.count - 1));
  const removed = hunks.flatMap(({ start, count }) => before.slice(start - 1, start - 1 + count));
  const known = new Set(before.map(bare));
  const added = after.filter((line) => line.trim() !== '' && !known.has(bare(line)));
  return {
    path, removed, added, names: new Set([...removed, ...added].flatMap((line) => line.match(/[A-Za-z_$][\w$]*/g) ?? [])),
    declarations: new Set((index?.definitions ?? []).filter(([, start, end]) => touches(start, end)).map(([name]) => name)),
    contracts: changedContracts(path, base, head),
    routes: (index?.routes ?? []).filter(({ start, end }) => touches(start, end)).map(({ method, path: route }) => ({ method, path: route })),
  };
}

function bare(line: string): string {
  return line.replace(/\s+/g, '');
}

function changedContracts(path: string, base: string | null, head: string | null): ReadonlySet<string> {
  const after = new Map(outlineFile(path, head ?? '').exports.map(({ name, signature }) => [name, signature] as const));
  return new Set(outlineFile(path, base ?? '').exports.filter(({ name, signature }) => after.get(name) !== signature).map(({ name }) => name));
}
