import { ts } from 'ts-morph';
import { placeOf } from './enclosing-place';
import { endLine, startLine } from './parse-source';
import type { SourceView } from './source-view';

/** A `catch` after which nobody knows that anything went wrong. */
export interface SilentCatch {
  readonly place: string;
  readonly range: readonly [number, number];
  /** What is called where it listens, as written without arguments. */
  readonly calls: readonly string[];
}

/** A query whose answer is taken apart: `const { data, error } = await db.from('x')…`. */
export interface QueryAnswer {
  readonly place: string;
  readonly table: string;
  readonly range: readonly [number, number];
  /** Its error is used for something. */
  readonly checked: boolean;
}

export interface NoticedErrors {
  readonly silent: readonly SilentCatch[];
  /** Calls outside every silent catch, by place. */
  readonly open: ReadonlyMap<string, ReadonlySet<string>>;
  readonly answers: readonly QueryAnswer[];
}

/** Which errors a file hears of, and which it does not. */
export function noticedErrors({ tree }: SourceView): NoticedErrors {
  const silent: SilentCatch[] = [];
  const open = new Map<string, Set<string>>();
  const answers: QueryAnswer[] = [];
  if (tree === undefined) return { silent, open, answers };
  const hushedNodes = new Set<ts.Node>();
  const visit = (node: ts.Node, above: boolean): void => {
    const hushed = above || hushedNodes.has(node);
    const listening = silencedBy(node);
    if (listening !== undefined) hushedNodes.add(listening);
    if (listening !== undefined) silent.push({ place: placeOf(node, tree).name, range: [startLine(tree, node), endLine(tree, node)], calls: callsIn(listening) });
    if (ts.isCallExpression(node) && !hushed) note(open, placeOf(node, tree).name, calleeOf(node));
    const answer = ts.isVariableDeclaration(node) ? answerOf(node, tree) : undefined;
    if (answer !== undefined) answers.push(answer);
    ts.forEachChild(node, (child) => visit(child, hushed));
  };
  visit(tree, false);
  return { silent, open, answers };
}

function note(open: Map<string, Set<string>>, place: string, callee: string): void {
  const known = open.get(place) ?? new Set<string>();
  known.add(callee);
  open.set(place, known);
}

function calleeOf({ expression }: ts.CallExpression): string {
  return expression.getText().replace(/\s+/g, '');
}

function callsIn(node: ts.Node): readonly string[] {
  const calls: string[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isCallExpression(each)) calls.push(calleeOf(each));
    ts.forEachChild(each, visit);
  };
  visit(node);
  return calls;
}

/** The part whose errors are silenced: the block of a `try`, the promise before `.catch(…)`. */
function silencedBy(node: ts.Node): ts.Node | undefined {
  if (ts.isTryStatement(node)) return node.catchClause !== undefined && saysNothing(node.catchClause.block, node.catchClause.variableDeclaration?.name) ? node.tryBlock : undefined;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || node.expression.name.text !== 'catch') return undefined;
  const [handler] = node.arguments;
  if (handler === undefined || !(ts.isArrowFunction(handler) || ts.isFunctionExpression(handler))) return undefined;
  return saysNothing(handler.body, handler.parameters[0]?.name) ? node.expression.expression : undefined;
}

const tellers = /(^|\.)(next|reject|error|warn|fatal|exit|fail|captureException|report\w*|notify\w*)$/;

/** It neither throws, nor uses the error, nor tells anybody. */
function saysNothing(body: ts.Node, error: ts.BindingName | undefined): boolean {
  let told = false;
  const visit = (node: ts.Node): void => {
    if (ts.isThrowStatement(node)) told = true;
    if (error !== undefined && ts.isIdentifier(error) && ts.isIdentifier(node) && node.text === error.text) told = true;
    if (error !== undefined && !ts.isIdentifier(error)) told = true;
    if (ts.isCallExpression(node) && (tellers.test(calleeOf(node)) || isFailure(node))) told = true;
    ts.forEachChild(node, visit);
  };
  visit(body);
  return !told;
}

/** `res.status(500)`. */
function isFailure({ expression, arguments: [first] }: ts.CallExpression): boolean {
  return ts.isPropertyAccessExpression(expression) && /^(status|sendStatus|code|writeHead)$/.test(expression.name.text) && first !== undefined && ts.isNumericLiteral(first) && /^[45]/.test(first.text);
}

function answerOf({ name, initializer, parent }: ts.VariableDeclaration, source: ts.SourceFile): QueryAnswer | undefined {
  if (!ts.isObjectBindingPattern(name) || initializer === undefined || !ts.isAwaitExpression(initializer)) return undefined;
  const table = /\.from\(\s*['"`]([\w.]+)['"`]\s*\)/.exec(initializer.getText(source))?.[1];
  if (table === undefined) return undefined;
  const error = name.elements.find(({ propertyName, name: local }) => (propertyName ?? local).getText(source) === 'error')?.name;
  const checked = error !== undefined && ts.isIdentifier(error) && isUsed(error, parent.parent.parent);
  return { place: placeOf(name, source).name, table, range: [startLine(source, name), endLine(source, initializer)], checked };
}

function isUsed(name: ts.Identifier, within: ts.Node): boolean {
  let used = false;
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node !== name && node.text === name.text) used = true;
    ts.forEachChild(node, visit);
  };
  visit(within);
  return used;
}
