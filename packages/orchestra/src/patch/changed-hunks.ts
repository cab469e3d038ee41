import { diffSequence } from './diff-sequence';
import { proposedLines } from './text-lines';

/** Base lines that a change removes or rewrites, 1-based; `count` 0 is an insertion after line `start`. */
export interface ChangedHunk {
  readonly start: number;
  readonly count: number;
}

/** Enough for any fix a person reads; a file rewritten beyond it is one hunk. */
const mostEdits = 1500;

/** Where a change touches the base text, whitespace ignored: a reindented block is no change. */
export function changedHunks(base: string, head: string): readonly ChangedHunk[] {
  const before = bareLines(base);
  const parts = diffSequence(before, bareLines(head), mostEdits);
  if (parts === undefined) return [{ start: 1, count: before.length }];
  const hunks: ChangedHunk[] = [];
  let line = 1;
  let open = false;
  for (const { kind, values } of parts) {
    if (kind === 'same') open = false;
    else if (kind === 'removed') hunks.push({ start: line, count: values.length });
    else if (!open) hunks.push({ start: line - 1, count: 0 });
    if (kind !== 'same') open = true;
    if (kind !== 'added') line += values.length;
  }
  return hunks;
}

function bareLines(text: string): readonly string[] {
  return proposedLines(text).map((line) => line.replace(/\s+/g, ''));
}
