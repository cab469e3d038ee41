import { ts } from 'ts-morph';
import { startLine } from './parse-source';

/** A whole module put out of the way of the tests. */
export interface ModuleMock {
  readonly specifier: string;
  /** 1-based. */
  readonly line: number;
}

const mockers = new Set(['mock', 'doMock', 'unstable_mockModule', 'setMock', 'module']);

/** `jest.mock('./x')`, `vi.mock('./x')`, `vi.mock(import('./x'))`, `mock.module('./x')` of node:test. */
export function moduleMocks(source: ts.SourceFile): readonly ModuleMock[] {
  const found: ModuleMock[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = ts.isCallExpression(node) ? mockedBy(node) : undefined;
    if (specifier !== undefined) found.push({ specifier, line: startLine(source, node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function mockedBy({ expression, arguments: [first] }: ts.CallExpression): string | undefined {
  if (!ts.isPropertyAccessExpression(expression) || !mockers.has(expression.name.text) || first === undefined) return undefined;
  const receiver = ts.isPropertyAccessExpression(expression.expression) ? expression.expression.name : expression.expression;
  if (!ts.isIdentifier(receiver) || !['jest', 'vi', 'vitest', 'mock'].includes(receiver.text)) return undefined;
  if (ts.isStringLiteralLike(first)) return first.text;
  const loads = ts.isCallExpression(first) && (first.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isPropertyAccessExpression(first.expression) && first.expression.name.text === 'resolve'));
  const [inner] = loads ? first.arguments : [];
  return inner !== undefined && ts.isStringLiteralLike(inner) ? inner.text : undefined;
}

/** How often a failing test may be tried again: `jest.retryTimes(n)`, `this.retries(n)`, `{ retry: n }`. The highest of the file. */
export function retriesAllowed(source: ts.SourceFile): number {
  let most = 0;
  const visit = (node: ts.Node): void => {
    const count = retriesOf(node);
    // What is not written as a number could be any.
    if (count !== undefined) most = Math.max(most, ts.isNumericLiteral(count) ? Number(count.text) : Number.POSITIVE_INFINITY);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return most;
}

function retriesOf(node: ts.Node): ts.Expression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const isBlock = node.arguments.some((argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument));
  if (isBlock) return node.arguments.filter(ts.isObjectLiteralExpression).map(retryOption).find((option) => option !== undefined);
  if (!ts.isPropertyAccessExpression(node.expression)) return undefined;
  const { name, expression } = node.expression;
  if (name.text === 'retryTimes') return node.arguments[0];
  return name.text === 'retries' && expression.kind === ts.SyntaxKind.ThisKeyword ? node.arguments[0] : undefined;
}

/** `test('…', { retry: 3 }, () => …)`. */
function retryOption(options: ts.ObjectLiteralExpression): ts.Expression | undefined {
  const option = options.properties.find((property) => ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && ['retry', 'retries'].includes(property.name.text));
  return option !== undefined && ts.isPropertyAssignment(option) && ts.isNumericLiteral(option.initializer) ? option.initializer : undefined;
}
