import { ts } from 'ts-morph';
import { placeOf, type Place } from './enclosing-place';
import { endLine, startLine } from './parse-source';
import { bindingOf } from './scopes';
import type { SourceView } from './source-view';

/** A decision that hangs on one thing in the data, named in the code. */
export interface SpecialCase {
  readonly value: string;
  readonly place: Place;
  readonly range: readonly [number, number];
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const others = [/^[0-9a-f]{24}$/i, /^[0-9A-HJKMNP-TV-Z]{26}$/, /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/, /^(cus|sub|pi|price|prod|acct|usr|user|org|tnt)_[A-Za-z0-9]{8,}$/];
const nobody = /^[0f-]+$/i;

/** Ids and addresses that code compares with, looks up in a list, or switches over. */
export function specialCases({ tree }: SourceView): readonly SpecialCase[] {
  if (tree === undefined) return [];
  const found: SpecialCase[] = [];
  const visit = (node: ts.Node): void => {
    for (const value of comparedWith(node)) found.push({ value, place: placeOf(node, tree), range: [startLine(tree, node), endLine(tree, node)] });
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

const equalities = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);
const lookups = new Set(['includes', 'has', 'indexOf', 'some', 'find', 'startsWith', 'endsWith', 'eq', 'neq', 'equals', 'localeCompare', 'test', 'match']);

function comparedWith(node: ts.Node): readonly string[] {
  if (ts.isBinaryExpression(node) && equalities.has(node.operatorToken.kind)) return [...idsIn(node.left), ...idsIn(node.right)];
  if (ts.isCaseClause(node)) return idsIn(node.expression);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || !lookups.has(node.expression.name.text)) return [];
  return [...idsIn(node.expression.expression), ...node.arguments.flatMap((argument) => idsIn(argument))];
}

/** Of a literal, of a list, a set or an object of them, and of the variable that holds one. */
function idsIn(node: ts.Expression, steps = 4): readonly string[] {
  if (steps === 0) return [];
  const inner = (next: ts.Expression): readonly string[] => idsIn(next, steps - 1);
  if (ts.isStringLiteralLike(node)) return isId(node.text) ? [node.text] : [];
  if (ts.isRegularExpressionLiteral(node)) return /[0-9a-f]{8}-[0-9a-f]{4}-/i.test(node.text) ? [node.text] : [];
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return inner(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(inner);
  if (ts.isNewExpression(node)) return (node.arguments ?? []).flatMap(inner);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) return inner(node.expression.expression);
  if (!ts.isIdentifier(node)) return [];
  const binding = bindingOf(node.text, node);
  return binding !== undefined && ts.isVariableDeclaration(binding) && binding.initializer !== undefined ? inner(binding.initializer) : [];
}

function isId(text: string): boolean {
  return !nobody.test(text) && (uuid.test(text) || others.some((pattern) => pattern.test(text)));
}
