import { ts } from 'ts-morph';
import { conditionsOf } from './conditions';
import { literalText, routeOfCall } from './node-name';
import { endLine, startLine } from './parse-source';
import { bindingOf } from './scopes';
import type { SourceView } from './source-view';

/** One middleware in a chain. */
export interface Handler {
  /** As exported where it comes from: an alias at the import is looked through. */
  readonly name: string;
  /** It does not see every request: it stands under a condition, or an inline function decides whether to call it. */
  readonly conditional: boolean;
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
  if (ts.isIdentifier(node)) return [{ name: exportedName(node), conditional }];
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
      found.push({ name: exportedName(each.expression), conditional: true });
    }
    ts.forEachChild(each, visit);
  };
  visit(node.body);
  return found;
}

/** An import alias does not change what a guard is, nor does a leading underscore make it one. */
function exportedName(name: ts.Identifier): string {
  const binding = bindingOf(name.text, name);
  if (binding !== undefined && ts.isImportSpecifier(binding)) return (binding.propertyName ?? binding.name).text;
  return name.text;
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
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isCallExpression(node)) visit(node);
  return count;
}

/** `createContactRoutes(pool)` imported from `./routes/contacts.js`: where the mounted router lives. */
function mountedModules(node: ts.Expression): readonly string[] {
  const callee = ts.isCallExpression(node) ? node.expression : node;
  if (!ts.isIdentifier(callee)) return [];
  const binding = bindingOf(callee.text, callee);
  if (binding === undefined) return [];
  const declaration = ts.isImportSpecifier(binding) ? binding.parent.parent.parent : ts.isImportClause(binding) ? binding.parent : undefined;
  const specifier = declaration !== undefined && ts.isImportDeclaration(declaration) ? literalText(declaration.moduleSpecifier) : undefined;
  return specifier === undefined ? [] : [specifier];
}
