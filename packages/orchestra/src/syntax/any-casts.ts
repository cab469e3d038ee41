import { ts } from 'ts-morph';
import { isSource, parseReadable, startLine } from './parse-source';

/** 1-based lines of `as any`, `<any>x`, `as never` and `as unknown as T`: places where a type was talked away. */
export function anyCasts(path: string, text: string): readonly number[] {
  if (!isSource(path)) return [];
  const source = parseReadable(path, text);
  const lines: number[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) && talksAway(node)) lines.push(startLine(source, node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

function talksAway(node: ts.AsExpression | ts.TypeAssertion): boolean {
  if (node.type.kind === ts.SyntaxKind.AnyKeyword || node.type.kind === ts.SyntaxKind.NeverKeyword) return true;
  return ts.isAsExpression(node.expression) && node.expression.type.kind === ts.SyntaxKind.UnknownKeyword;
}
