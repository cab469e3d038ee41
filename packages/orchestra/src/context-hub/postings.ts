import type { FileIndex } from './file-index';
import { readEntry } from './sorted-entries';
import { sieveProbe } from './word-sieve';

export interface Posting {
  /** By text field. */
  readonly byField: readonly number[];
  /** Chunk position and count. */
  readonly byChunk: readonly (readonly [number, number])[];
}

/** Asks many files for one word. */
export function postingFinder(word: string): (index: Pick<FileIndex, 'postings' | 'sieve'>) => Posting | undefined {
  const mayHold = sieveProbe(word);
  return ({ postings, sieve }) => (mayHold(sieve) ? findPosting(postings, word) : undefined);
}

/** Looks one word up without decoding the rest. */
export function findPosting(postings: string, word: string): Posting | undefined {
  const entry = readEntry(postings, word);
  return entry === undefined ? undefined : decode(entry);
}

function decode(entry: string): Posting {
  const [fields = '', ...chunks] = entry.split(' ');
  return {
    byField: fields.split(',').map((count) => (count === '' ? 0 : parseInt(count, 36))),
    byChunk: chunks.map((chunk) => {
      const dot = chunk.indexOf('.');
      return [parseInt(chunk.slice(0, dot), 36), parseInt(chunk.slice(dot + 1), 36)] as const;
    }),
  };
}
