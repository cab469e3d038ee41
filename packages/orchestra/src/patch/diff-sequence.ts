import { diffArrays } from 'diff';

export interface SequencePart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly values: readonly string[];
}

/**
 * The shortest way from one sequence of lines or tokens to another, removals before additions. `undefined` when it needs
 * more than `editsAtMost` edits: the cost grows with their square, so hostile input must be able to end the search.
 */
export function diffSequence(base: readonly string[], head: readonly string[], editsAtMost: number): readonly SequencePart[] | undefined {
  const { start, end } = commonEnds(base, head);
  const left = base.slice(start, base.length - end);
  const right = head.slice(start, head.length - end);
  const middle = left.length === 0 || right.length === 0 ? replaceAll(left, right) : shortest(left, right, editsAtMost);
  if (middle === undefined) return undefined;
  return [...part('same', base.slice(0, start)), ...middle, ...part('same', base.slice(base.length - end))];
}

function shortest(left: readonly string[], right: readonly string[], editsAtMost: number): readonly SequencePart[] | undefined {
  const parts = diffArrays([...left], [...right], { maxEditLength: editsAtMost });
  return parts?.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', values: value }));
}

function replaceAll(left: readonly string[], right: readonly string[]): readonly SequencePart[] {
  return [...part('removed', left), ...part('added', right)];
}

function part(kind: SequencePart['kind'], values: readonly string[]): readonly SequencePart[] {
  return values.length === 0 ? [] : [{ kind, values }];
}

function commonEnds(base: readonly string[], head: readonly string[]): { readonly start: number; readonly end: number } {
  const shorter = Math.min(base.length, head.length);
  let start = 0;
  while (start < shorter && base[start] === head[start]) start += 1;
  let end = 0;
  while (end < shorter - start && base[base.length - 1 - end] === head[head.length - 1 - end]) end += 1;
  return { start, end };
}
