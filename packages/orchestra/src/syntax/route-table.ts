import { ts } from 'ts-morph';
import { conditionsOf } from './conditions';
import { schemasIn, type SchemaUse } from './schema-uses';
import { literalText, routeOfCall } from './node-name';
import { endLine, startLine } from './parse-source';
import { bindingOf, moduleOf } from './scopes';
import type { SourceView } from './source-view';

/** One middleware in a chain. */
export interface Handler {
  /** As exported where it comes from: an alias at the import is looked through. */
  readonly name: string;
  /** It does not see every request: it stands under a condition, or an inline function decides whether to call it. */
  readonly conditional: boolean;
  /** Module it is imported from; absent for what the file makes itself. */
  readonly from?: string;
}

/** `router.get('/x', …)`, or `app.use('/x', …)` with the method `USE`. */
export interface RouteEntry {
  readonly method: string;
  readonly path: string;
  /** The router it is registered on, by name. */
  readonly router: string;
  readonly handlers: readonly Handler[];
  /** How often the handler itself answers 401 or 403. */
  readonly refusals: number;
  /** Module specifiers of the routers it mounts. */
  readonly mounts: readonly string[];
  /** Schemas its handlers read requests with, or answer with, in source order. */
  readonly schemas: readonly SchemaUse[];
  readonly range: readonly [number, number];
}

/** Everything a file registers on a router, in the order it is registered. Order is meaning: a guard guards what follows. */
export function routeTable(view: SourceView): readonly RouteEntry[] {
  const source = view.tree;
  if (source === undefined) return [];
  const entries: RouteEntry[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const entry = readEntry(node, source);
      if (entry !== undefined) entries.push(entry);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return entries;
}

const notRouters = new Set(['axios', 'fetch', 'http', 'https', 'api', 'client', 'request', 'agent', 'supertest', 'map', 'cache', 'store', 'jest', 'vi']);

function readEntry(call: ts.CallExpression, source: ts.SourceFile): RouteEntry | undefined {
  if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
  const router = routerName(call.expression.expression);
  if (router === undefined || notRouters.has(router)) return undefined;
  const route = routeOfCall(call);
  if (route === undefined && call.expression.name.text !== 'use') return undefined;
  const [first] = call.arguments;
  const path = first === undefined ? undefined : literalText(first);
  const handlers = call.arguments.slice(route === undefined && path === undefined ? 0 : path === undefined ? 0 : 1);
  if (handlers.length === 0) return undefined;
  const conditional = conditionsOf(call).some((condition) => !condition.covered);
  return {
    method: route?.method ?? 'USE',
    path: route?.path ?? path ?? '/',
    router,
    handlers: handlers.flatMap((handler) => handlersIn(handler, conditional)),
    refusals: handlers.reduce((total, handler) => total + refusalsIn(handler), 0),
    mounts: handlers.flatMap(mountedModules),
    schemas: handlers.flatMap((handler) => schemasIn(handler)).filter((use, index, all) => all.findIndex(({ name }) => name === use.name) === index),
    range: [startLine(source, call), endLine(source, call)],
  };
}

/** `router`, `app`, `this.app`, `router.route('/x')`. */
function routerName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) return routerName(node.expression.expression);
  return undefined;
}

function handlersIn(node: ts.Expression, conditional: boolean): readonly Handler[] {
  if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node) || ts.isAsExpression(node)) return handlersIn(node.expression, conditional);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((element) => handlersIn(element, conditional));
  if (ts.isConditionalExpression(node)) return [...handlersIn(node.whenTrue, true), ...handlersIn(node.whenFalse, true)];
  if (ts.isBinaryExpression(node)) return handlersIn(node.right, true);
  if (ts.isIdentifier(node)) return [handler(node, conditional)];
  if (ts.isPropertyAccessExpression(node)) return [{ name: node.getText(), conditional }];
  if (ts.isCallExpression(node)) return [...handlersIn(node.expression, conditional), ...node.arguments.filter(isHandlerLike).flatMap((argument) => handlersIn(argument, conditional))];
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return calledWithRequest(node);
  return [];
}

/** `asyncHandler(requireAuth)`: what is wrapped still guards; a configuration object does not. */
function isHandlerLike(node: ts.Expression): boolean {
  return ts.isIdentifier(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isCallExpression(node);
}

/** `(req, res, next) => (open(req) ? next() : requireAuth(req, res, next))`: a guard an inline function may call. */
function calledWithRequest(node: ts.ArrowFunction | ts.FunctionExpression): readonly Handler[] {
  const next = node.parameters[2]?.name;
  if (next === undefined || !ts.isIdentifier(next)) return [];
  const found: Handler[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isCallExpression(each) && ts.isIdentifier(each.expression) && each.arguments.some((argument) => ts.isIdentifier(argument) && argument.text === next.text)) {
      found.push(handler(each.expression, true));
    }
    ts.forEachChild(each, visit);
  };
  visit(node.body);
  return found;
}

/** An import alias does not change what a guard is, nor does a leading underscore make it one. */
function handler(name: ts.Identifier, conditional: boolean): Handler {
  const binding = bindingOf(name.text, name);
  const from = binding === undefined ? undefined : moduleOf(binding);
  const exported = binding !== undefined && ts.isImportSpecifier(binding) ? (binding.propertyName ?? binding.name).text : name.text;
  return { name: exported, conditional, ...(from === undefined ? {} : { from }) };
}

function refusalsIn(node: ts.Node): number {
  let count = 0;
  const visit = (each: ts.Node): void => {
    if (ts.isCallExpression(each) && ts.isPropertyAccessExpression(each.expression) && /^(status|sendStatus|writeHead|code)$/.test(each.expression.name.text)) {
      const [first] = each.arguments;
      if (first !== undefined && ts.isNumericLiteral(first) && (first.text === '401' || first.text === '403')) count += 1;
    }
    ts.forEachChild(each, visit);
  };
  if (ts.isFunctionLike(node) || ts.isCallExpression(node)) visit(node);
  return count;
}

/** `createContactRoutes(pool)` imported from `./routes/contacts.js`: where the mounted router lives. */
function mountedModules(node: ts.Expression): readonly string[] {
  const callee = ts.isCallExpression(node) ? node.expression : node;
  if (!ts.isIdentifier(callee)) return [];
  const binding = bindingOf(callee.text, callee);
  if (binding === undefined) return [];
  const specifier = moduleOf(binding);
  return specifier === undefined ? [] : [specifier];
}

/** A function that may be a guard, and what is left of it. */
export interface GuardBody {
  readonly name: string;
  /** How often it answers 401 or 403, or throws. */
  readonly refusals: number;
  /** It lets everybody pass before it looks at anything. */
  readonly open: boolean;
  readonly range: readonly [number, number];
}

/** Functions with the signature of a middleware, by name. */
export function guardBodies(view: SourceView): readonly GuardBody[] {
  const source = view.tree;
  if (source === undefined) return [];
  const found: GuardBody[] = [];
  const visit = (node: ts.Node): void => {
    const name = functionName(node);
    if (name !== undefined) found.push({ name, refusals: refusalsIn(node) + throwsIn(node), open: opensAtOnce(node), range: [startLine(source, node), endLine(source, node)] });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function functionName(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name?.text;
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined;
  const { parent } = node;
  return (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) && ts.isIdentifier(parent.name) ? parent.name.text : undefined;
}

function throwsIn(node: ts.Node): number {
  let count = ts.isThrowStatement(node) ? 1 : 0;
  ts.forEachChild(node, (child) => {
    count += throwsIn(child);
  });
  return count;
}

/** `next()` as the first thing that happens, on every way. */
function opensAtOnce(node: ts.Node): boolean {
  const body = (node as ts.FunctionLikeDeclaration).body;
  if (body === undefined) return false;
  if (!ts.isBlock(body)) return isNext(body);
  const [first] = body.statements;
  if (first === undefined) return false;
  if (ts.isReturnStatement(first)) return first.expression !== undefined && isNext(first.expression);
  return ts.isExpressionStatement(first) && isNext(first.expression);
}

function isNext(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'next' && node.arguments.length === 0;
}
