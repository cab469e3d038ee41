import type { ChangedFile, Policy } from '../model';
import { countEdits } from '../patch/count-edits';
import { diffSequence } from '../patch/diff-sequence';
import { codeLeaves, type CodeLeaf } from '../syntax/code-leaves';
import { classifyPath } from './classify-path';
import { nestedLines } from './nested-lines';
import { measureLines, type LineCounts } from './measure-lines';

/** Below this many lines of pure style nobody loses sight of the change. */
const noticeable = 20;
/** A rewrite, not a reformatting: exact counts are not worth their cost. */
const editsCompared = 1000;
const editsCounted = 4000;

interface Sides {
  readonly added: number;
  readonly removed: number;
}

export interface Reformatting extends Sides {
  /** Changed lines that carry no change of the program. */
  readonly styleLines: number;
  /** Added and removed ones together. */
  readonly realLines: number;
}

/**
 * A file whose diff is mostly style: white space and line endings in any language; quotes, semicolons and wrapping as well
 * in JavaScript and TypeScript, where the two programs are compared and not their layout. `undefined` when style
 * does not outweigh the change.
 */
export function measureReformatting(change: ChangedFile, policy: Policy): Reformatting | undefined {
  if (typeof change.base !== 'string' || typeof change.head !== 'string' || classifyPath(change.path, policy) === 'prose') return undefined;
  if (!known.has(change)) known.set(change, measure(change.path, change.base, change.head, measureLines(change)));
  return known.get(change);
}

/** Sizes and both laws ask for the same, and the programs are compared leaf by leaf. */
const known = new WeakMap<ChangedFile, Reformatting | undefined>();

function measure(path: string, base: string, head: string, { added, removed, churn }: LineCounts): Reformatting | undefined {
  if (added + removed + churn < noticeable) return undefined;
  const counted = saying(base, head);
  const countedLines = counted.added + counted.removed;
  const program = countedLines < noticeable ? undefined : programLines(path, base, head);
  const real = program !== undefined && program.added + program.removed < countedLines ? program : counted;
  const realLines = real.added + real.removed;
  const styleLines = countedLines + churn - realLines;
  if (styleLines < noticeable || styleLines <= realLines) return undefined;
  // Worth its cost only now: what a change nests deeper has to move, and is nobody's reformatting.
  const chosen = styleLines - nestedLines(base, head);
  return chosen >= noticeable && chosen > realLines ? { styleLines: chosen, realLines, ...real } : undefined;
}

const bracketsOnly = /^[{}()[\];,<>/]*$/;
const commentLine = /^(\/\/|\/?\*|#|<!--|\{\/\*|--)/;

/** Changed lines that could be style: a comment is somebody's words, and a lone bracket belongs to the line before it. */
function saying(base: string, head: string): Sides {
  const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.replace(/\s+/g, '')).filter((line) => !bracketsOnly.test(line) && !commentLine.test(line));
  const { added, removed } = countEdits(linesOf(base), linesOf(head), editsCounted);
  return { added, removed };
}

/** Lines, on both sides, that hold a changed part of the program; comments do not count. */
function programLines(path: string, base: string, head: string): Sides | undefined {
  const before = codeLeaves(path, base)?.leaves;
  const after = codeLeaves(path, head)?.leaves;
  if (before === undefined || after === undefined) return undefined;
  const parts = diffSequence(before.map((leaf) => leaf.text), after.map((leaf) => leaf.text), editsCompared);
  if (parts === undefined) return undefined;
  const lines = { before: new Set<number>(), after: new Set<number>() };
  let left = 0;
  let right = 0;
  for (const { kind, values } of parts) {
    if (kind === 'removed') addLines(lines.before, before.slice(left, left + values.length));
    if (kind === 'added') addLines(lines.after, after.slice(right, right + values.length));
    if (kind !== 'added') left += values.length;
    if (kind !== 'removed') right += values.length;
  }
  return { added: lines.after.size, removed: lines.before.size };
}

function addLines(lines: Set<number>, leaves: readonly CodeLeaf[]): void {
  for (const leaf of leaves) for (let line = leaf.line; line <= leaf.lastLine; line += 1) lines.add(line);
}
