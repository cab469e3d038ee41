import { ts } from 'ts-morph';
import { isSource, lineAt, parseReadable } from './parse-source';

export interface CodeLeaf {
  /** Equal texts mean equal code, whatever the layout. */
  readonly text: string;
  /** Set for identifiers. */
  readonly name?: string;
  /** 1-based. */
  readonly line: number;
  /** Where its own text ends: texts and templates run over several lines. */
  readonly lastLine: number;
}

export interface CodeLeaves {
  readonly leaves: readonly CodeLeaf[];
  /** Names that the file itself declares. */
  readonly declared: ReadonlySet<string>;
}

/**
 * The syntax tree of a file as a flat sequence, with everything a formatter may touch left out: white space, quotes,
 * semicolons, trailing commas, superfluous parentheses, comments. Two files with equal sequences are the same program.
 * `undefined` for what is not JavaScript or TypeScript.
 */
export function codeLeaves(path: string, text: string): CodeLeaves | undefined {
  if (!isSource(path)) return undefined;
  const source = parseReadable(path, text);
  if (source.text !== text) return undefined;
  const leaves: CodeLeaf[] = [];
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (!ts.isParenthesizedExpression(node) && !ts.isEmptyStatement(node)) {
      leaves.push({ text: describe(node), ...nameOf(node), line: lineAt(source, node.getStart(source)), lastLine: lineAt(source, isText(node) ? node.end : node.getStart(source)) });
      const name = (node as { readonly name?: ts.Node }).name;
      if (name !== undefined && ts.isIdentifier(name) && isDeclaration(node)) declared.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return { leaves, declared };
}

/** A part of the tree in one line, equal for equal code whatever its layout. For comparing, not for reading. */
export function normalText(node: ts.Node): string {
  const texts: string[] = [];
  const visit = (each: ts.Node): void => {
    if (!ts.isParenthesizedExpression(each) && !ts.isEmptyStatement(each)) texts.push(describe(each));
    ts.forEachChild(each, visit);
  };
  visit(node);
  return texts.join(' ');
}

/** The same with texts, numbers, `true`, `false` and `null` left blank: equal for what differs only in such values. */
export function shapeText(node: ts.Node): string {
  const texts: string[] = [];
  const visit = (each: ts.Node): void => {
    if (isValue(each)) texts.push('value');
    else if (!ts.isParenthesizedExpression(each) && !ts.isEmptyStatement(each)) texts.push(describe(each));
    if (!isValue(each)) ts.forEachChild(each, visit);
  };
  visit(node);
  return texts.join(' ');
}

function isValue(node: ts.Node): boolean {
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  return ts.isLiteralExpression(node) || [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}

function isDeclaration(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) || ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node);
}

function isText(node: ts.Node): boolean {
  return ts.isJsxText(node) || ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node);
}

function nameOf(node: ts.Node): { readonly name?: string } {
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node) ? { name: node.text } : {};
}

/** What tells a node from others of its kind and is not a child of it. */
function describe(node: ts.Node): string {
  if (ts.isJsxText(node)) return `${node.kind}:${node.text.replace(/\s+/g, ' ').trim()}`;
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return `name:${node.text}`;
  if (ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node)) return `${node.kind}:${node.text}`;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return `${node.kind}:${node.operator}`;
  if (ts.isVariableDeclarationList(node)) return `${node.kind}:${node.flags & ts.NodeFlags.BlockScoped}`;
  if (ts.isHeritageClause(node)) return `${node.kind}:${node.token}`;
  if (ts.isTypeOperatorNode(node)) return `${node.kind}:${node.operator}`;
  return `${node.kind}`;
}
