import { ts } from 'ts-morph';
import { endLine, startLine } from './parse-source';
import { routeOfCall } from './node-name';

/** Where a node stands, in words that survive reordering and reformatting. */
export interface Place {
  /** Name of the enclosing function, `METHOD path` of the enclosing route, or `module`. */
  readonly name: string;
  /** Lines of that function or route, 1-based, inclusive. */
  readonly range: readonly [number, number];
}

/** The nearest enclosing thing with a name. Anonymous callbacks belong to whoever passes them. */
export function placeOf(node: ts.Node, source: ts.SourceFile): Place {
  for (let each: ts.Node | undefined = node.parent; each !== undefined && !ts.isSourceFile(each); each = each.parent) {
    const name = nameOfPlace(each, node);
    if (name !== undefined) return { name, range: [startLine(source, each), endLine(source, each)] };
  }
  return { name: 'module', range: [1, endLine(source, source)] };
}

function nameOfPlace(node: ts.Node, inside: ts.Node): string | undefined {
  if (ts.isCallExpression(node)) {
    const route = routeOfCall(node);
    const within = node.arguments.some((argument) => argument.pos <= inside.pos && inside.end <= argument.end);
    return route !== undefined && within ? `${route.method} ${route.path}` : undefined;
  }
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isGetAccessorDeclaration(node) || ts.isSetAccessorDeclaration(node)) return textOf(node.name);
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return textOf(parent.name);
  return ts.isFunctionExpression(node) ? textOf(node.name) : undefined;
}

function textOf(name: ts.Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  return ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** The function a node runs in, or the file. */
export function enclosingFunction(node: ts.Node): ts.Node {
  let each: ts.Node = node;
  while (each.parent !== undefined) {
    each = each.parent;
    if (ts.isFunctionLike(each)) return each;
  }
  return each;
}
