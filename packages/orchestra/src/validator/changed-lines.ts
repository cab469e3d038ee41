import type { ChangedFile } from '../model';
import { diffSequence } from '../patch/diff-sequence';

const editsCompared = 1000;

/** Lines of head (1-based) that the diff changes, or at which it takes something away; white space aside. */
export function changedLines({ base, head }: ChangedFile): ReadonlySet<number> {
  const changed = new Set<number>();
  if (typeof head !== 'string') return changed;
  const after = linesOf(head);
  const parts = typeof base === 'string' ? diffSequence(linesOf(base), after, editsCompared) : undefined;
  if (parts === undefined) return new Set(after.map((_, index) => index + 1));
  let line = 1;
  for (const { kind, values } of parts) {
    if (kind === 'removed') changed.add(line);
    else if (kind === 'added') values.forEach((_, index) => changed.add(line + index));
    if (kind !== 'removed') line += values.length;
  }
  return changed;
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/\s+/g, ''));
}
