import { ts } from 'ts-morph';
import { normalText } from './code-leaves';
import { startLine } from './parse-source';

export interface TestAssertion {
  /** Equal for equal assertions, whatever their layout. */
  readonly text: string;
  /** 0 says nothing, 1 that something is there, 2 a part of it, 3 exactly what it is. */
  readonly strength: 0 | 1 | 2 | 3;
  /** 1-based. */
  readonly line: number;
  /** How many values it compares: `deepEqual(x, { a: 1, b: 2 })` compares two. */
  readonly checks: number;
  /** An inline snapshot: it agrees with whatever the code did when it was written. */
  readonly snapshot?: true;
}

const weak = new Set([
  'toBeTruthy', 'toBeFalsy', 'toBeDefined', 'toBeUndefined', 'toBeNull', 'toHaveBeenCalled', 'ok', 'exist', 'exists', 'isOk', 'isDefined', 'doesNotThrow', 'doesNotReject',
]);
const partial = new Set([
  'toContain', 'toContainEqual', 'toMatch', 'toMatchObject', 'toHaveProperty', 'toBeGreaterThan', 'toBeGreaterThanOrEqual', 'toBeLessThan', 'toBeLessThanOrEqual', 'toBeInstanceOf',
  'toBeCloseTo', 'toBeTypeOf', 'toBeOneOf', 'match', 'include', 'includes', 'contain', 'notEqual', 'notStrictEqual', 'notDeepEqual', 'notDeepStrictEqual', 'doesNotMatch', 'above', 'below', 'least', 'most',
  'toMatchSnapshot', 'toMatchInlineSnapshot', 'partialDeepStrictEqual',
]);
const assertModules = new Set(['assert', 'assert/strict', 'node:assert', 'node:assert/strict', 'chai', 'power-assert']);
const helperName = /^(expect|assert|verify|ensure|should)[A-Z_]/;

/** Names under which the file imports assertion functions, e.g. `equal` of node:assert; the module's own name included. */
export function assertionImports(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>(['assert']);
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier) && assertModules.has(statement.moduleSpecifier.text)) {
      const clause = statement.importClause;
      if (clause?.name !== undefined) names.add(clause.name.text);
      const bindings = clause?.namedBindings;
      if (bindings !== undefined && ts.isNamespaceImport(bindings)) names.add(bindings.name.text);
      if (bindings !== undefined && ts.isNamedImports(bindings)) bindings.elements.forEach((element) => names.add(element.name.text));
    }
  }
  names.delete('expect');
  return names;
}

/** The assertion a call makes, or nothing. */
export function assertionOf(call: ts.CallExpression, source: ts.SourceFile, imports: ReadonlySet<string>): TestAssertion | undefined {
  const chain = readChain(call.expression);
  const root = chain.root;
  if (root === undefined) return undefined;
  const facts = { text: normalText(call), line: startLine(source, call), checks: Math.max(1, ...call.arguments.map(valuesIn)) };
  if (ts.isCallExpression(root) && isExpect(root.expression)) return { ...facts, ...ofExpect(call, root, chain.names) };
  if (!ts.isIdentifier(root)) return undefined;
  if (chain.names.includes('assert') || (imports.has(root.text) && chain.names[0] !== 'mock')) return { ...facts, strength: ofAssert(call, chain.names[0] ?? root.text) };
  if (chain.names.length === 0 && helperName.test(root.text)) return { ...facts, strength: 2 };
  // `request(app).get('/x').expect(200)`.
  if (chain.names[0] === 'expect' && call.arguments.length > 0) return { ...facts, strength: onlyLiterals(call) && chain.calls === 0 ? 0 : 3 };
  return undefined;
}

/** chai's assertions without a call: `expect(x).to.be.true`. */
export function propertyAssertion(node: ts.Node, source: ts.SourceFile): TestAssertion | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const { root } = readChain(node);
  if (root === undefined || !ts.isCallExpression(root) || !isExpect(root.expression)) return undefined;
  const literal = root.arguments.every(isLiteral);
  return { text: normalText(node), line: startLine(source, node), checks: 1, strength: literal ? 0 : weak.has(node.name.text) ? 1 : 2 };
}

interface Chain {
  /** Where the chain begins: `expect(x)`, `assert`, `request`. */
  readonly root: ts.Expression | undefined;
  /** Property names from the end: `.not.toBe` gives `toBe`, `not`. */
  readonly names: readonly string[];
  /** Calls on the way. */
  readonly calls: number;
}

function readChain(callee: ts.Expression): Chain {
  const names: string[] = [];
  let calls = 0;
  let node: ts.Expression = callee;
  for (;;) {
    if (ts.isPropertyAccessExpression(node)) {
      names.push(node.name.text);
      node = node.expression;
    } else if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) {
      node = node.expression;
    } else if (ts.isCallExpression(node) && !isExpect(node.expression)) {
      calls += 1;
      node = node.expression;
    } else {
      return { root: node, names, calls };
    }
  }
}

/** `expect`, `expect.soft`, `expect.poll`. */
function isExpect(callee: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(callee)) return ts.isIdentifier(callee.expression) && callee.expression.text === 'expect' && ['soft', 'poll'].includes(callee.name.text);
  return ts.isIdentifier(callee) && callee.text === 'expect';
}

/** Leaves of an object or array literal; anything else is one value. */
function valuesIn(node: ts.Node): number {
  if (ts.isObjectLiteralExpression(node)) return node.properties.reduce((total, property) => total + (ts.isPropertyAssignment(property) ? valuesIn(property.initializer) : 1), 0);
  return ts.isArrayLiteralExpression(node) ? node.elements.reduce((total, element) => total + valuesIn(element), 0) : 1;
}

type Strength = Pick<TestAssertion, 'strength' | 'snapshot'>;

function ofExpect(call: ts.CallExpression, expect: ts.CallExpression, names: readonly string[]): Strength {
  const matcher = names[0] ?? '';
  const snapshot = matcher === 'toMatchInlineSnapshot' ? { snapshot: true as const } : {};
  if (names.includes('catch') || names.includes('then')) return { strength: 0 };
  const [subject] = expect.arguments;
  const [expected] = call.arguments;
  if (subject === undefined || (isLiteral(subject) && call.arguments.every(isLiteral))) return { strength: 0 };
  if (expected !== undefined && isPath(subject) && normalText(subject) === normalText(expected) && !names.includes('not')) return { strength: 0 };
  if (weak.has(matcher) || (matcher === 'toThrow' && names.includes('not'))) return { strength: 1, ...snapshot };
  if (partial.has(matcher) || names.includes('not') || call.arguments.some(isLoose)) return { strength: 2, ...snapshot };
  return { strength: matcher.startsWith('toThrow') && call.arguments.length === 0 ? 2 : 3, ...snapshot };
}

function ofAssert(call: ts.CallExpression, method: string): TestAssertion['strength'] {
  const [first, second] = call.arguments;
  if (method === 'fail') return 1;
  if (first === undefined) return 0;
  if (/^(assert|ok|isOk|isTrue)$/.test(method)) return isLiteral(first) ? 0 : isComparison(first) ? 2 : 1;
  if (second !== undefined && ((isLiteral(first) && isLiteral(second)) || (isPath(first) && normalText(first) === normalText(second)))) return 0;
  if (weak.has(method)) return 1;
  return partial.has(method) ? 2 : 3;
}

/** `a === b`, `list.includes(x)`, `/x/.test(y)`: says more than that something is there; an `or` says less again. */
function isComparison(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isComparison(node.expression);
  if (ts.isBinaryExpression(node)) return ![ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(node.operatorToken.kind);
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
}

/** Nothing but literals, whatever is computed of them: it is as true on base as on head. */
function isLiteral(node: ts.Node): boolean {
  let literal = true;
  const visit = (each: ts.Node): void => {
    if (ts.isIdentifier(each) && each.text !== 'undefined') literal = false;
    if (ts.isCallExpression(each) || ts.isNewExpression(each) || each.kind === ts.SyntaxKind.ThisKeyword) literal = false;
    ts.forEachChild(each, visit);
  };
  visit(node);
  return literal;
}

function onlyLiterals(call: ts.CallExpression): boolean {
  return call.arguments.every(isLiteral);
}

/** `x`, `x.y.z`: reading it twice gives the same, so comparing it with itself proves nothing. */
function isPath(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || (ts.isPropertyAccessExpression(node) && isPath(node.expression));
}

/** `expect.any(…)`, `expect.anything()`, `expect.objectContaining(…)` somewhere in the expected value. */
function isLoose(node: ts.Node): boolean {
  let loose = false;
  const visit = (each: ts.Node): void => {
    if (ts.isPropertyAccessExpression(each) && ts.isIdentifier(each.expression) && each.expression.text === 'expect') loose = true;
    ts.forEachChild(each, visit);
  };
  visit(node);
  return loose;
}
