import type { ChangedFile } from '../model';
import { countEdits } from '../patch/count-edits';

/**
 * Above this many changed lines the exact count no longer matters to any limit, and finding it costs the square of it.
 * The count given then is the upper bound: an estimate that erred low would let shuffled files through.
 */
const exactUpTo = 4000;

export interface LineCounts {
  readonly added: number;
  readonly removed: number;
  /** Lines that differ only in white space or line endings. */
  readonly churn: number;
}

const known = new WeakMap<ChangedFile, LineCounts>();

/** Changed lines in any language, white space and blank lines aside. Remembered per change: sizes and laws ask for the same. */
export function measureLines(change: ChangedFile): LineCounts {
  const counts = known.get(change) ?? count(change);
  known.set(change, counts);
  return counts;
}

function count(change: ChangedFile): LineCounts {
  const base = linesOf(change.base);
  const head = linesOf(change.head);
  const { added, removed } = countEdits(withoutWhitespace(base), withoutWhitespace(head), exactUpTo);
  const plain = countEdits(base, head, exactUpTo);
  return { added, removed, churn: Math.max(0, plain.added + plain.removed - added - removed) };
}

function linesOf(text: string | null | undefined): readonly string[] {
  if (text === null || text === undefined || text === '') return [];
  const lines = text.split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}

function withoutWhitespace(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/\s+/g, '')).filter((line) => line !== '');
}
