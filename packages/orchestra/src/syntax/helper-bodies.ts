import { ts } from 'ts-morph';
import { assertionImports, assertionOf } from './assertions';
import { isSource, parseReadable, startLine, endLine } from './parse-source';

/** A named function of a file that tests lean on. */
export interface HelperBody {
  readonly name: string;
  /** Assertions and throws, functions inside it included. */
  readonly assertions: number;
  readonly statements: number;
  readonly range: readonly [number, number];
}

/** Functions by name, methods by `Class.method` left out: what tests import are functions. */
export function helperBodies(path: string, text: string): readonly HelperBody[] {
  if (!isSource(path)) return [];
  const source = parseReadable(path, text);
  const imports = assertionImports(source);
  const found: HelperBody[] = [];
  const visit = (node: ts.Node): void => {
    const named = namedFunction(node);
    if (named !== undefined) found.push({ name: named.name, assertions: speaking(named.body, source, imports), statements: statementsOf(named.body), range: [startLine(source, node), endLine(source, node)] });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function namedFunction(node: ts.Node): { readonly name: string; readonly body: ts.ConciseBody } | undefined {
  if (ts.isFunctionDeclaration(node) && node.name !== undefined && node.body !== undefined) return { name: node.name.text, body: node.body };
  const value = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? node.initializer : undefined;
  const name = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) ? node.name : undefined;
  if (value === undefined || name === undefined || !ts.isIdentifier(name)) return undefined;
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? { name: name.text, body: value.body } : undefined;
}

function statementsOf(body: ts.ConciseBody): number {
  if (ts.isBlock(body)) return body.statements.length;
  return body.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(body) && body.text === 'undefined') || ts.isVoidExpression(body) ? 0 : 1;
}

function speaking(body: ts.Node, source: ts.SourceFile, imports: ReadonlySet<string>): number {
  let count = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node)) count += 1;
    const assertion = ts.isCallExpression(node) ? assertionOf(node, source, imports) : undefined;
    if (assertion !== undefined && assertion.strength > 0) count += 1;
    if (assertion === undefined) ts.forEachChild(node, visit);
  };
  visit(body);
  return count;
}
