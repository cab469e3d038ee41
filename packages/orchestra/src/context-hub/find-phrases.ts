import type { TextAt } from '../syntax/source-survey';
import type { LineOf } from './line-counter';

const shortest = 8;
const longest = 160;

/** How a literal and a goal's text are made comparable. */
export function normalisePhrase(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Literals of two words or more that a person could have read on a screen or in a log. */
export function findPhrases(strings: readonly TextAt[], lineOf: LineOf): readonly (readonly [string, number])[] {
  const lines = new Map<string, number>();
  for (const { text, position } of strings) {
    const phrase = normalisePhrase(text.slice(0, longest * 2));
    if (phrase.length < shortest || phrase.length > longest || !readable(phrase) || lines.has(phrase)) continue;
    lines.set(phrase, lineOf(position));
  }
  return [...lines];
}

/** Tailwind class lists and SQL are literals of many words too; neither is read on a screen. */
function readable(phrase: string): boolean {
  const words = phrase.split(' ');
  if (words.length < 2 || /^(?:select|insert|update|delete|create|alter) /.test(phrase)) return false;
  const plain = words.filter((word) => /^[("'[]?[a-z][a-z']*[)"'\].,:;!?…]*$/.test(word)).length;
  return plain * 2 > words.length && !words.some((word) => /^(?:flex|grid|text|bg|px|py|mt|mb|w|h|rounded|border)-/.test(word));
}

/** `[Name]` or `[Name Two]` at the beginning of a literal. */
export function findLogPrefixes(strings: readonly TextAt[], lineOf: LineOf): readonly (readonly [string, number])[] {
  return strings.flatMap(({ text, position }) => {
    const prefix = /^\s*(?:\S{1,3}\s*)?(\[[A-Z][\w .:/-]{1,40}\])/.exec(text)?.[1];
    return prefix === undefined ? [] : [[prefix, lineOf(position)] as const];
  });
}
