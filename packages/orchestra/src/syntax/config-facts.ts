import { ts } from 'ts-morph';
import { isSource, parseSource, startLine } from './parse-source';

/** A number in a configuration, under its path of keys, e.g. `coverageThreshold.global.lines`. */
export interface ConfigNumber {
  readonly key: string;
  readonly value: number;
  readonly line: number;
}

/** Every number written under an object key, in JavaScript, TypeScript or JSON. A text that does not parse has none. */
export function configNumbers(path: string, text: string): readonly ConfigNumber[] {
  const json = path.endsWith('.json') || path.endsWith('.jsonc');
  if (!json && !isSource(path)) return [];
  const source = parseSource(json ? 'config.js' : path, json ? `(${text}\n)` : text);
  const numbers: ConfigNumber[] = [];
  const visit = (node: ts.Node, keys: readonly string[]): void => {
    if (ts.isPropertyAssignment(node)) {
      const inner = [...keys, keyOf(node.name)];
      const value = numberOf(node.initializer);
      if (value !== undefined) numbers.push({ key: inner.join('.'), value, line: startLine(source, node) });
      return visit(node.initializer, inner);
    }
    ts.forEachChild(node, (child) => visit(child, keys));
  };
  visit(source, []);
  return numbers;
}

function keyOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : '*';
}

function numberOf(node: ts.Expression): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
  const negative = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand);
  return negative ? -Number((node.operand as ts.NumericLiteral).text) : undefined;
}
