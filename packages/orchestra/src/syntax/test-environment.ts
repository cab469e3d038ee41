import { ts } from 'ts-morph';
import { normalText } from './code-leaves';
import { placeOf, type Place } from './enclosing-place';
import { endLine, startLine } from './parse-source';
import { bindingOf } from './scopes';
import type { SourceView } from './source-view';

/** Code that asks whether it is being tested. */
export interface TestQuestion {
  /** The question as written, on one line. */
  readonly text: string;
  readonly shape: string;
  readonly place: Place;
  readonly range: readonly [number, number];
}

const environments = /\b(NODE_ENV|APP_ENV|ENVIRONMENT|MODE)\b/;
const testNames = new Set(['test', 'testing', 'jest', 'vitest', 'ci']);
const runnerVariables = /^(JEST_WORKER_ID|VITEST(_\w+)?|NODE_TEST_CONTEXT|MOCHA_\w+|CYPRESS\w*|PLAYWRIGHT_\w+|TAP)$/;
const runnerGlobals = new Set(['jest', 'vi', 'vitest', 'describe', 'it', 'test', 'expect', 'mocha', 'jasmine', '__vitest_worker__']);

/** `process.env.NODE_ENV === 'test'`, `process.env.JEST_WORKER_ID`, `typeof jest`, `import.meta.vitest`. */
export function testQuestions({ tree }: SourceView): readonly TestQuestion[] {
  if (tree === undefined) return [];
  const found: TestQuestion[] = [];
  const visit = (node: ts.Node): void => {
    if (asks(node)) found.push({ text: node.getText(tree).replace(/\s+/g, ' '), shape: normalText(node), place: placeOf(node, tree), range: [startLine(tree, node), endLine(tree, node)] });
    else ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

function asks(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) return isEquality(node.operatorToken.kind) && ((isTestName(node.left) && namesEnvironment(node.right)) || (isTestName(node.right) && namesEnvironment(node.left)));
  if (ts.isCaseClause(node)) return isTestName(node.expression) && namesEnvironment(node.parent.parent.expression);
  if (ts.isTypeOfExpression(node)) return ts.isIdentifier(node.expression) && runnerGlobals.has(node.expression.text);
  if (ts.isCallExpression(node)) return asksList(node);
  return isRunnerVariable(node);
}

/** `['test', 'ci'].includes(process.env.NODE_ENV)`. */
function asksList({ expression, arguments: [first] }: ts.CallExpression): boolean {
  if (first === undefined || !ts.isPropertyAccessExpression(expression) || !['includes', 'has', 'indexOf', 'test', 'startsWith'].includes(expression.name.text)) return false;
  const list = expression.expression;
  const names = ts.isArrayLiteralExpression(list) ? list.elements.some(isTestName) : ts.isRegularExpressionLiteral(list) ? /\btest/i.test(list.text) : false;
  return (names && namesEnvironment(first)) || (isTestName(first) && namesEnvironment(list));
}

/** `process.env.JEST_WORKER_ID`, `import.meta.vitest`, and either by a text in brackets. */
function isRunnerVariable(node: ts.Node): boolean {
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  if (name === undefined) return false;
  const owner = (node as ts.PropertyAccessExpression | ts.ElementAccessExpression).expression.getText();
  return (/\benv$/.test(owner) && runnerVariables.test(name)) || (owner === 'import.meta' && name === 'vitest');
}

function isTestName(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) && testNames.has(node.text.toLowerCase());
}

function isEquality(kind: ts.SyntaxKind): boolean {
  return [ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(kind);
}

/** By its own text, or by that of the variable it was kept in. */
function namesEnvironment(node: ts.Node, steps = 3): boolean {
  if (environments.test(node.getText())) return true;
  if (steps === 0 || !ts.isIdentifier(node)) return false;
  const binding = bindingOf(node.text, node);
  if (binding === undefined) return false;
  let owner: ts.Node = binding;
  while (ts.isBindingElement(owner)) owner = owner.parent.parent;
  if (!ts.isVariableDeclaration(owner)) return false;
  return environments.test(binding.getText()) || (owner.initializer !== undefined && namesEnvironment(owner.initializer, steps - 1));
}
