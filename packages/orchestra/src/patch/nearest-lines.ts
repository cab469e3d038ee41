/** The part of a file most like a text that was not found. */
export interface NearestLines {
  /** 1-based inclusive. */
  readonly range: readonly [number, number];
  /** The real lines, ready to be copied. */
  readonly text: string;
  /** The first line of the search that the file has otherwise, 0-based, with what the file has there. */
  readonly difference?: { readonly index: number; readonly actual: string };
}

/** A line found more often than this (`}`) says nothing about the place. */
const mostPlaces = 50;
const linesShown = 40;

/**
 * Best place for `find` among `lines`: lines that agree but for white space vote for an offset, rare ones with more
 * weight; where none agrees, shared words decide. Linear in the file and in `find`. `undefined` when nothing is alike.
 */
export function nearestLines(lines: readonly string[], find: readonly string[]): NearestLines | undefined {
  const start = voteByLines(lines, find) ?? voteByWords(lines, find);
  return start === undefined ? undefined : excerpt(lines, find, start);
}

function voteByLines(lines: readonly string[], find: readonly string[]): number | undefined {
  const wanted = new Set(find.map(squeeze));
  const places = new Map<string, number[]>();
  lines.forEach((line, index) => {
    const key = squeeze(line);
    if (key === '' || !wanted.has(key)) return;
    const known = places.get(key);
    if (known === undefined) places.set(key, [index]);
    else known.push(index);
  });
  const votes = new Map<number, number>();
  find.forEach((line, position) => {
    const key = squeeze(line);
    const found = places.get(key) ?? [];
    if (found.length > mostPlaces) return;
    for (const index of found) votes.set(index - position, (votes.get(index - position) ?? 0) + Math.min(key.length, 40) / found.length);
  });
  return best(votes);
}

function voteByWords(lines: readonly string[], find: readonly string[]): number | undefined {
  const wanted = new Set(find.flatMap(wordsOf));
  const scores = lines.map((line) => new Set(wordsOf(line).filter((word) => wanted.has(word))).size);
  const votes = new Map<number, number>();
  let sum = 0;
  scores.forEach((score, index) => {
    sum += score - (scores[index - find.length] ?? 0);
    if (sum > 0) votes.set(index - find.length + 1, sum);
  });
  return best(votes);
}

function best(votes: ReadonlyMap<number, number>): number | undefined {
  let winner: number | undefined;
  let most = 0;
  for (const [start, weight] of votes) {
    if (weight > most || (weight === most && winner !== undefined && start < winner)) [winner, most] = [start, weight];
  }
  return winner;
}

function excerpt(lines: readonly string[], find: readonly string[], start: number): NearestLines {
  const index = find.findIndex((line, position) => line !== lines[start + position]);
  const centre = start + Math.max(0, index);
  const length = Math.min(find.length + 2, linesShown);
  // A long search shows the part around its first difference, where the mistake is.
  const first = Math.max(0, find.length + 2 <= linesShown ? start - 1 : centre - Math.floor(linesShown / 2));
  const last = Math.min(lines.length, first + length);
  return {
    range: [first + 1, last],
    text: lines.slice(first, last).join('\n'),
    ...(index < 0 ? {} : { difference: { index, actual: lines[start + index] ?? '' } }),
  };
}

function squeeze(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

/** Longer ones are minified or data; nobody quotes them, and they would take all the time. */
const longestLine = 2000;

function wordsOf(line: string): readonly string[] {
  if (line.length > longestLine) return [];
  return line.match(/[\p{L}_$][\p{L}\p{N}_$]{2,}/gu) ?? [];
}
