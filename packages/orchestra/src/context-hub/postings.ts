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
    const order = compareAt(postings, lineStart, word);
    if (order > 0) {
      high = lineStart - 1;
      continue;
    }
    const end = postings.indexOf('\n', lineStart);
    if (end <= lineStart) return undefined;
    if (order === 0) return decode(postings.slice(lineStart + word.length + 1, end));
    low = end;
  }
  return undefined;
}

const space = 32;

/** In place, because a goal asks for dozens of words in thousands of files: cutting the words out cost more than finding them. */
function compareAt(postings: string, start: number, word: string): number {
  for (let position = 0; position < word.length; position += 1) {
    const difference = postings.charCodeAt(start + position) - word.charCodeAt(position);
    // The space that ends a shorter word sorts before every letter, as the end of a string does.
    if (difference !== 0) return difference;
  }
  return postings.charCodeAt(start + word.length) - space;
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
