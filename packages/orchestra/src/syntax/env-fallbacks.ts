import { ts } from 'ts-morph';
import { conditionsOf } from './conditions';
import { placeOf, type Place } from './enclosing-place';
import { endLine, startLine } from './parse-source';
import { bindingOf } from './scopes';
import type { SourceView } from './source-view';

/** An environment variable with a literal to fall back on. */
export interface EnvFallback {
  readonly name: string;
  readonly literal: string;
  /** Every name the same literal stands in for: `A || B || 'x'`. */
  readonly chain: readonly string[];
  readonly place: Place;
  readonly range: readonly [number, number];
  /** Conditions around it, as written. */
  readonly conditions: readonly string[];
}

/** `process.env.X || 'x'`, `?? 'x'`, `? … : 'x'`, `process.env.X = 'x'`, `const { X = 'x' } = process.env`, `getEnv('X', 'x')`. */
export function envFallbacks(view: SourceView): readonly EnvFallback[] {
  const source = view.tree;
  if (source === undefined || !/env/i.test(view.text)) return [];
  const found: EnvFallback[] = [];
  const add = (node: ts.Node, names: readonly string[], literal: string): void => {
    for (const name of names) {
      const conditions = conditionsOf(node).map((condition) => `${condition.branch === 'else' ? '!' : ''}(${condition.text})`);
      found.push({ name, literal, chain: names, place: placeOf(node, source), range: [startLine(source, node), endLine(source, node)], conditions });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isFallback(node) && !isInnerFallback(node)) {
      const literal = literalOf(node.right);
      const names = operandsOf(node).flatMap((operand) => envName(operand) ?? []);
      if (literal !== undefined && names.length > 0) add(node, names, literal);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const literal = literalOf(node.right);
      const name = envName(node.left);
      if (literal !== undefined && name !== undefined) add(node, [name], literal);
    }
    if (ts.isConditionalExpression(node)) {
      const literal = literalOf(node.whenFalse) ?? literalOf(node.whenTrue);
      const name = envName(node.whenTrue) ?? envName(node.whenFalse);
      if (literal !== undefined && name !== undefined) add(node, [name], literal);
    }
    if (ts.isBindingElement(node) && node.initializer !== undefined && isEnv(sourceOf(node))) {
      const literal = literalOf(node.initializer);
      const key = node.propertyName ?? node.name;
      if (literal !== undefined && ts.isIdentifier(key)) add(node, [key.text], literal);
    }
    if (ts.isCallExpression(node)) {
      const [name, fallback] = node.arguments;
      const literal = fallback === undefined ? undefined : literalOf(fallback);
      if (name !== undefined && literal !== undefined && ts.isStringLiteralLike(name) && /env|config|secret/i.test(node.expression.getText().slice(-40)) && /^[A-Z][A-Z0-9_]+$/.test(name.text)) add(node, [name.text], literal);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isFallback(node: ts.BinaryExpression): boolean {
  return [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarEqualsToken, ts.SyntaxKind.QuestionQuestionEqualsToken].includes(node.operatorToken.kind);
}

/** Only the outermost `||` of a chain ends in its literal. */
function isInnerFallback(node: ts.BinaryExpression): boolean {
  let parent = node.parent;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return ts.isBinaryExpression(parent) && isFallback(parent) && literalOf(parent.right) !== undefined;
}

function operandsOf(node: ts.Expression): readonly ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return operandsOf(node.expression);
  return ts.isBinaryExpression(node) && isFallback(node) ? [...operandsOf(node.left), ...operandsOf(node.right)] : [node];
}

/** `process.env.X`, `process.env['X']`, `import.meta.env.X`, `env.X`; `.trim()` and the like are looked through. */
function envName(node: ts.Expression): string | undefined {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)) return envName(node.expression);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) return envName(node.expression.expression);
  if (ts.isPropertyAccessExpression(node)) return isEnv(node.expression) ? node.name.text : undefined;
  return ts.isElementAccessExpression(node) && isEnv(node.expression) && ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

function isEnv(node: ts.Expression | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isIdentifier(node)) return node.text === 'env' || node.text === 'ENV';
  return ts.isPropertyAccessExpression(node) && (node.name.text === 'env' || node.name.text === '_env_');
}

/** What a destructuring takes apart. */
function sourceOf(element: ts.BindingElement): ts.Expression | undefined {
  const owner = element.parent.parent;
  return ts.isVariableDeclaration(owner) ? owner.initializer : undefined;
}

/** A text that stands in the file: a literal, a sum of literals, or a constant that holds one. */
function literalOf(node: ts.Expression, steps = 4): string | undefined {
  if (steps === 0) return undefined;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return literalOf(node.expression, steps - 1);
  if (ts.isStringLiteralLike(node)) return node.text === '' ? undefined : node.text;
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const parts = [literalOf(node.left, steps - 1), literalOf(node.right, steps - 1)];
    return parts.includes(undefined) ? undefined : parts.join('');
  }
  if (!ts.isIdentifier(node)) return undefined;
  const binding = bindingOf(node.text, node);
  return binding !== undefined && ts.isVariableDeclaration(binding) && binding.initializer !== undefined ? literalOf(binding.initializer, steps - 1) : undefined;
}
