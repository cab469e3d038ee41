import { ts } from 'ts-morph';

/** `skip-if`: skipped under a condition that the file does not settle. */
export type TestMode = 'run' | 'only' | 'skip-if' | 'skip' | 'todo';

/** A call that declares a suite or a test, in the words of jest, vitest, mocha, node:test and Playwright. */
export interface BlockCall {
  readonly kind: 'suite' | 'test';
  readonly mode: TestMode;
  /** Rows of an `each` table written as a literal. */
  readonly rows?: number;
}

const suites = new Set(['describe', 'suite', 'context']);
const tests = new Set(['test', 'it', 'specify']);
/** A test that is told to fail passes whatever the code does wrong: it counts as skipped. */
const modes: Readonly<Record<string, TestMode>> = { skip: 'skip', todo: 'todo', only: 'only', failing: 'skip', fails: 'skip', fixme: 'skip', skipIf: 'skip-if', runIf: 'skip-if' };

type Aliases = ReadonlyMap<string, BlockCall>;

/** What a call declares, or nothing. `aliases` are the file's own names for such calls. */
export function callOfBlock(call: ts.CallExpression, aliases: Aliases): BlockCall | undefined {
  if (call.arguments.length === 0) return undefined;
  const callee = readCallee(call.expression, aliases);
  if (callee === undefined || call.arguments.every((argument) => ts.isObjectLiteralExpression(argument))) return undefined;
  // `test.skip(condition)` inside a body declares nothing; `it.skipIf(condition)` is only the first half of a call.
  const [first] = call.arguments;
  if (isFactory(call.expression)) return undefined;
  return first !== undefined && (call.arguments.length > 1 || callee.mode === 'todo' || ts.isStringLiteralLike(first)) ? callee : undefined;
}

function isFactory(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && ['skipIf', 'runIf', 'each', 'for', 'use', 'extend', 'step'].includes(callee.name.text);
}

function readCallee(callee: ts.Expression, aliases: Aliases): BlockCall | undefined {
  if (ts.isParenthesizedExpression(callee)) return readCallee(callee.expression, aliases);
  if (ts.isIdentifier(callee)) return aliases.get(callee.text) ?? byName(callee.text);
  if (ts.isConditionalExpression(callee)) return byCondition(readCallee(callee.whenTrue, aliases), readCallee(callee.whenFalse, aliases));
  if (ts.isTaggedTemplateExpression(callee)) return readCallee(callee.tag, aliases);
  if (ts.isCallExpression(callee)) return readFactory(callee, aliases);
  if (!ts.isPropertyAccessExpression(callee)) return undefined;
  return readMember(callee, aliases);
}

function readMember(callee: ts.PropertyAccessExpression, aliases: Aliases): BlockCall | undefined {
  const { text } = callee.name;
  const inner = readCallee(callee.expression, aliases);
  // `t.test(…)` of node:test, `test.describe(…)` of Playwright.
  if (suites.has(text) && inner !== undefined) return { ...inner, kind: 'suite' };
  if (tests.has(text) && ts.isIdentifier(callee.expression) && (inner !== undefined || ['t', 'ctx'].includes(callee.expression.text))) return { kind: 'test', mode: 'run' };
  if (inner === undefined) return undefined;
  return { ...inner, mode: modes[text] ?? inner.mode };
}

/** `it.each(table)`, `it.skipIf(condition)`, `describe.each(table)`. */
function readFactory(call: ts.CallExpression, aliases: Aliases): BlockCall | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  const block = readCallee(call.expression, aliases);
  const [first] = call.arguments;
  const { text } = call.expression.name;
  if (block === undefined || first === undefined || !['each', 'for', 'skipIf', 'runIf', 'extend'].includes(text)) return undefined;
  if (text === 'skipIf' || text === 'runIf') return { ...block, mode: settled(first, text === 'skipIf') };
  if (!ts.isArrayLiteralExpression(first)) return block;
  // A table without rows declares nothing that runs.
  return first.elements.length === 0 ? { ...block, rows: 0, mode: 'skip' } : { ...block, rows: first.elements.length };
}

function settled(condition: ts.Expression, skipsWhenTrue: boolean): TestMode {
  if (condition.kind === ts.SyntaxKind.TrueKeyword) return skipsWhenTrue ? 'skip' : 'run';
  if (condition.kind === ts.SyntaxKind.FalseKeyword) return skipsWhenTrue ? 'run' : 'skip';
  return 'skip-if';
}

function byName(name: string): BlockCall | undefined {
  if (suites.has(name)) return { kind: 'suite', mode: 'run' };
  if (tests.has(name)) return { kind: 'test', mode: 'run' };
  const rest = name.slice(1);
  const kind = suites.has(rest) ? 'suite' : tests.has(rest) ? 'test' : undefined;
  if (kind === undefined || (name[0] !== 'x' && name[0] !== 'f')) return undefined;
  return { kind, mode: name[0] === 'x' ? 'skip' : 'only' };
}

function byCondition(a: BlockCall | undefined, b: BlockCall | undefined): BlockCall | undefined {
  if (a === undefined || b === undefined) return undefined;
  return a.mode === b.mode ? a : { ...a, mode: 'skip-if' };
}

/**
 * The file's own names: `const dbTest = process.env.DB ? test : test.skip`, and functions that pass a title and a body on to
 * one of the known calls (`timeoutTest('…', async () => …)`).
 */
export function localAliases(source: ts.SourceFile, functions: ReadonlyMap<string, ts.FunctionLikeDeclaration>): Aliases {
  const aliases = new Map<string, BlockCall>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      const block = ts.isArrowFunction(node.initializer) ? undefined : readCallee(node.initializer, aliases);
      if (block !== undefined) aliases.set(node.name.text, block);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const [name, declaration] of functions) {
    const block = wrapped(declaration, aliases);
    if (block !== undefined) aliases.set(name, block);
  }
  return aliases;
}

function wrapped(declaration: ts.FunctionLikeDeclaration, aliases: Aliases): BlockCall | undefined {
  const parameters = new Set(declaration.parameters.map((parameter) => (ts.isIdentifier(parameter.name) ? parameter.name.text : '')));
  let found: BlockCall | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const block = callOfBlock(node, aliases);
      const [title] = node.arguments;
      if (block !== undefined && title !== undefined && ts.isIdentifier(title) && parameters.has(title.text)) found = block;
    }
    ts.forEachChild(node, visit);
  };
  if (declaration.body !== undefined) visit(declaration.body);
  return found;
}

/** `{ skip, todo, only, timeout }` of node:test, and a time limit as last argument. */
export function blockOptions(call: ts.CallExpression): { readonly mode: TestMode; readonly timeout?: number } {
  const last = call.arguments[call.arguments.length - 1];
  const trailing = last !== undefined && ts.isNumericLiteral(last) ? Number(last.text) : undefined;
  const options = call.arguments.find((argument) => ts.isObjectLiteralExpression(argument));
  let mode: TestMode = 'run';
  let timeout = trailing;
  for (const property of options?.properties ?? []) {
    const name = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : '';
    const value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
    if (name === 'timeout' && value !== undefined && ts.isNumericLiteral(value)) timeout = Number(value.text);
    if (['skip', 'todo', 'only'].includes(name)) mode = optionMode(name, value);
  }
  return timeout === undefined ? { mode } : { mode, timeout };
}

function optionMode(name: string, value: ts.Expression | undefined): TestMode {
  if (value?.kind === ts.SyntaxKind.FalseKeyword) return 'run';
  if (name === 'only') return 'only';
  const always = value?.kind === ts.SyntaxKind.TrueKeyword || (value !== undefined && ts.isStringLiteralLike(value));
  return always ? (name as TestMode) : 'skip-if';
}
