import { ts } from 'ts-morph';
import { endLine, startLine } from './parse-source';
import { placeOf } from './enclosing-place';
import { normalText } from './code-leaves';
import { bindingOf } from './scopes';
import type { SourceView } from './source-view';

/** A rate limiter as it is made. */
export interface LimiterFact {
  /** The variable or property it is kept in, or what makes it. */
  readonly name: string;
  /** Requests let through per window; the largest of several possible values. */
  readonly max?: number;
  readonly windowMs?: number;
  /** Options that let requests pass uncounted, with their text. */
  readonly exceptions: Readonly<Record<string, string>>;
  readonly range: readonly [number, number];
}

const maxKeys = new Set(['max', 'limit', 'points', 'maxRequests', 'tokensPerInterval', 'maxAttempts', 'requests']);
const windowKeys = new Map([['windowMs', 1], ['window', 1], ['interval', 1], ['duration', 1000], ['windowSeconds', 1000]]);
const exceptionKeys = new Set(['skip', 'skipSuccessfulRequests', 'skipFailedRequests', 'enabled', 'disabled', 'validate', 'allowList', 'whitelist', 'requestWasSuccessful']);

/** Every limiter a file makes. `makes` tells by the name of what is called. */
export function limiters(view: SourceView, makes: (name: string) => boolean): readonly LimiterFact[] {
  const source = view.tree;
  if (source === undefined) return [];
  const found: LimiterFact[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && makes(calleeName(node.expression))) {
      const options = (node.arguments ?? []).find((argument) => ts.isObjectLiteralExpression(argument));
      if (options !== undefined && ts.isObjectLiteralExpression(options)) found.push(readLimiter(node, options, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function calleeName(node: ts.Expression): string {
  return ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : '';
}

function readLimiter(node: ts.CallExpression | ts.NewExpression, options: ts.ObjectLiteralExpression, source: ts.SourceFile): LimiterFact {
  let max: number | undefined;
  let windowMs: number | undefined;
  const exceptions: Record<string, string> = {};
  for (const property of options.properties) {
    const name = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : '';
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
    if (maxKeys.has(name) && value !== undefined) max = largest(value);
    const factor = windowKeys.get(name);
    if (factor !== undefined && value !== undefined) windowMs = multiply(largest(value), factor);
    if (exceptionKeys.has(name)) exceptions[name] = value === undefined ? 'function' : normalText(value);
  }
  return { name: keptIn(node, source), exceptions, range: [startLine(source, node), endLine(source, node)], ...(max === undefined ? {} : { max }), ...(windowMs === undefined ? {} : { windowMs }) };
}

function keptIn(node: ts.Node, source: ts.SourceFile): string {
  const { parent } = node;
  if ((ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) && ts.isIdentifier(parent.name)) return parent.name.text;
  return placeOf(node, source).name;
}

function multiply(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** The largest number an expression can be: arithmetic, constants of the file, `Number(process.env.X || 100)`, `a ? 1 : 2`. */
export function largest(node: ts.Expression, steps = 8): number | undefined {
  if (steps === 0) return undefined;
  const inner = (next: ts.Expression): number | undefined => largest(next, steps - 1);
  if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
  if (ts.isStringLiteralLike(node)) return node.text.trim() === '' || Number.isNaN(Number(node.text)) ? undefined : Number(node.text);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return inner(node.expression);
  if (ts.isConditionalExpression(node)) return greater(inner(node.whenTrue), inner(node.whenFalse));
  if (ts.isCallExpression(node)) return node.arguments.map(inner).reduce(greater, undefined);
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return inner(node.body);
  if (ts.isBinaryExpression(node)) return ofBinary(node, inner);
  if (!ts.isIdentifier(node)) return undefined;
  if (node.text === 'Infinity') return Infinity;
  const binding = bindingOf(node.text, node);
  return binding !== undefined && ts.isVariableDeclaration(binding) && binding.initializer !== undefined ? inner(binding.initializer) : undefined;
}

function ofBinary(node: ts.BinaryExpression, inner: (next: ts.Expression) => number | undefined): number | undefined {
  const left = inner(node.left);
  const right = inner(node.right);
  if (node.operatorToken.kind === ts.SyntaxKind.BarBarToken || node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return greater(left, right);
  if (left === undefined || right === undefined) return undefined;
  if (node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) return left * right;
  if (node.operatorToken.kind === ts.SyntaxKind.PlusToken) return left + right;
  return node.operatorToken.kind === ts.SyntaxKind.SlashToken ? left / right : undefined;
}

function greater(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}
