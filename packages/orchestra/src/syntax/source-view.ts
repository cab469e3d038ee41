import type { ts } from 'ts-morph';
import { isSource, isTooDeep, parseWithParents } from './parse-source';

/** One side of a changed file. The tree is parsed on first use, once, and shared by every question asked about it. */
export interface SourceView {
  readonly path: string;
  readonly text: string;
  /** Absent for what is not JavaScript or TypeScript, and for a text on which the parser gave up. */
  readonly tree: ts.SourceFile | undefined;
  /** Set when the parser gave up: expressions nested deeper than its stack. */
  readonly unreadable: boolean;
}

export function viewSource(path: string, text: string): SourceView {
  let parsed: { readonly tree: ts.SourceFile | undefined; readonly unreadable: boolean } | undefined;
  const parse = (): { readonly tree: ts.SourceFile | undefined; readonly unreadable: boolean } => (parsed ??= parseSafely(path, text));
  return {
    path,
    text,
    get tree() {
      return parse().tree;
    },
    get unreadable() {
      return parse().unreadable;
    },
  };
}

/** Deeper nesting than this is generated or hostile; the parser would survive some of it, and the walkers after it would not. */
const nestingAllowed = 400;

function parseSafely(path: string, text: string): { readonly tree: ts.SourceFile | undefined; readonly unreadable: boolean } {
  if (!isSource(path)) return { tree: undefined, unreadable: false };
  if (deepestNesting(text) > nestingAllowed) return { tree: undefined, unreadable: true };
  try {
    const tree = parseWithParents(path, text);
    return isTooDeep(tree) ? { tree: undefined, unreadable: true } : { tree, unreadable: false };
  } catch (error) {
    if (error instanceof RangeError) return { tree: undefined, unreadable: true };
    throw error;
  }
}

/** By brackets alone, strings included: an upper bound is enough to refuse, and costs one pass. */
function deepestNesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 40 || code === 91 || code === 123) deepest = Math.max(deepest, (depth += 1));
    else if (code === 41 || code === 93 || code === 125) depth = Math.max(0, depth - 1);
  }
  return deepest;
}
