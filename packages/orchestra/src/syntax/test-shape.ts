import { ts } from 'ts-morph';
import { assertionImports, assertionsOf, propertyAssertion, type TestAssertion } from './assertions';
import { normalText } from './code-leaves';
import { startLine, endLine } from './parse-source';
import { leavesPromise, takesCallback } from './floating-promise';
import { replacedExpects, type ReplacedExpect } from './replaced-expect';
import type { SourceView } from './source-view';
import { blockOptions, callOfBlock, localAliases, type BlockCall, type TestMode } from './test-calls';
import { moduleMocks, retriesAllowed, type ModuleMock } from './test-doubles';

export type { ModuleMock, ReplacedExpect, TestAssertion, TestMode };

export interface TestBlock {
  /** Titles of the describes around it and its own, e.g. `contacts > refuses another tenant`. */
  readonly title: string;
  readonly mode: TestMode;
  /** 1-based, inclusive. */
  readonly range: readonly [number, number];
  /** Reachable assertions, those of local helpers it calls included. */
  readonly assertions: readonly TestAssertion[];
  /** The statements of its body, for telling a renamed test from another one. */
  readonly statements: readonly string[];
  /** Milliseconds, when the block sets a limit of its own. */
  readonly timeout?: number;
  /** Rows of an `each` table written as a literal. */
  readonly rows?: number;
}

export interface TestShape {
  readonly tests: readonly TestBlock[];
  /** Limits set for the whole file, in milliseconds. */
  readonly timeouts: readonly number[];
  /** How often a failing test may be tried again; 0 when nothing is said. */
  readonly retries: number;
  /** Whole modules put out of the way. */
  readonly mocks: readonly ModuleMock[];
  readonly replacedExpects: readonly ReplacedExpect[];
}

type Helpers = ReadonlyMap<string, ts.FunctionLikeDeclaration>;

interface Scope {
  readonly titles: readonly string[];
  readonly mode: TestMode;
}

/** What a test file tests and how hard, read from its syntax. `undefined` for what is not JavaScript or TypeScript, or cannot be read. */
export function testShape({ tree }: SourceView): TestShape | undefined {
  return tree === undefined ? undefined : new ShapeReader(tree).read();
}

class ShapeReader {
  private readonly tests: TestBlock[] = [];
  private readonly timeouts: number[] = [];
  private readonly helpers: Helpers;
  private readonly aliases: ReadonlyMap<string, BlockCall>;
  private readonly imports: ReadonlySet<string>;
  private readonly helperAssertions = new Map<string, readonly TestAssertion[]>();

  constructor(private readonly source: ts.SourceFile) {
    this.helpers = localFunctions(source);
    this.aliases = localAliases(source, this.helpers);
    this.imports = assertionImports(source);
  }

  read(): TestShape {
    this.visit(this.source, { titles: [], mode: 'run' });
    return {
      tests: this.tests,
      timeouts: this.timeouts,
      retries: retriesAllowed(this.source),
      mocks: moduleMocks(this.source),
      replacedExpects: replacedExpects(this.source),
    };
  }

  private visit(node: ts.Node, scope: Scope): void {
    if (ts.isCallExpression(node)) {
      const block = callOfBlock(node, this.aliases);
      if (block !== undefined) return this.enter(node, block, scope);
      const limit = fileTimeout(node);
      if (limit !== undefined) this.timeouts.push(limit);
    }
    // A wrapper declares no test where it stands, only where it is called.
    if (isFunctionWithName(node) && this.aliases.has(node.name.text)) return;
    const condition = conditionOf(node);
    if (condition !== undefined) return this.visitConditional(node, condition, scope);
    ts.forEachChild(node, (child) => this.visit(child, scope));
  }

  /** `if (!process.env.CI) { test(…) }`: what is declared under a condition is skipped under another. */
  private visitConditional(node: ts.Node, condition: ts.Expression, scope: Scope): void {
    const mode: TestMode = condition.kind === ts.SyntaxKind.FalseKeyword ? 'skip' : condition.kind === ts.SyntaxKind.TrueKeyword ? 'run' : 'skip-if';
    const inside = { ...scope, mode: strictest(scope.mode, mode) };
    ts.forEachChild(node, (child) => this.visit(child, inside));
  }

  private enter(call: ts.CallExpression, block: BlockCall, scope: Scope): void {
    const options = blockOptions(call);
    const mode = strictest(scope.mode, strictest(block.mode, options.mode));
    const titles = [...scope.titles, titleOf(call, this.source)];
    const body = call.arguments.find(isFunctionExpression);
    if (block.kind === 'suite') {
      if (body !== undefined) this.visitSuite(body, { titles, mode });
      return;
    }
    const inside = body === undefined ? [] : this.assertionsOf(body, new Set());
    const skipped = body === undefined ? mode : strictest(mode, skipInside(body));
    this.tests.push({
      title: titles.join(' > '),
      mode: body === undefined && skipped === 'run' && !this.namesBody(call) ? 'todo' : skipped,
      range: [startLine(this.source, call), endLine(this.source, call)],
      assertions: body === undefined ? this.namedBody(call) : inside,
      statements: body === undefined ? [] : statementsOf(body),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(block.rows === undefined ? {} : { rows: block.rows }),
    });
    // Subtests of node:test live inside the body of their parent.
    if (body !== undefined) ts.forEachChild(body, (child) => this.visit(child, { titles, mode: skipped }));
  }

  /** A suite that returns before its tests declares none; one that returns under a condition skips them under it. */
  private visitSuite(body: ts.ArrowFunction | ts.FunctionExpression, scope: Scope): void {
    if (!ts.isBlock(body.body)) return this.visit(body.body, scope);
    const mode = leavesEarly(body.body) ? strictest(scope.mode, 'skip-if') : scope.mode;
    reachable(body.body.statements).forEach((statement) => this.visit(statement, { ...scope, mode }));
  }

  private namesBody(call: ts.CallExpression): boolean {
    return call.arguments.slice(1).some((argument) => !ts.isObjectLiteralExpression(argument) && !ts.isNumericLiteral(argument));
  }

  /** `test('x', sharedBody)`. */
  private namedBody(call: ts.CallExpression): readonly TestAssertion[] {
    return call.arguments.slice(1).flatMap((argument) => (ts.isIdentifier(argument) ? this.ofHelper(argument.text, new Set()) : []));
  }

  private assertionsOf(body: ts.Node, calling: ReadonlySet<string>): readonly TestAssertion[] {
    const found: TestAssertion[] = [];
    const answersLater = takesCallback(body);
    const own = ownStatements(body);
    const visit = (node: ts.Node, swallowed: boolean): void => {
      if (isDead(node)) return;
      if (ts.isBlock(node) || ts.isSourceFile(node)) return reachable(node.statements).forEach((statement) => visit(statement, swallowed));
      if (ts.isTryStatement(node)) return this.visitTry(node, swallowed, visit);
      if (ts.isIfStatement(node) && node.expression.kind === ts.SyntaxKind.FalseKeyword) {
        if (node.elseStatement !== undefined) visit(node.elseStatement, swallowed);
        return;
      }
      if (isLocalFunction(node, this.helpers)) return;
      // Nobody waits for it: the test is over, and green, before it can fail.
      if (!answersLater && !swallowed && ts.isExpressionStatement(node) && own.has(node) && leavesPromise(node.expression, this.helpers)) return visit(node.expression, true);
      const property = ts.isExpressionStatement(node) ? propertyAssertion(node.expression, this.source) : undefined;
      if (property !== undefined) found.push(swallowed ? { ...property, strength: 0 } : property);
      if (ts.isCallExpression(node)) {
        if (callOfBlock(node, this.aliases) !== undefined) return;
        const assertions = assertionsOf(node, this.source, this.imports);
        if (assertions.length > 0) {
          found.push(...assertions.map((assertion) => (swallowed || isCaught(node) ? { ...assertion, strength: 0 as const } : assertion)));
          return;
        }
        const helper = ts.isIdentifier(node.expression) ? this.ofHelper(node.expression.text, calling) : [];
        found.push(...helper.map((each) => (swallowed ? { ...each, strength: 0 as const } : each)));
      }
      ts.forEachChild(node, (child) => visit(child, swallowed));
    };
    visit(body, false);
    return found;
  }

  private visitTry(node: ts.TryStatement, swallowed: boolean, visit: (node: ts.Node, swallowed: boolean) => void): void {
    const hidden = swallowed || (node.catchClause !== undefined && swallows(node.catchClause));
    visit(node.tryBlock, hidden);
    if (node.catchClause !== undefined) visit(node.catchClause.block, swallowed);
    if (node.finallyBlock !== undefined) visit(node.finallyBlock, swallowed);
  }

  /** Assertions of a local function, expanded once; recursion ends at the function that is being expanded. */
  private ofHelper(name: string, calling: ReadonlySet<string>): readonly TestAssertion[] {
    const helper = this.helpers.get(name);
    if (helper?.body === undefined || calling.has(name) || this.aliases.has(name)) return [];
    const known = this.helperAssertions.get(name);
    if (known !== undefined) return known;
    const assertions = this.assertionsOf(helper.body, new Set([...calling, name]));
    if (calling.size === 0) this.helperAssertions.set(name, assertions);
    return assertions;
  }
}

function statementsOf(body: ts.ArrowFunction | ts.FunctionExpression): readonly string[] {
  return ts.isBlock(body.body) ? body.body.statements.map(normalText) : [normalText(body.body)];
}

function titleOf(call: ts.CallExpression, source: ts.SourceFile): string {
  const [first] = call.arguments;
  if (first === undefined) return '';
  return ts.isStringLiteralLike(first) ? first.text : first.getText(source).replace(/\s+/g, ' ');
}

/** `const`-bound and declared functions of the file, by name. */
function localFunctions(source: ts.SourceFile): Helpers {
  const functions = new Map<string, ts.FunctionLikeDeclaration>();
  const visit = (node: ts.Node): void => {
    if (isFunctionWithName(node)) functions.set(node.name.text, functionOf(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return functions;
}

type NamedFunction = (ts.FunctionDeclaration | ts.VariableDeclaration) & { readonly name: ts.Identifier };

function isFunctionWithName(node: ts.Node): node is NamedFunction {
  if (ts.isFunctionDeclaration(node)) return node.name !== undefined;
  return ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined && isFunctionExpression(node.initializer);
}

function isFunctionExpression(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function functionOf(node: NamedFunction): ts.FunctionLikeDeclaration {
  return ts.isFunctionDeclaration(node) ? node : (node.initializer as ts.ArrowFunction | ts.FunctionExpression);
}

/** A helper counts where it is called, not where it is written. */
function isLocalFunction(node: ts.Node, helpers: Helpers): boolean {
  return isFunctionWithName(node) && helpers.get(node.name.text) === functionOf(node);
}

/** Statements up to the first that always leaves. */
function reachable(statements: readonly ts.Statement[]): readonly ts.Statement[] {
  const end = statements.findIndex((statement) => ts.isReturnStatement(statement) || ts.isThrowStatement(statement));
  return end < 0 ? statements : statements.slice(0, end + 1);
}

/** Statements that run when the body runs, those of blocks, branches and loops included; not those of functions inside it. */
function ownStatements(body: ts.Node): ReadonlySet<ts.Node> {
  const own = new Set<ts.Node>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && node !== body) return;
    if (ts.isExpressionStatement(node)) own.add(node);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return own;
}

/** The condition under which the children of a node are reached, where it is a statement or an expression about tests. */
function conditionOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isIfStatement(node)) return node.expression;
  if (ts.isConditionalExpression(node)) return node.condition;
  return ts.isBinaryExpression(node) && [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken].includes(node.operatorToken.kind) ? node.left : undefined;
}

/** `[].forEach(…)`, `for (const row of [])`. */
function isEmptyLoop(node: ts.Node): boolean {
  const isEmpty = (list: ts.Expression): boolean => ts.isArrayLiteralExpression(list) && list.elements.length === 0;
  if (ts.isForOfStatement(node)) return isEmpty(node.expression);
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && isEmpty(node.expression.expression);
}

/** `false && expect(…)`, a loop over nothing. */
function isDead(node: ts.Node): boolean {
  return (
    isEmptyLoop(node) ||
    (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && node.left.kind === ts.SyntaxKind.FalseKeyword)
  );
}

/** A catch that neither throws nor asserts makes every assertion before it harmless. */
function swallows(clause: ts.CatchClause): boolean {
  let speaks = false;
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node) || (ts.isCallExpression(node) && /\b(expect|assert|fail|done|reject|next)\b/.test(normalText(node.expression)))) speaks = true;
    ts.forEachChild(node, visit);
  };
  visit(clause.block);
  return !speaks;
}

/** `expect(…).rejects.toThrow().catch(() => undefined)` is read from the outside: the assertion is the inner call. */
function isCaught(call: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'catch';
}

const order: readonly TestMode[] = ['run', 'only', 'skip-if', 'skip', 'todo'];

function strictest(a: TestMode, b: TestMode): TestMode {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** `t.skip()` and `this.skip()`: at the top of the body always, deeper under a condition; `if (x) return` before anything is asserted. */
function skipInside(body: ts.ArrowFunction | ts.FunctionExpression): TestMode {
  let mode: TestMode = ts.isBlock(body.body) && leavesEarly(body.body) ? 'skip-if' : 'run';
  const visit = (node: ts.Node, conditional: boolean): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && isSkipCall(node, node.expression)) {
      mode = strictest(mode, conditional ? 'skip-if' : 'skip');
    }
    if (isFunctionExpression(node) && node !== body) return;
    ts.forEachChild(node, (child) => visit(child, conditional || ts.isIfStatement(node) || ts.isConditionalExpression(node)));
  };
  visit(body, false);
  return mode;
}

function leavesEarly(body: ts.Block): boolean {
  for (const statement of body.statements) {
    if (ts.isIfStatement(statement) && statement.elseStatement === undefined && returnsSilently(statement.thenStatement)) return true;
    if (/\b(expect|assert)\b/.test(normalText(statement))) return false;
  }
  return false;
}

function returnsSilently(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement)) return statement.expression === undefined;
  return ts.isBlock(statement) && statement.statements.some(returnsSilently) && !/\b(expect|assert|fail)\b/.test(normalText(statement));
}

function isSkipCall(call: ts.CallExpression, callee: ts.PropertyAccessExpression): boolean {
  if (!['skip', 'todo'].includes(callee.name.text)) return false;
  const receiver = callee.expression;
  const known = receiver.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(receiver) && ['t', 'ctx', 'context', 'test'].includes(receiver.text));
  return known && !call.arguments.some(isFunctionExpression);
}

/** `jest.setTimeout(ms)`, `vi.setConfig({ testTimeout })`, `this.timeout(ms)`. */
function fileTimeout(call: ts.CallExpression): number | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  const [first] = call.arguments;
  if (first === undefined) return undefined;
  if (['setTimeout', 'timeout'].includes(call.expression.name.text) && ts.isNumericLiteral(first)) return Number(first.text);
  if (call.expression.name.text !== 'setConfig' || !ts.isObjectLiteralExpression(first)) return undefined;
  const limit = first.properties.find((property) => ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && property.name.text === 'testTimeout');
  return limit !== undefined && ts.isPropertyAssignment(limit) && ts.isNumericLiteral(limit.initializer) ? Number(limit.initializer.text) : undefined;
}
