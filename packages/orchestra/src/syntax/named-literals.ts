import { ts } from 'ts-morph';
import { placeOf, type Place } from './enclosing-place';
import { startLine } from './parse-source';
import type { SourceView } from './source-view';

/** A string literal that is given to a name: `const apiKey = '…'`, `{ password: '…' }`, `this.token = '…'`. */
export interface NamedLiteral {
  readonly name: string;
  readonly value: string;
  readonly place: Place;
  readonly line: number;
}

export function namedLiterals(view: SourceView): readonly NamedLiteral[] {
  const source = view.tree;
  if (source === undefined) return [];
  const found: NamedLiteral[] = [];
  const visit = (node: ts.Node): void => {
    const name = nameOf(node);
    const value = valueOf(node);
    if (name !== undefined && value !== undefined) found.push({ name, value, place: placeOf(node, source), line: startLine(source, node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function nameOf(node: ts.Node): string | undefined {
  if ((ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name))) return node.name.text;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  if (ts.isIdentifier(node.left)) return node.left.text;
  return ts.isPropertyAccessExpression(node.left) ? node.left.name.text : undefined;
}

function valueOf(node: ts.Node): string | undefined {
  const value = ts.isBinaryExpression(node) ? node.right : (node as { readonly initializer?: ts.Expression }).initializer;
  return value !== undefined && ts.isStringLiteralLike(value) ? value.text : undefined;
}
