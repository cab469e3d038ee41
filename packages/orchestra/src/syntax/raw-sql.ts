import { ts } from 'ts-morph';
import { enclosingFunction, placeOf, type Place } from './enclosing-place';
import { endLine, startLine } from './parse-source';
import { bindingOf } from './scopes';
import type { SourceView } from './source-view';

/** SQL text that is handed to a `query` method. */
export interface RawSql {
  readonly tables: readonly string[];
  readonly sql: string;
  readonly place: Place;
  readonly range: readonly [number, number];
}

const tableName = /\b(?:from|join|update|into)\s+(?:only\s+)?["'`]?([a-z_][\w.]*|\$\{[^}]*\})/gi;

/** Every statement whose text stands in the file: as a literal, a template, or a variable that was given one. */
export function rawSql(view: SourceView): readonly RawSql[] {
  const source = view.tree;
  if (source === undefined || !/\.query\s*\(/.test(view.text)) return [];
  const found: RawSql[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'query') {
      const [first] = node.arguments;
      const sql = first === undefined ? undefined : sqlText(first);
      const tables = sql === undefined ? [] : [...sql.matchAll(tableName)].map((match) => (match[1] ?? '').replace(/^\$\{(.*)\}$/, '$1').replace(/^public\./, ''));
      if (sql !== undefined && tables.length > 0) found.push({ sql, tables: [...new Set(tables)], place: placeOf(node, source), range: [startLine(source, node), endLine(source, node)] });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function sqlText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return node.getText();
  if (ts.isBinaryExpression(node)) return `${sqlText(node.left) ?? ''} ${sqlText(node.right) ?? ''}`;
  if (!ts.isIdentifier(node)) return undefined;
  const binding = bindingOf(node.text, node);
  if (binding === undefined || !ts.isVariableDeclaration(binding) || binding.initializer === undefined) return undefined;
  const start = sqlText(binding.initializer);
  return start === undefined ? undefined : [start, ...appended(node)].join(' ');
}

/** `sql += …` anywhere in the function. */
function appended(name: ts.Identifier): readonly string[] {
  const parts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken && ts.isIdentifier(node.left) && node.left.text === name.text) parts.push(node.right.getText());
    ts.forEachChild(node, visit);
  };
  visit(enclosingFunction(name));
  return parts;
}
