import { diffSequence } from '../patch/diff-sequence';

/** A rewrite: nobody looks for moved indentation in it. */
const editsCompared = 2000;

/**
 * Lines, on both sides, that moved in or out because a change put brackets or a tag around them, or took them away. They are no
 * reformatting: no formatter would leave them as they were. Depth is counted by brackets, on both sides alike, so that
 * those in texts and comments cancel out.
 */
export function nestedLines(base: string, head: string): number {
  const [before, after] = [base.split('\n'), head.split('\n')];
  const parts = diffSequence(before.map(trimmed), after.map(trimmed), editsCompared) ?? [];
  let count = 0;
  let deeper = 0;
  let [left, right] = [0, 0];
  for (const { kind, values } of parts) {
    for (const text of values) {
      const shift = kind === 'same' ? indent(after[right]) - indent(before[left]) : 0;
      if (text !== '' && shift !== 0 && Math.sign(shift) === Math.sign(deeper)) count += 2;
      if (kind === 'added') deeper += opens(text);
      if (kind === 'removed') deeper -= opens(text);
      if (kind !== 'added') left += 1;
      if (kind !== 'removed') right += 1;
    }
  }
  return count;
}

function trimmed(line: string): string {
  return line.trim();
}

function indent(line = ''): number {
  return line.length - line.trimStart().length;
}

/** Brackets and tags that a line opens and does not close. */
function opens(line: string): number {
  const count = (pattern: RegExp): number => line.match(pattern)?.length ?? 0;
  return count(/[({[]/g) - count(/[)}\]]/g) + count(/<[A-Za-z]/g) - count(/<\/|\/>/g);
}
