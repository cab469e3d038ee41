import { fieldCount } from './segment';

/** One file's hits of one word; the same object for every file, so what is kept has to be copied. */
export interface WordHit {
  /** Number in the segment. */
  file: number;
  /** By field (`segment`). */
  readonly counts: Int32Array;
  /** Chunk, count, chunk, count … */
  readonly chunks: number[];
}

/** `2;0,1,,2,,,1 0.1 3.2;4,…`: how many files, then each with its number, its counts by field (empty for 0) and its chunks with their counts, base 36. */
export function writeHits(hits: readonly { readonly file: number; readonly counts: readonly number[]; readonly chunks: string }[]): string {
  const files = hits.map(({ file, counts, chunks }) => `${[file, ...counts].map((count, at) => (at > 0 && count === 0 ? '' : count.toString(36))).join(',')}${chunks === '' ? '' : ` ${chunks}`}`);
  return [hits.length.toString(36), ...files].join(';');
}

/** How many files the value tells of, without reading on. */
export function countHits(words: string, start: number): number {
  return parseInt(words.slice(start, words.indexOf(';', start)), 36);
}

const [semicolon, comma, space, dot, nine] = [59, 44, 32, 46, 57];

/**
 * Goes through the hits of a value at `start` to `end` of a dictionary. Character by character and without an object per file: common words stand
 * in most files of a workspace, and a goal has dozens of them.
 * @param visit answers `false` to end it
 */
export function readHits(words: string, start: number, end: number, visit: (hit: WordHit) => unknown): void {
  const hit: WordHit = { file: 0, counts: new Int32Array(fieldCount), chunks: [] };
  let field = -1;
  let value = 0;
  for (let at = words.indexOf(';', start) + 1; at <= end; at += 1) {
    const code = at === end ? semicolon : words.charCodeAt(at);
    if (code !== semicolon && code !== comma && code !== space && code !== dot) {
      value = value * 36 + code - (code <= nine ? 48 : 87);
      continue;
    }
    if (field === -1) hit.file = value;
    else if (field < fieldCount) hit.counts[field] = value;
    else hit.chunks.push(value);
    value = 0;
    field = code === space ? fieldCount : field < fieldCount ? field + 1 : field;
    if (code !== semicolon) continue;
    if (visit(hit) === false) return;
    hit.counts.fill(0);
    hit.chunks.length = 0;
    field = -1;
  }
}
