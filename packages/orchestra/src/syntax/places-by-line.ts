import { ts } from 'ts-morph';
import { placeOf, type Place } from './enclosing-place';
import { startLine } from './parse-source';
import type { SourceView } from './source-view';

/** The place of whatever begins on a line; `file` where there is no syntax tree. The tree is walked on the first question. */
export function placesByLine(view: SourceView): (line: number) => Place {
  let places: ReadonlyMap<number, Place> | undefined;
  return (line) => (places ??= readPlaces(view)).get(line) ?? { name: 'file', range: [line, line] };
}

function readPlaces(view: SourceView): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  const source = view.tree;
  if (source === undefined) return places;
  const visit = (node: ts.Node): void => {
    const line = startLine(source, node);
    if (!ts.isSourceFile(node) && (ts.isStringLiteralLike(node) || !places.has(line))) places.set(line, placeOf(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}
