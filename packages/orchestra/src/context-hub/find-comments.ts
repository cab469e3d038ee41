import type { TextAt } from '../syntax/source-survey';

const comment = /\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** Comments are no nodes of the tree, so they are found in the text, outside the string literals the tree knows. */
export function findComments(text: string, strings: readonly TextAt[]): readonly TextAt[] {
  const found: TextAt[] = [];
  let next = 0;
  for (const match of text.matchAll(comment)) {
    while (next < strings.length && endOf(strings[next]) <= match.index) next += 1;
    const literal = strings[next];
    if (literal !== undefined && literal.position <= match.index) continue;
    found.push({ text: match[0], position: match.index });
  }
  return found;
}

function endOf(literal: TextAt | undefined): number {
  return literal === undefined ? 0 : literal.position + literal.text.length + 2;
}
