import { ts } from 'ts-morph';
import { bindingOf, type Binding } from './scopes';

/** Where a value comes from, as far as one file can tell. */
export type ValueOrigin =
  | { readonly kind: 'literal' }
  /** Something a request brought along, with the way to it: `params`, `id` for `req.params.id`; `tenantOf()` for what a function made of it. */
  | { readonly kind: 'request'; readonly path: readonly string[] }
  /** A row, or a column of a row, that another query gave back. */
  | { readonly kind: 'row'; readonly query: number; readonly column?: string }
  | { readonly kind: 'parameter' }
  | { readonly kind: 'unknown' };

type QueryIndex = (call: ts.CallExpression) => number | undefined;

const requests = new Set(['req', 'request', 'ctx', 'event', 'params', 'query', 'body']);
/** Those that are a part of a request themselves. */
const partsOfRequests = new Set(['params', 'query', 'body']);
/** Functions after which a value is no longer what somebody sent, but what somebody checked. */
const checking = /tenant|verif|authori|resolve|access|allowed|permitted/i;
/** Methods that hand on the elements of what they are called on. */
const passing = new Set(['map', 'filter', 'find', 'flatMap', 'slice', 'sort', 'reverse', 'at', 'concat', 'flat', 'values', 'then', 'catch']);
const iterating = new Set(['map', 'filter', 'find', 'flatMap', 'forEach', 'some', 'every', 'findIndex', 'sort', 'reduce', 'then']);
const stepsFollowed = 30;

const unknown: ValueOrigin = { kind: 'unknown' };

export function traceValue(node: ts.Expression, queryOf: QueryIndex, steps = stepsFollowed): ValueOrigin {
  if (steps === 0) return unknown;
  const follow = (next: ts.Expression): ValueOrigin => traceValue(next, queryOf, steps - 1);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) return { kind: 'literal' };
  if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSpreadElement(node)) return follow(node.expression);
  if (ts.isBinaryExpression(node)) return follow(node.left);
  if (ts.isConditionalExpression(node)) return firstKnown([follow(node.whenTrue), follow(node.whenFalse)]);
  if (ts.isArrayLiteralExpression(node)) return firstKnown(node.elements.map(follow));
  if (ts.isNewExpression(node)) return firstKnown((node.arguments ?? []).map(follow));
  if (ts.isCallExpression(node)) return traceCall(node, queryOf, steps);
  if (ts.isElementAccessExpression(node)) return ts.isStringLiteralLike(node.argumentExpression) ? memberOf(follow(node.expression), node.argumentExpression.text) : follow(node.expression);
  if (ts.isPropertyAccessExpression(node)) return memberOf(follow(node.expression), node.name.text);
  if (ts.isIdentifier(node)) return traceName(node, queryOf, steps);
  return unknown;
}

function traceCall(call: ts.CallExpression, queryOf: QueryIndex, steps: number): ValueOrigin {
  const index = queryOf(call);
  if (index !== undefined) return { kind: 'row', query: index };
  if (!ts.isPropertyAccessExpression(call.expression)) return made(call.expression.getText(), firstKnown(call.arguments.map((argument) => traceValue(argument, queryOf, steps - 1))));
  const receiver = traceValue(call.expression.expression, queryOf, steps - 1);
  const { text } = call.expression.name;
  if (receiver.kind === 'row' && passing.has(text)) return mapped(call, receiver, queryOf, steps);
  if (receiver.kind === 'request' && receiver.path.length === 0) return { ...receiver, path: [text, ...call.arguments.flatMap((argument) => (ts.isStringLiteralLike(argument) ? [argument.text] : []))] };
  // The rest of a query chain: whatever it ends in, it ends in rows.
  if (receiver.kind !== 'unknown') return receiver;
  return made(text, firstKnown(call.arguments.map((argument) => traceValue(argument, queryOf, steps - 1))));
}

/** What a function gives back for a whole request, or for something it checks, is its own answer. */
function made(by: string, from: ValueOrigin): ValueOrigin {
  return from.kind === 'request' && (from.path.length === 0 || checking.test(by)) ? { kind: 'request', path: [`${by}()`] } : from;
}

/** `rows.map((row) => row.id)`: the column that the callback picks. */
function mapped(call: ts.CallExpression, rows: ValueOrigin & { readonly kind: 'row' }, queryOf: QueryIndex, steps: number): ValueOrigin {
  const [callback] = call.arguments;
  if (callback === undefined || !ts.isArrowFunction(callback) || ts.isBlock(callback.body)) return rows;
  const name = call.expression;
  if (ts.isPropertyAccessExpression(name) && name.name.text !== 'map' && name.name.text !== 'flatMap') return rows;
  const picked = traceValue(callback.body, queryOf, steps - 1);
  return picked.kind === 'row' ? picked : rows;
}

function memberOf(owner: ValueOrigin, name: string): ValueOrigin {
  if (owner.kind === 'request') return { ...owner, path: [...owner.path, name] };
  if (owner.kind !== 'row') return owner;
  return name === 'data' || name === 'rows' || name === 'length' ? owner : { ...owner, column: name };
}

function traceName(name: ts.Identifier, queryOf: QueryIndex, steps: number): ValueOrigin {
  const binding = bindingOf(name.text, name);
  if (binding === undefined) return requests.has(name.text) ? requestCalled(name.text) : unknown;
  return traceBinding(binding, queryOf, steps);
}

function requestCalled(name: string): ValueOrigin {
  return { kind: 'request', path: partsOfRequests.has(name) ? [name] : [] };
}

function traceBinding(binding: Binding, queryOf: QueryIndex, steps: number): ValueOrigin {
  if (ts.isParameter(binding)) return traceParameter(binding, queryOf, steps);
  if (ts.isVariableDeclaration(binding)) return traceDeclaration(binding, queryOf, steps);
  return ts.isBindingElement(binding) ? traceElement(binding, queryOf, steps) : unknown;
}

function traceDeclaration(declaration: ts.VariableDeclaration, queryOf: QueryIndex, steps: number): ValueOrigin {
  if (declaration.initializer !== undefined) return traceValue(declaration.initializer, queryOf, steps - 1);
  const loop = declaration.parent.parent;
  return ts.isForOfStatement(loop) ? traceValue(loop.expression, queryOf, steps - 1) : unknown;
}

/** `const { data: row } = await query`, `const { id } = req.params`, `({ id }) => …`. */
function traceElement(element: ts.BindingElement, queryOf: QueryIndex, steps: number): ValueOrigin {
  let owner: ts.Node = element.parent.parent;
  while (ts.isBindingElement(owner)) owner = owner.parent.parent;
  if (!ts.isParameter(owner) && !ts.isVariableDeclaration(owner)) return unknown;
  const origin = ts.isParameter(owner) ? traceParameter(owner, queryOf, steps) : traceDeclaration(owner, queryOf, steps);
  const key = element.propertyName ?? element.name;
  const column = ts.isIdentifier(key) ? key.text : undefined;
  if (origin.kind === 'request' && column !== undefined) return memberOf(origin, column);
  if (origin.kind !== 'row') return origin;
  return column === undefined || ['data', 'rows', 'error', 'count'].includes(column) ? origin : { ...origin, column };
}

/** A handler's first parameter is the request; a callback's is an element of what it runs over. */
function traceParameter(parameter: ts.ParameterDeclaration, queryOf: QueryIndex, steps: number): ValueOrigin {
  if (ts.isIdentifier(parameter.name) && requests.has(parameter.name.text)) return requestCalled(parameter.name.text);
  const callback = parameter.parent;
  const call = callback.parent;
  if (ts.isCallExpression(call) && call.arguments.includes(callback as unknown as ts.Expression) && ts.isPropertyAccessExpression(call.expression) && iterating.has(call.expression.name.text)) {
    const over = traceValue(call.expression.expression, queryOf, steps - 1);
    if (over.kind === 'row') return over;
  }
  return { kind: 'parameter' };
}

function firstKnown(origins: readonly ValueOrigin[]): ValueOrigin {
  return origins.find((origin) => origin.kind === 'row') ?? origins.find((origin) => origin.kind === 'request') ?? origins.find((origin) => origin.kind === 'parameter') ?? origins[0] ?? unknown;
}
