export interface Posting {
  /** By text field. */
  readonly byField: readonly number[];
  /** Chunk position and count. */
  readonly byChunk: readonly (readonly [number, number])[];
}

/** Looks one word up without decoding the rest: a binary search over the sorted lines. */
export function findPosting(postings: string, word: string): Posting | undefined {
  let low = 0;
  let high = postings.length - 1;
  while (low < high) {
    const lineStart = postings.lastIndexOf('\n', (low + high) >> 1) + 1;
    const space = postings.indexOf(' ', lineStart);
    const end = postings.indexOf('\n', lineStart);
    if (space === -1 || end <= lineStart) return undefined;
    const found = postings.slice(lineStart, space);
    if (found === word) return decode(postings.slice(space + 1, end));
    if (found < word) low = end;
    else high = lineStart - 1;
  }
  return undefined;
}

function decode(line: string): Posting {
  const [fields = '', ...chunks] = line.split(' ');
  return {
    byField: fields.split(',').map((count) => (count === '' ? 0 : parseInt(count, 36))),
    byChunk: chunks.map((entry) => {
      const dot = entry.indexOf('.');
      return [parseInt(entry.slice(0, dot), 36), parseInt(entry.slice(dot + 1), 36)] as const;
    }),
  };
}
