import type { ModelOrder } from '../../model';
import { unwrapReply } from '../reply/unwrap-reply';

export type ParsedOrder = Pick<ModelOrder, 'files' | 'dropped' | 'unused'>;

export interface ShownFiles {
  /** The files that were shown, in the order of their numbers. */
  readonly paths: readonly string[];
  /** The reply is one to this very prompt, so that a bare number in it means what it means here. */
  readonly numbers: boolean;
}

/** Thirty paths with a few words each are a tenth of it. Characters. */
const longestReply = 60_000;
const longestWhy = 120;

/**
 * Reads an order, one file a line. Total, and never guesses: a line counts by the path it begins with, or by a number of the prompt; whatever else
 * stands there is dropped and counted. The first mention of a file is its place.
 */
export function parseOrder(text: string, shown: ShownFiles): ParsedOrder {
  if (text.length > longestReply) return unusable(`it is ${text.length} characters long, and a list of ${shown.paths.length} paths is not`);
  const { lines, cutOff } = unwrapReply(text);
  if (cutOff) return unusable('it was cut off: it ends inside its thinking');
  const files = new Map<string, string | undefined>();
  let dropped = 0;
  for (const line of lines.flatMap(entriesOf)) {
    const found = readEntry(line, shown);
    if (found.length === 0) dropped += 1;
    for (const { path, why } of found) if (!files.has(path)) files.set(path, why);
  }
  if (files.size === 0) return unusable(`no line of it names one of the ${shown.paths.length} files`, dropped);
  return { files: [...files].map(([path, why]) => ({ path, ...(why === undefined ? {} : { why }) })), dropped };
}

function unusable(because: string, dropped = 0): ParsedOrder {
  return { files: [], dropped, unused: because };
}

/** Of a trimmed line. Written so that no run of signs can be shared out in two ways. */
const nothing = /^(?:`{3,}[^`]*|~~~[^`]*|-{3,}|[\s*_#=-]*END OF REPLY[\s*_#=.-]*)?$/i;

/** A line is one entry; a JSON list on one line is as many as it holds. */
function entriesOf(line: string): readonly string[] {
  if (nothing.test(line.trim())) return [];
  if (!/^\s*\[\s*["\d].*\]\s*$/.test(line)) return [line];
  try {
    const list: unknown = JSON.parse(line);
    return Array.isArray(list) && list.every((each) => typeof each === 'string' || typeof each === 'number') ? list.map(String) : [line];
  } catch {
    return [line];
  }
}

type Entry = ModelOrder['files'][number];

function readEntry(line: string, { paths, numbers }: ShownFiles): readonly Entry[] {
  // The number of the prompt in front of a path, list marks, quotes and back-ticks say nothing that the path does not.
  const plain = line.trim().replace(/^(?:[-*•>\s]|\[?#?\d{1,3}[\].):]+\s|\d{1,3}\s+)*["'`*]*(?:\.\/)?/, '');
  const path = longestOf(paths.filter((each) => plain.startsWith(each) && !/^[\w/.-]*\w/.test(plain.slice(each.length))));
  if (path !== undefined) return [withWhy(path, plain.slice(path.length))];
  return numbers ? byNumber(line.trim(), paths) : [];
}

/** Paths may begin with one another: `src/a.ts` and `src/a.tsx`. */
function longestOf(paths: readonly string[]): string | undefined {
  return [...paths].sort((a, b) => b.length - a.length)[0];
}

/** `7`, `7. because`, and `[7] > [3] > [12]` as some models order. A number that is none of the files is dropped with its line only when the line has no other. */
function byNumber(line: string, paths: readonly string[]): readonly Entry[] {
  if (/^[[\]#\d\s,;>.)]+$/.test(line)) return [...line.matchAll(/\d{1,4}/g)].flatMap((number) => paths[Number(number[0]) - 1] ?? []).map((path) => ({ path }));
  const one = /^(?:[-*•]\s*)?\[?#?(\d{1,3})[\].):]*\s*(?:[-–—:]\s*(.*))?$/.exec(line);
  const path = one === null ? undefined : paths[Number(one[1]) - 1];
  return path === undefined ? [] : [withWhy(path, one?.[2] ?? '')];
}

function withWhy(path: string, rest: string): Entry {
  const why = rest.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').replace(/^["'`*,:;\s–—-]+/, '').trim().slice(0, longestWhy);
  return why === '' ? { path } : { path, why };
}
