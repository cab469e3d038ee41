import { ts } from 'ts-morph';
import { chunkLines, chunkPlainLines, joinSmallChunks, type Chunk } from './line-chunks';
import { nameOfNode } from './node-name';
import { endLine } from './parse-source';

interface Cut {
  readonly source: ts.SourceFile;
  readonly lines: readonly string[];
  readonly out: Chunk[];
}

/**
 * Tiles a file with chunks cut at declarations: every line is in exactly one. What is longer than the limit is
 * opened (function bodies, class members, object literals, JSX, switch cases) until the pieces fit, so that one
 * route factory of 5,000 lines comes apart into its handlers.
 */
export function chunkSource(source: ts.SourceFile, lines: readonly string[]): readonly Chunk[] {
  const cut: Cut = { source, lines, out: [] };
  tile(cut, source.statements, 1, lines.length, '');
  return joinSmallChunks(cut.out);
}

function tile(cut: Cut, nodes: readonly ts.Node[], from: number, to: number, name: string): void {
  let start = from;
  for (const [position, node] of nodes.entries()) {
    const last = position === nodes.length - 1;
    const end = last ? to : Math.min(to, endLine(cut.source, node));
    if (end < start) continue;
    piece(cut, node, start, end, nameOfNode(cut.source, node) ?? name);
    start = end + 1;
  }
  if (start <= to) cut.out.push(...chunkPlainLines(cut.lines, start, to, name));
}

function piece(cut: Cut, node: ts.Node, start: number, end: number, name: string): void {
  if (end - start < chunkLines.most) {
    cut.out.push({ start, end, name });
    return;
  }
  const inner = innerList(cut.source, node, name);
  if (inner === undefined) {
    cut.out.push(...chunkPlainLines(cut.lines, start, end, name));
    return;
  }
  tile(cut, inner.nodes, start, end, inner.name);
}

/** The list to open: down the child that holds most of the lines, to the first node with several parts. */
function innerList(source: ts.SourceFile, node: ts.Node, name: string): { nodes: readonly ts.Node[]; name: string } | undefined {
  let current: ts.Node | undefined = node;
  let currentName = name;
  while (current !== undefined) {
    const parts = partsOf(current);
    if (parts.length > 1 && endLine(source, parts[0] ?? current) < endLine(source, current)) return { nodes: parts, name: currentName };
    current = longestChild(current);
    if (current !== undefined) currentName = nameOfNode(source, current) ?? currentName;
  }
  return undefined;
}

function longestChild(node: ts.Node): ts.Node | undefined {
  let best: ts.Node | undefined;
  ts.forEachChild(node, (child) => {
    if (best === undefined || child.end - child.pos > best.end - best.pos) best = child;
  });
  return best;
}

function partsOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isBlock(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node)) return node.statements;
  if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isTypeLiteralNode(node)) return node.members;
  if (ts.isObjectLiteralExpression(node)) return node.properties;
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  if (ts.isCaseBlock(node)) return node.clauses;
  if (ts.isJsxElement(node) || ts.isJsxFragment(node)) return node.children;
  if (ts.isIfStatement(node) && node.elseStatement !== undefined) return [node.thenStatement, node.elseStatement];
  if (ts.isTryStatement(node)) return [node.tryBlock, ...[node.catchClause, node.finallyBlock].filter((part) => part !== undefined)];
  return [];
}
