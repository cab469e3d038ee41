import { diffArrays } from 'diff';
import type { LocatedText } from './locate-text';
import { indentationOf, isRegular, mapIndentation } from './map-indentation';
import type { TextLine } from './text-lines';

/** Past this many differing lines a block counts as rewritten: finding the lines it kept would cost more than it tells. */
const longestDifference = 1000;

/** Languages in which moving a line sideways changes what it means. */
const readsIndentation = /\.(py|pyi|ya?ml|pug|haml|sass|styl|coffee|mk|nim|fs|hs)$|(^|\/)Makefile$/i;

export interface MergeInput {
  readonly path: string;
  /** The whole file. */
  readonly lines: readonly TextLine[];
  readonly located: LocatedText;
  /** Position of the edit in the reply. */
  readonly edit: number;
  readonly crlf: boolean;
}

/**
 * The lines that take the place of the located ones. What the reply repeats unchanged stays as the file has it, to the
 * byte: a tolerant match forgives how a line was quoted and must not rewrite it. `undefined` when indentation carries
 * meaning and differs irregularly, so that no placement of the new lines is certain.
 */
export function mergeLines(input: MergeInput): readonly TextLine[] | undefined {
  const { located, lines, edit, crlf } = input;
  const kept = lines.slice(located.start, located.start + located.count);
  const place = located.tolerance === 'indentation' ? placer(input, kept) : (line: string) => line;
  if (place === undefined) return undefined;
  const merged: TextLine[] = [];
  let position = 0;
  let offset = 0;
  for (const step of stepsBetween(located.find, located.with)) {
    if (step.added) {
      merged.push(...step.value.map((line) => ({ text: place(line, position), crlf, writtenBy: edit })));
      continue;
    }
    const span = located.spans.slice(position, position + step.value.length).reduce((sum, each) => sum + each, 0);
    if (!step.removed) merged.push(...kept.slice(offset, offset + span));
    position += step.value.length;
    offset += span;
  }
  return merged;
}

interface Step {
  readonly value: readonly string[];
  readonly added: boolean;
  readonly removed: boolean;
}

function stepsBetween(before: readonly string[], after: readonly string[]): readonly Step[] {
  const steps: readonly Step[] | undefined = diffArrays([...before], [...after], { maxEditLength: longestDifference });
  return steps ?? [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
}

function placer({ path, lines, located }: MergeInput, kept: readonly TextLine[]): ((line: string, position: number) => string) | undefined {
  const matched = located.find.flatMap((line, index) => {
    const actual = kept[index];
    return line.trim() === '' || actual === undefined ? [] : [{ proposed: indentationOf(line), actual: indentationOf(actual.text), index }];
  });
  const widths = [...located.find, ...located.with].filter((line) => line.trim() !== '').map((line) => indentationOf(line).length);
  const map = mapIndentation(matched, widths, unitOf(lines));
  if (readsIndentation.test(path) && !isRegular(matched, map)) return undefined;
  return (line, position) => {
    if (line.trim() === '') return '';
    const nearest = matched.findIndex((pair) => pair.index >= position);
    const indentation = indentationOf(line);
    return map(indentation, nearest < 0 ? matched.length - 1 : nearest) + line.slice(indentation.length);
  };
}

/** Columns of one level: the smallest indentation in the file, which is right wherever the file has a first level. */
function unitOf(lines: readonly TextLine[]): number {
  let unit = Infinity;
  for (const { text } of lines) {
    const width = indentationOf(text).length;
    if (width > 1 && width < unit && text.trim() !== '') unit = width;
  }
  return unit === Infinity ? 2 : unit;
}
