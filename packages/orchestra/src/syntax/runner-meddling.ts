import { ts } from 'ts-morph';
import { parseReadable, startLine } from './parse-source';

/** A place where code ends the process it runs in, or replaces what a runner asserts or reports with. */
export interface RunnerMeddling {
  /** 1-based. */
  readonly line: number;
  /** As a reader would name it: `process.exit()`, `expect.extend({ toBe })`. */
  readonly what: string;
}

const ending: ReadonlySet<string> = new Set(['exit', 'reallyExit', 'abort', 'kill']);
/** Mocking `process.exit` is how a command line is tested; nobody needs these replaced. */
const reporting: ReadonlySet<string> = new Set(['send', 'reallyExit', 'exitCode', '_events']);
const builtIn: ReadonlySet<string> = new Set([
  'toBe', 'toEqual', 'toStrictEqual', 'toMatch', 'toMatchObject', 'toContain', 'toContainEqual', 'toSatisfy', 'toBeTruthy', 'toBeFalsy', 'toBeNull', 'toBeUndefined', 'toBeDefined', 'toBeNaN',
  'toBeCloseTo', 'toBeGreaterThan', 'toBeGreaterThanOrEqual', 'toBeLessThan', 'toBeLessThanOrEqual', 'toBeInstanceOf', 'toBeTypeOf', 'toHaveLength', 'toHaveProperty', 'toHaveBeenCalled',
  'toHaveBeenCalledTimes', 'toHaveBeenCalledWith', 'toHaveBeenLastCalledWith', 'toHaveBeenNthCalledWith', 'toHaveReturned', 'toThrow', 'toThrowError', 'toMatchSnapshot', 'toMatchInlineSnapshot',
]);

/**
 * Read off the text, so a program that is put together at run time gets by; the red-green proof, which needs the runner's own report, is
 * what that meets. `process.exitCode` may be set back to `undefined`, as tests of a command line do.
 */
export function runnerMeddling(path: string, text: string): readonly RunnerMeddling[] {
  if (!/process|expect/.test(text)) return [];
  const source = parseReadable(path, text);
  const found: RunnerMeddling[] = [];
  const visit = (node: ts.Node): void => {
    const what = meddling(node);
    if (what !== undefined) found.push({ line: startLine(source, node), what });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function meddling(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node)) return endingCall(node) ?? replacedMatcher(node);
  if (ts.isVariableDeclaration(node)) return taken(node.name, node.initializer);
  if (ts.isImportDeclaration(node)) return imported(node);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken ? replaced(node) : undefined;
}

/** `process.exit(…)`, also by way of `.call`, `.bind` and the like. */
function endingCall({ expression }: ts.CallExpression): string | undefined {
  const name = memberOfProcess(expression) ?? (ts.isPropertyAccessExpression(expression) ? memberOfProcess(expression.expression) : undefined);
  return name !== undefined && ending.has(name) ? `process.${name}()` : undefined;
}

/** `const { exit } = process`, `const exit = process.exit`. */
function taken(name: ts.BindingName, value: ts.Expression | undefined): string | undefined {
  if (value === undefined) return undefined;
  const member = memberOfProcess(value);
  if (member !== undefined && ending.has(member)) return `process.${member}`;
  if (!ts.isObjectBindingPattern(name) || !isProcess(value)) return undefined;
  const names = name.elements.map((element) => element.propertyName ?? element.name).flatMap((each) => (ts.isIdentifier(each) ? [each.text] : []));
  const found = names.find((each) => ending.has(each));
  return found === undefined ? undefined : `process.${found}`;
}

function imported({ importClause, moduleSpecifier }: ts.ImportDeclaration): string | undefined {
  const bindings = importClause?.namedBindings;
  if (!ts.isStringLiteral(moduleSpecifier) || !/^(?:node:)?process$/.test(moduleSpecifier.text) || bindings === undefined || !ts.isNamedImports(bindings)) return undefined;
  const found = bindings.elements.map((element) => (element.propertyName ?? element.name).text).find((name) => ending.has(name));
  return found === undefined ? undefined : `process.${found}`;
}

function replaced({ left, right }: ts.BinaryExpression): string | undefined {
  const name = memberOfProcess(left);
  const reset = name === 'exitCode' && ts.isIdentifier(right) && right.text === 'undefined';
  return name !== undefined && reporting.has(name) && !reset ? `process.${name} = …` : undefined;
}

/** Own matchers are welcome; a built-in one that passes always makes every test pass. */
function replacedMatcher({ expression, arguments: [first] }: ts.CallExpression): string | undefined {
  const extends_ = ts.isPropertyAccessExpression(expression) && expression.name.text === 'extend' && /(?:^|\.)expect$/.test(nameOf(expression.expression));
  if (!extends_ || first === undefined || !ts.isObjectLiteralExpression(first)) return undefined;
  const names = first.properties.flatMap(({ name }) => (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? [name.text] : []));
  const found = names.find((name) => builtIn.has(name));
  return found === undefined ? undefined : `expect.extend({ ${found} })`;
}

function nameOf(node: ts.Expression): string {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? `${nameOf(node.expression)}.${node.name.text}` : '';
}

function memberOfProcess(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && isProcess(node.expression)) return node.name.text;
  if (ts.isElementAccessExpression(node) && isProcess(node.expression) && ts.isStringLiteralLike(node.argumentExpression)) return node.argumentExpression.text;
  return undefined;
}

function isProcess(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)) return isProcess(node.expression);
  if (ts.isIdentifier(node)) return node.text === 'process';
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'process' && ts.isIdentifier(node.expression) && ['globalThis', 'global'].includes(node.expression.text);
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require' && node.arguments.some((each) => ts.isStringLiteralLike(each) && /^(?:node:)?process$/.test(each.text));
}
