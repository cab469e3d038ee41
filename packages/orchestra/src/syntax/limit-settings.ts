import { ts } from 'ts-morph';
import { largest } from './limiters';
import { isSource, startLine } from './parse-source';
import type { SourceView } from './source-view';

/** A number, or a switch, that is set under a name: `RATE_LIMIT_MAX=120`, `rateLimit: { max: 120 }`. */
export interface NamedSetting {
  /** Keys on the way, joined by dots. */
  readonly name: string;
  readonly value: number | boolean;
  readonly line: number;
}

/** Settings whose name, or that of something around them, `concerns` accepts. Code by its syntax; environment files, YAML and JSON line by line. */
export function namedSettings(view: SourceView, concerns: (name: string) => boolean): readonly NamedSetting[] {
  return isSource(view.path) ? inSource(view, concerns) : inText(view.text, concerns);
}

const settingLine = /^\s*(?:-\s*|export\s+|ENV\s+)?["']?([A-Za-z_][\w.-]*)["']?\s*(?:=|:(?=\s))\s*["']?(?:\$\{\w+:?-)?(\d[\d_]*|true|false)\b/;

function inText(text: string, concerns: (name: string) => boolean): readonly NamedSetting[] {
  return text.split('\n').flatMap((line, index) => {
    const [, name = '', value = ''] = settingLine.exec(line.slice(0, 500)) ?? [];
    if (name === '' || !concerns(name)) return [];
    return [{ name, value: value === 'true' || value === 'false' ? value === 'true' : Number(value.replaceAll('_', '')), line: index + 1 }];
  });
}

function inSource({ tree }: SourceView, concerns: (name: string) => boolean): readonly NamedSetting[] {
  if (tree === undefined) return [];
  const found: NamedSetting[] = [];
  const add = (keys: readonly string[], value: ts.Expression, node: ts.Node): void => {
    const name = keys.join('.');
    const said = value.kind === ts.SyntaxKind.TrueKeyword ? true : value.kind === ts.SyntaxKind.FalseKeyword ? false : largest(value);
    if (said !== undefined && concerns(name)) found.push({ name, value: said, line: startLine(tree, node) });
  };
  const visit = (node: ts.Node, keys: readonly string[]): void => {
    const inner = [...keys, ...keyOf(node)];
    const value = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) ? node.initializer : ts.isBinaryExpression(node) && isFallback(node) ? node.right : undefined;
    if (value !== undefined && inner.length > keys.length) add(ts.isBinaryExpression(node) ? inner.slice(keys.length) : inner, value, node);
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(tree, []);
  return found;
}

function keyOf(node: ts.Node): readonly string[] {
  if (ts.isBinaryExpression(node)) return isFallback(node) ? environmentName(node.left) : [];
  if (!ts.isPropertyAssignment(node) && !ts.isVariableDeclaration(node)) return [];
  return ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name) ? [node.name.text] : [];
}

function isFallback({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.BarBarToken || operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken;
}

/** `process.env.X ?? 120`, also inside `Number(…)`. */
function environmentName(node: ts.Expression): readonly string[] {
  const name = /\benv(?:\.|\[['"])(\w+)/.exec(node.getText())?.[1];
  return name === undefined ? [] : [name];
}
