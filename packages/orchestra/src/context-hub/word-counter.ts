import { findCompounds, splitWords } from './split-words';
import { textFields, type TextField } from './file-index';
import { hashBigram } from './bigram-hash';
import { writeEntries } from './sorted-entries';
import { buildSieve } from './word-sieve';

interface SplitText {
  readonly words: readonly string[];
  readonly compounds: readonly string[];
}

interface WordCounts {
  readonly byField: number[];
  readonly byChunk: Map<number, number>;
}

/** Counts words by field and chunk, and the pairs of neighbours inside one identifier or literal. */
export class WordCounter {
  private readonly words = new Map<string, WordCounts>();
  private readonly pairs = new Set<string>();
  private readonly split = new Map<string, SplitText>();
  readonly lengths = textFields.map(() => 0);
  readonly chunkLengths: number[];

  constructor(chunkCount: number) {
    this.chunkLengths = Array.from({ length: chunkCount }, () => 0);
  }

  add(field: TextField, chunk: number, text: string): void {
    const position = textFields.indexOf(field);
    const { words, compounds } = this.splitText(text);
    let previous: string | undefined;
    for (const word of words) {
      this.count(word, position, chunk);
      if (previous !== undefined && previous !== word) this.pairs.add(hashBigram(previous, word));
      previous = word;
    }
    for (const compound of compounds) this.count(compound, position, chunk);
  }

  /** Identifiers repeat; long literals and comments do not. */
  private splitText(text: string): SplitText {
    const known = text.length > 60 ? undefined : this.split.get(text);
    if (known !== undefined) return known;
    const split = { words: splitWords(text), compounds: findCompounds(text) };
    if (text.length <= 60) this.split.set(text, split);
    return split;
  }

  private count(word: string, field: number, chunk: number): void {
    let counts = this.words.get(word);
    if (counts === undefined) this.words.set(word, (counts = { byField: textFields.map(() => 0), byChunk: new Map() }));
    counts.byField[field] = (counts.byField[field] ?? 0) + 1;
    counts.byChunk.set(chunk, (counts.byChunk.get(chunk) ?? 0) + 1);
    this.lengths[field] = (this.lengths[field] ?? 0) + 1;
    this.chunkLengths[chunk] = (this.chunkLengths[chunk] ?? 0) + 1;
  }

  postings(): string {
    return writeEntries([...this.words].map(([word, counts]) => [word, posting(counts)] as const));
  }

  sieve(): string {
    return buildSieve([...this.words.keys()]);
  }

  bigrams(): string {
    return [...this.pairs].sort().join('');
  }
}

function posting(counts: WordCounts): string {
  const fields = counts.byField.map((count) => (count === 0 ? '' : count.toString(36))).join(',');
  const chunks = [...counts.byChunk].sort(([a], [b]) => a - b).map(([chunk, count]) => `${chunk.toString(36)}.${count.toString(36)}`);
  return `${fields} ${chunks.join(' ')}`;
}
