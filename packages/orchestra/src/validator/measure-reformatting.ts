import type { ChangedFile, Policy } from '../model';
import { countEdits } from '../patch/count-edits';
import { diffSequence } from '../patch/diff-sequence';
import { codeLeaves, type CodeLeaf } from '../syntax/code-leaves';
import { classifyPath } from './classify-path';
import { measureFile } from './measure-change';

/** Below this many lines of pure style nobody loses sight of the change. */
const noticeable = 20;
/** A rewrite, not a reformatting: exact counts are not worth their cost. */
const editsCompared = 1000;
const editsCounted = 4000;

export interface Reformatting {
  /** Changed lines that carry no change of the program. */
  readonly styleLines: number;
  readonly realLines: number;
}

/**
 * A file whose diff is mostly style: white space and line endings in any language; quotes, semicolons and wrapping as well
 * in JavaScript and TypeScript, where the two programs are compared and not their layout. `undefined` when style
 * does not outweigh the change.
 */
export function measureReformatting(change: ChangedFile, policy: Policy): Reformatting | undefined {
  if (typeof change.base !== 'string' || typeof change.head !== 'string' || classifyPath(change.path, policy) === 'prose') return undefined;
  const { added, removed, churn } = measureFile(change, policy);
  if (added + removed + churn < noticeable) return undefined;
  const counted = saying(change.base, change.head);
  const realLines = counted < noticeable ? counted : Math.min(counted, programLines(change.path, change.base, change.head) ?? counted);
  const styleLines = counted + churn - realLines;
  return styleLines >= noticeable && styleLines > realLines ? { styleLines, realLines } : undefined;
}

const bracketsOnly = /^[{}()[\];,<>/]*$/;
const commentLine = /^(\/\/|\/?\*|#|<!--|\{\/\*|--)/;

/** Changed lines that could be style: a comment is somebody's words, and a lone bracket belongs to the line before it. */
function saying(base: string, head: string): number {
  const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.replace(/\s+/g, '')).filter((line) => !bracketsOnly.test(line) && !commentLine.test(line));
  const { added, removed } = countEdits(linesOf(base), linesOf(head), editsCounted);
  return added + removed;
}

/** Lines, on both sides, that hold a changed part of the program; comments do not count. */
function programLines(path: string, base: string, head: string): number | undefined {
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
  return lines.before.size + lines.after.size;
}

function addLines(lines: Set<number>, leaves: readonly CodeLeaf[]): void {
  for (const leaf of leaves) for (let line = leaf.line; line <= leaf.lastLine; line += 1) lines.add(line);
}
