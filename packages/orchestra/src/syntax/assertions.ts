import { ts } from 'ts-morph';
import { normalText, shapeText } from './code-leaves';
import { startLine } from './parse-source';

export interface TestAssertion {
  /** Equal for equal assertions, whatever their layout. */
  readonly text: string;
  /** 0 says nothing, 1 that something is there, 2 a part of it, 3 exactly what it is. */
  readonly strength: 0 | 1 | 2 | 3;
  /** 1-based. */
  readonly line: number;
  /** Equal for assertions that ask the same and differ in the literals they expect. */
  readonly frame: string;
  /** It says that something is there, or that a call answers twice alike, and not what the answer is. */
  readonly hollow?: true;
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
/** That something is there, and that nothing is not. */
const presences = new Set(['toBeDefined', 'toBeTruthy', 'exist', 'exists']);
const absences = new Set(['toBeNull', 'toBeUndefined', 'toBeFalsy', 'toThrow', 'toThrowError', 'toBeNaN', 'throw']);
const existing = new Set(['exist', 'exists', 'isDefined', 'doesNotThrow', 'doesNotReject', 'isNotNull']);
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
  const ofAnExpect = ts.isCallExpression(root) && isExpect(root.expression);
  const facts = { text: normalText(call), frame: frameOf(call, ofAnExpect ? 0 : 1), line: startLine(source, call), checks: Math.max(1, ...call.arguments.map(valuesIn)) };
  if (ofAnExpect) return { ...facts, ...ofExpect(call, root, chain.names) };
  if (!ts.isIdentifier(root)) return undefined;
  if (chain.names.includes('assert') || (imports.has(root.text) && chain.names[0] !== 'mock')) return { ...facts, ...ofAssert(call, chain.names[0] ?? root.text) };
  if (chain.names.length === 0 && helperName.test(root.text)) return { ...facts, strength: 2 };
  // `request(app).get('/x').expect(200)`.
  if (chain.names[0] === 'expect' && call.arguments.length > 0) return { ...facts, strength: onlyLiterals(call) && chain.calls === 0 ? 0 : 3 };
  return undefined;
}

const comparing = new Set(['toEqual', 'toStrictEqual', 'toMatchObject']);

/**
 * The assertions a call makes. `expect([a, b]).toMatchObject([404, { code: 'x' }])` makes two: a list is compared element by element,
 * and a literal in it exactly, whatever the matcher leaves open in an object.
 */
export function assertionsOf(call: ts.CallExpression, source: ts.SourceFile, imports: ReadonlySet<string>): readonly TestAssertion[] {
  const whole = assertionOf(call, source, imports);
  if (whole === undefined) return [];
  const { root, names } = readChain(call.expression);
  const subjects = root !== undefined && ts.isCallExpression(root) ? root.arguments[0] : undefined;
  const [expected] = call.arguments;
  const [matcher = ''] = names;
  const lists = names.length === 1 && comparing.has(matcher) && subjects !== undefined && expected !== undefined && ts.isArrayLiteralExpression(subjects) && ts.isArrayLiteralExpression(expected);
  if (!lists || whole.strength < 2 || subjects.elements.length !== expected.elements.length || [...subjects.elements, ...expected.elements].some(ts.isSpreadElement)) return [whole];
  return subjects.elements.flatMap((subject, index) => {
    const wanted = expected.elements[index];
    return wanted === undefined ? [] : [elementOf(matcher, subject, wanted, whole.line)];
  });
}

function elementOf(matcher: string, subject: ts.Expression, wanted: ts.Expression, line: number): TestAssertion {
  const open = matcher === 'toMatchObject' && !isValue(wanted);
  const strength = isLiteral(subject) && isLiteral(wanted) ? 0 : open || isLoose(wanted) ? 2 : 3;
  return { text: `${matcher} ${normalText(subject)} ${normalText(wanted)}`, frame: `${matcher} ${normalText(subject)} ${shapeText(wanted)}`, line, checks: valuesIn(wanted), strength };
}

/** A text, a number, `true`: no matcher compares it in part. */
function isValue(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}

/** chai's assertions without a call: `expect(x).to.be.true`. */
export function propertyAssertion(node: ts.Node, source: ts.SourceFile): TestAssertion | undefined {
  if (!ts.isPropertyAccessExpression(node)) return undefined;
  const { root } = readChain(node);
  if (root === undefined || !ts.isCallExpression(root) || !isExpect(root.expression)) return undefined;
  const literal = root.arguments.every(isLiteral);
  return { text: normalText(node), frame: normalText(node), line: startLine(source, node), checks: 1, strength: literal ? 0 : weak.has(node.name.text) ? 1 : 2 };
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

type Strength = Pick<TestAssertion, 'strength' | 'snapshot' | 'hollow'>;

function ofExpect(call: ts.CallExpression, expect: ts.CallExpression, names: readonly string[]): Strength {
  const matcher = names[0] ?? '';
  const snapshot = matcher === 'toMatchInlineSnapshot' ? { snapshot: true as const } : {};
  if (names.includes('catch') || names.includes('then')) return { strength: 0 };
  const [subject] = expect.arguments;
  const [expected] = call.arguments;
  if (subject === undefined || (isLiteral(subject) && call.arguments.every(isLiteral))) return { strength: 0 };
  const denied = names.includes('not');
  if (expected !== undefined && normalText(subject) === normalText(expected) && !denied) return isPath(subject) ? { strength: 0 } : { strength: 1, hollow: true };
  if ((denied ? absences : presences).has(matcher)) return { strength: 1, ...(isAnswer(subject) ? {} : { hollow: true as const }) };
  if (weak.has(matcher)) return { strength: 1, ...snapshot };
  if (partial.has(matcher) || names.includes('not') || call.arguments.some(isLoose)) return { strength: 2, ...snapshot };
  return { strength: matcher.startsWith('toThrow') && call.arguments.length === 0 ? 2 : 3, ...snapshot };
}

function ofAssert(call: ts.CallExpression, method: string): Strength {
  const [first, second] = call.arguments;
  if (method === 'fail') return { strength: 1 };
  if (first === undefined) return { strength: 0 };
  if (/^(assert|ok|isOk|isTrue)$/.test(method)) return ofTruth(first);
  const itself = second !== undefined && /equal|same/i.test(method) && !/^not/.test(method) && normalText(first) === normalText(second);
  if (second !== undefined && ((isLiteral(first) && isLiteral(second)) || (isPath(first) && itself))) return { strength: 0 };
  if (itself) return { strength: 1, hollow: true };
  if (weak.has(method)) return { strength: 1, ...(existing.has(method) && !isAnswer(first) ? { hollow: true as const } : {}) };
  return { strength: partial.has(method) ? 2 : 3 };
}

function ofTruth(subject: ts.Expression): Strength {
  if (isLiteral(subject)) return { strength: 0 };
  if (isComparison(subject)) return { strength: 2 };
  return { strength: 1, ...(isAnswer(subject) ? {} : { hollow: true as const }) };
}

/** A question with two answers: `isOpen(x)`, `response.ok`, `!found`, `a > b`. That it is true says all there is to say. */
function isAnswer(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAwaitExpression(node) || ts.isNonNullExpression(node)) return isAnswer(node.expression);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isBinaryExpression(node)) return isComparison(node);
  if (ts.isCallExpression(node)) return isAnswer(node.expression);
  const name = ts.isIdentifier(node) ? node.text : ts.isPropertyAccessExpression(node) ? node.name.text : '';
  return yesOrNo.test(name);
}
const yesOrNo = /^(is|has|can|should|was|were|did|does|are|will|needs|allows|supports|matches|accepts)(?=[A-Z_]|$)|^(ok|success|valid|called|done|enabled|disabled|visible|hidden|open|closed|active|checked|exists|includes|some|every|test|startsWith|endsWith|safeParse|equals|aborted|loading|ready|existsSync)$/;

/** The assertion with the literals it expects left blank. `from`: the argument from which on things are expected and not asked. */
function frameOf(call: ts.CallExpression, from: number): string {
  return [normalText(call.expression), ...call.arguments.map((argument, index) => (index < from ? normalText(argument) : shapeText(argument)))].join(' ');
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
