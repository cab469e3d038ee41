import { plainText, proposedLines } from './text-lines';

/** Leniencies in finding a text, from none to most. Each is tried only where the one before it found nothing at all. */
export type MatchTolerance = 'whitespace' | 'indentation' | 'blank-lines' | 'line-fragment';

export interface LocatedText {
  readonly kind: 'found';
  /** 0-based first line and number of lines in the file. */
  readonly start: number;
  readonly count: number;
  /** The lines to find and to write, as whole lines. */
  readonly find: readonly string[];
  /** For each entry of `find`, how many lines of the file it stands for; they add up to `count`. */
  readonly spans: readonly number[];
  readonly with: readonly string[];
  readonly tolerance?: MatchTolerance;
}
export type Location =
  | LocatedText
  | { readonly kind: 'none' }
  /** 0-based first lines of the first few places. */
  | { readonly kind: 'ambiguous'; readonly starts: readonly number[] };

const placesTold = 5;

/**
 * Where `find` stands in `lines`: exactly, else with white space inside and after the lines forgiven, else with the
 * indentation forgiven too, else with blank lines more or less, else as the unique part of one line. More than one
 * place is never resolved by a guess.
 *
 * A `find` that ends in a line ending means whole lines; one that does not may be any part of the text.
 */
export function locateText(lines: readonly string[], find: string, replacement: string): Location {
  const plainFind = plainText(find);
  const exact = plainFind.endsWith('\n') ? locateExactLines(lines, plainFind, replacement) : locateExactText(lines, plainFind, plainText(replacement));
  if (exact.kind !== 'none') return exact;
  const trimmed = trimBlankEdges(proposedLines(find), proposedLines(replacement));
  if (trimmed.find.length === 0) return exact;
  const indented = lines.map(keepIndentation);
  const whitespace = locateLines(indented, trimmed.find.map(keepIndentation), trimmed.find, trimmed.with, 'whitespace');
  if (whitespace.kind !== 'none') return whitespace;
  const bare = indented.map((line) => line.trimStart());
  const shifted = locateLines(bare, trimmed.find.map(dropIndentation), trimmed.find, trimmed.with, 'indentation');
  if (shifted.kind !== 'none') return shifted;
  const spaced = locateWithoutBlanks(indented, trimmed.find, trimmed.with);
  return spaced.kind === 'none' ? locateFragment(lines, trimmed.find, trimmed.with) : spaced;
}

function locateExactLines(lines: readonly string[], find: string, replacement: string): Location {
  const wanted = find.slice(0, -1).split('\n');
  return locateLines(lines, wanted, wanted, proposedLines(replacement));
}

function locateLines(
  lines: readonly string[], wanted: readonly string[], find: readonly string[], replacement: readonly string[], tolerance?: MatchTolerance,
): Location {
  // One native string search over the joined lines: a 10,000-line file costs no more than reading it.
  const text = `\n${lines.join('\n')}\n`;
  const offsets = offsetsOf(text, `\n${wanted.join('\n')}\n`);
  const [first, ...others] = offsets;
  if (first === undefined) return { kind: 'none' };
  if (others.length > 0) return { kind: 'ambiguous', starts: offsets.map((offset) => countNewlines(text, offset)) };
  const start = countNewlines(text, first);
  return { kind: 'found', start, count: wanted.length, find, spans: wanted.map(() => 1), with: replacement, ...(tolerance === undefined ? {} : { tolerance }) };
}

function locateExactText(lines: readonly string[], find: string, replacement: string): Location {
  if (find === '') return { kind: 'none' };
  const text = lines.join('\n');
  const offsets = offsetsOf(text, find);
  const [first, ...others] = offsets;
  if (first === undefined) return { kind: 'none' };
  if (others.length > 0) return { kind: 'ambiguous', starts: offsets.map((offset) => countNewlines(text, offset)) };
  return wholeLines(lines, text, first, find.length, replacement);
}

/** A match inside lines, widened to the lines it stands in. */
function wholeLines(lines: readonly string[], text: string, offset: number, length: number, replacement: string, tolerance?: MatchTolerance): LocatedText {
  const start = countNewlines(text, offset);
  const from = text.lastIndexOf('\n', offset - 1) + 1;
  const next = text.indexOf('\n', offset + length);
  const to = next < 0 ? text.length : next;
  const find = text.slice(from, to).split('\n');
  const written = text.slice(from, offset) + replacement + text.slice(offset + length, to);
  return {
    kind: 'found', start, count: find.length, find: lines.slice(start, start + find.length), spans: find.map(() => 1), with: written.split('\n'),
    ...(tolerance === undefined ? {} : { tolerance }),
  };
}

/** The lines that are not blank, in order; `indented` are the file's, normalised. Blank lines of the file go with the line above them, those of the search with none. */
function locateWithoutBlanks(indented: readonly string[], find: readonly string[], replacement: readonly string[]): Location {
  const filled = indented.flatMap((line, index) => (line === '' ? [] : [index]));
  const wanted = find.filter((line) => line.trim() !== '');
  const location = locateLines(filled.map((index) => indented[index] ?? ''), wanted.map(keepIndentation), find, replacement, 'blank-lines');
  if (location.kind === 'none') return location;
  if (location.kind === 'ambiguous') return { kind: 'ambiguous', starts: location.starts.map((start) => filled[start] ?? 0) };
  const places = filled.slice(location.start, location.start + wanted.length);
  const first = places[0] ?? 0;
  const last = places[places.length - 1] ?? 0;
  let position = 0;
  const spans = find.map((line) => {
    if (line.trim() === '') return 0;
    const place = places[position++] ?? 0;
    return (places[position] ?? last + 1) - place;
  });
  return { ...location, start: first, count: last + 1 - first, spans };
}

/**
 * One line of which only a part was quoted. The part must be unique in the file and end at word boundaries, and one
 * line must replace it: everything else would leave the rest of the real line in a place nobody has thought about.
 */
function locateFragment(lines: readonly string[], find: readonly string[], replacement: readonly string[]): Location {
  const [fragment, ...more] = find.map((line) => line.trim());
  const [written, ...rest] = replacement.map((line) => line.trim());
  if (fragment === undefined || fragment.length < 3 || more.length > 0 || rest.length > 0) return { kind: 'none' };
  const text = lines.join('\n');
  const offsets = offsetsOf(text, fragment).filter((offset) => standsAlone(text, offset, fragment));
  const [first, ...others] = offsets;
  if (first === undefined) return { kind: 'none' };
  if (others.length > 0) return { kind: 'ambiguous', starts: offsets.map((offset) => countNewlines(text, offset)) };
  return wholeLines(lines, text, first, fragment.length, written ?? '', 'line-fragment');
}

function standsAlone(text: string, offset: number, fragment: string): boolean {
  const splits = (left: string | undefined, right: string | undefined) => !(isWord(left) && isWord(right));
  return splits(text[offset - 1], fragment[0]) && splits(fragment[fragment.length - 1], text[offset + fragment.length]);
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_$]/u.test(character);
}

/** Blank lines around the quoted text are the reply's own layout. They go from both sides in equal number. */
function trimBlankEdges(find: readonly string[], replacement: readonly string[]): { find: readonly string[]; with: readonly string[] } {
  const isBlank = (line: string | undefined) => line !== undefined && line.trim() === '';
  let from = 0;
  let to = find.length;
  let writtenFrom = 0;
  let writtenTo = replacement.length;
  while (from < to && isBlank(find[from])) {
    from++;
    if (writtenFrom < writtenTo && isBlank(replacement[writtenFrom])) writtenFrom++;
  }
  while (from < to && isBlank(find[to - 1])) {
    to--;
    if (writtenFrom < writtenTo && isBlank(replacement[writtenTo - 1])) writtenTo--;
  }
  return { find: find.slice(from, to), with: replacement.slice(writtenFrom, writtenTo) };
}

function keepIndentation(line: string): string {
  const indentation = /^\s*/.exec(line)?.[0] ?? '';
  return indentation.length === line.length ? '' : indentation + dropIndentation(line);
}

function dropIndentation(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

function offsetsOf(text: string, part: string): readonly number[] {
  const offsets: number[] = [];
  for (let offset = text.indexOf(part); offset >= 0 && offsets.length < placesTold; offset = text.indexOf(part, offset + 1)) offsets.push(offset);
  return offsets;
}

function countNewlines(text: string, end: number): number {
  let count = 0;
  for (let offset = text.indexOf('\n'); offset >= 0 && offset < end; offset = text.indexOf('\n', offset + 1)) count++;
  return count;
}
