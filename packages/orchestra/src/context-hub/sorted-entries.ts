/**
 * A dictionary as one string: `|key value|key value|`, sorted by key as JavaScript compares strings. One long string is read from a cache many times
 * faster than a map of small ones, and a goal asks for a few dozen keys of tens of thousands.
 */
export const entryEnd = '|';

/** Where a value stands in its dictionary. */
export interface EntryValue {
  readonly start: number;
  readonly end: number;
}

/** @param entries key → value; neither may hold `|`, a key no space (`entryKey`) */
export function writeEntries(entries: Iterable<readonly [string, string]>): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.length === 0 ? '' : `${entryEnd}${sorted.map(([key, value]) => `${key} ${value}`).join(entryEnd)}${entryEnd}`;
}

/** Any text as a key; `entryText` turns it back. */
export function entryKey(text: string): string {
  return /[%| ]/.test(text) ? text.replaceAll('%', '%25').replaceAll('|', '%7C').replaceAll(' ', '%20') : text;
}

export function entryText(key: string): string {
  return key.replaceAll('%20', ' ').replaceAll('%7C', '|').replaceAll('%25', '%');
}

export function findEntry(entries: string, key: string): EntryValue | undefined {
  const start = firstFrom(entries, key);
  if (!entries.startsWith(key, start) || entries.charCodeAt(start + key.length) !== space) return undefined;
  return { start: start + key.length + 1, end: entries.indexOf(entryEnd, start) };
}

/** The value's text, or nothing. */
export function readEntry(entries: string, key: string): string | undefined {
  const found = findEntry(entries, key);
  return found === undefined ? undefined : entries.slice(found.start, found.end);
}

/** Every entry whose key begins like this. */
export function* entriesFrom(entries: string, prefix: string): Generator<readonly [string, string]> {
  for (let start = firstFrom(entries, prefix); entries.startsWith(prefix, start) && start < entries.length; ) {
    const end = entries.indexOf(entryEnd, start);
    const middle = entries.indexOf(' ', start);
    yield [entries.slice(start, middle), entries.slice(middle + 1, end)];
    start = end + 1;
  }
}

/** Every entry whose key holds this, in their order. */
export function* entriesHolding(entries: string, part: string): Generator<readonly [string, string]> {
  for (let at = entries.indexOf(part); at !== -1; ) {
    const start = entries.lastIndexOf(entryEnd, at) + 1;
    const end = entries.indexOf(entryEnd, at);
    const middle = entries.indexOf(' ', start);
    if (at + part.length <= middle) yield [entries.slice(start, middle), entries.slice(middle + 1, end)];
    at = entries.indexOf(part, end);
  }
}

/** Position of the first entry whose key is not below this one: a bisection that decodes nothing. */
function firstFrom(entries: string, key: string): number {
  let low = 1;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = Math.max(low, entries.lastIndexOf(entryEnd, middle - 1) + 1);
    if (isBelow(entries, start, key)) low = entries.indexOf(entryEnd, start) + 1;
    else high = start;
  }
  return low;
}

const space = 32;

/** In place: cutting the keys out cost more than finding them. The space ends a key, so there it is shorter than one that goes on. */
function isBelow(entries: string, start: number, key: string): boolean {
  for (let position = 0; position < key.length; position += 1) {
    const code = entries.charCodeAt(start + position);
    if (code === space) return true;
    const difference = code - key.charCodeAt(position);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
