import { ts } from 'ts-morph';
import { isSource, parseReadable, startLine } from './parse-source';

/** A number in a configuration, under its path of keys, e.g. `coverageThreshold.global.lines`. */
export interface ConfigNumber {
  readonly key: string;
  readonly value: number;
  readonly line: number;
}

/** A text in a configuration, under its path of keys; those of a list share the path of the list. */
export interface ConfigText {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

/** Every number written under an object key, in JavaScript, TypeScript or JSON. A text that does not parse has none. */
export function configNumbers(path: string, text: string): readonly ConfigNumber[] {
  const numbers: ConfigNumber[] = [];
  eachProperty(path, text, (key, value, line) => {
    const number = numberOf(value);
    if (number !== undefined) numbers.push({ key, value: number, line });
  });
  return numbers;
}

/** Every text written under an object key, regular expressions as they are written. */
export function configTexts(path: string, text: string): readonly ConfigText[] {
  const texts: ConfigText[] = [];
  const add = (key: string, value: ts.Expression, line: number): void => {
    if (ts.isStringLiteralLike(value) || ts.isRegularExpressionLiteral(value) || ts.isTemplateExpression(value)) texts.push({ key, value: ts.isTemplateExpression(value) ? value.getText() : value.text, line });
    if (ts.isArrayLiteralExpression(value)) value.elements.forEach((element) => add(key, element, line));
  };
  eachProperty(path, text, add);
  return texts;
}

function eachProperty(path: string, text: string, use: (key: string, value: ts.Expression, line: number) => void): void {
  const json = path.endsWith('.json') || path.endsWith('.jsonc');
  if (!json && !isSource(path)) return;
  const source = parseReadable(json ? 'config.js' : path, json ? `(${text}\n)` : text);
  const visit = (node: ts.Node, keys: readonly string[]): void => {
    if (ts.isPropertyAssignment(node)) {
      const inner = [...keys, keyOf(node.name)];
      use(inner.join('.'), node.initializer, startLine(source, node));
      return visit(node.initializer, inner);
    }
    ts.forEachChild(node, (child) => visit(child, keys));
  };
  visit(source, []);
}

function keyOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name) ? name.text : '*';
}

function numberOf(node: ts.Expression): number | undefined {
  if (ts.isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
  const negative = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(node.operand);
  return negative ? -Number((node.operand as ts.NumericLiteral).text) : undefined;
}
