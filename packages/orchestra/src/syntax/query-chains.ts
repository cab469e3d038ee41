import { ts } from 'ts-morph';
import { conditionsOf, type Condition } from './conditions';
import { enclosingFunction, placeOf, type Place } from './enclosing-place';
import { normalText } from './code-leaves';
import { endLine, startLine } from './parse-source';
import { bindingOf, scopeNodeOf } from './scopes';
import type { SourceView } from './source-view';
import { traceValue, type ValueOrigin } from './trace-value';

export type QueryVerb = 'select' | 'insert' | 'update' | 'upsert' | 'delete';

export interface QueryArgument {
  readonly text: string;
  readonly literal?: string;
  /** Keys of an object literal. */
  readonly keys: readonly string[];
  readonly origin: ValueOrigin;
}

/** One method of the chain, `eq('tenant_id', tenantId)`, or a function the query was handed to. */
export interface QueryCall {
  readonly method: string;
  readonly arguments: readonly QueryArgument[];
  /** Conditions under which it is applied, those of the query itself aside; covered ones included. */
  readonly conditions: readonly Condition[];
}

/** A query written with a builder in the manner of supabase-js, knex or drizzle's `from`: what is asked of which table. */
export interface QueryChain {
  /** Name of the table; the expression as written where it is no literal. */
  readonly table: string;
  readonly literalTable: boolean;
  readonly verb: QueryVerb;
  readonly place: Place;
  readonly range: readonly [number, number];
  readonly calls: readonly QueryCall[];
  /** Calls that each caller of a function adds to the query it returns. */
  readonly callers: readonly (readonly QueryCall[])[];
  /** Properties of its rows that the code compares with something. */
  readonly compared: readonly Comparison[];
  /** Properties of its rows that the code reads. */
  readonly read: readonly string[];
  /** Equal for equal queries, whatever their layout and their table. */
  readonly text: string;
}

export interface Comparison {
  readonly column: string;
  /** Conditions under which the answer of the comparison counts, as written; those about the row itself aside. */
  readonly conditions: readonly string[];
}

const verbs: ReadonlySet<string> = new Set(['select', 'insert', 'update', 'upsert', 'delete']);
/** Other things that have a `from`. */
const notClients = new Set(['Array', 'Buffer', 'Object', 'Uint8Array', 'Set', 'Map', 'Observable', 'Readable', 'Promise', 'Iterator', 'Stream', 'storage', 'Temporal', 'BigInt']);

interface Found {
  readonly from: ts.CallExpression;
  /** The outermost call of the chain, as written in one piece. */
  readonly top: ts.Expression;
}

/** Every query of a file, in the order of the text. */
export function queryChains(view: SourceView): readonly QueryChain[] {
  const source = view.tree;
  if (source === undefined || !view.text.includes('from')) return [];
  const found = findChains(source);
  const indexOf = new Map<ts.Node, number>(found.map(({ from }, index) => [from, index]));
  const trace = (node: ts.Expression): ValueOrigin => traceValue(node, (call) => indexOf.get(call));
  const columns = columnsUsed(source, trace);
  return found.flatMap((each, index): readonly QueryChain[] => {
    const calls = callsOf(each, trace);
    const verb = calls.find((call) => verbs.has(call.method))?.method as QueryVerb | undefined;
    const [table] = each.from.arguments;
    if (table === undefined) return [];
    // Without a verb it is kept all the same, so that indexes stand: a later reader must find the row it names.
    return [
      {
        table: ts.isStringLiteralLike(table) ? table.text : table.getText(source),
        literalTable: ts.isStringLiteralLike(table),
        verb: verb === 'select' || verb === undefined ? (mutatingVerb(calls) ?? 'select') : verb,
        place: placeOf(each.from, source),
        range: [startLine(source, each.top), endLine(source, each.top)],
        calls,
        callers: callersOf(each, source, trace),
        compared: columns.compared.get(index) ?? [],
        read: [...(columns.read.get(index) ?? [])].sort(),
        text: textOfCalls(calls),
      },
    ];
  });
}

/** Equal for equal calls in the same order. */
export function textOfCalls(calls: readonly QueryCall[]): string {
  return calls.map(({ method, arguments: args }) => `${method}(${args.map((argument) => argument.text).join(',')})`).join('.');
}

/** `delete().eq(…).select()` deletes, whatever it gives back. */
function mutatingVerb(calls: readonly QueryCall[]): QueryVerb | undefined {
  return (['delete', 'update', 'upsert', 'insert'] as const).find((verb) => calls.some((call) => call.method === verb && call.conditions.length === 0));
}

function findChains(source: ts.SourceFile): readonly Found[] {
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTableCall(node)) {
      const top = topOf(node);
      if (hasVerb(top, node)) found.push({ from: node, top });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTableCall(call: ts.CallExpression): boolean {
  const { expression, arguments: args } = call;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'from' || args.length !== 1) return false;
  const receiver = expression.expression;
  const name = ts.isIdentifier(receiver) ? receiver.text : ts.isPropertyAccessExpression(receiver) ? receiver.name.text : '';
  return !notClients.has(name);
}

/** Up through `.method(…)`, `await`, `(…)` and `!`, as far as the expression goes. */
function topOf(node: ts.Expression): ts.Expression {
  let top = node;
  for (;;) {
    const { parent } = top;
    if (parent === undefined) return top;
    const method = ts.isPropertyAccessExpression(parent) && parent.expression === top && ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
    if (method) top = parent.parent as ts.CallExpression;
    else if (ts.isParenthesizedExpression(parent) || ts.isNonNullExpression(parent) || ts.isAsExpression(parent)) top = parent;
    else return top;
  }
}

function hasVerb(top: ts.Expression, from: ts.CallExpression): boolean {
  const names = methodsBetween(top, from).map(({ name }) => name);
  return names.some((name) => verbs.has(name)) || (names.length === 0 && isAssigned(top)) || names.some((name) => ['eq', 'match', 'in'].includes(name));
}

function isAssigned(node: ts.Expression): boolean {
  return ts.isVariableDeclaration(node.parent);
}

interface Method {
  readonly name: string;
  readonly call: ts.CallExpression;
}

/** The methods called between the table and the end of the chain, in the order they are called. */
function methodsBetween(top: ts.Expression, start: ts.Expression): readonly Method[] {
  const methods: Method[] = [];
  let node: ts.Expression = top;
  while (node !== start) {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      methods.unshift({ name: node.expression.name.text, call: node });
      node = node.expression.expression;
    } else if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isAwaitExpression(node)) {
      node = node.expression;
    } else {
      break;
    }
  }
  return methods;
}

type Trace = (node: ts.Expression) => ValueOrigin;

function callsOf(found: Found, trace: Trace): readonly QueryCall[] {
  const own = methodsBetween(found.top, found.from).map((method) => queryCall(method, [], trace));
  const variable = variableOf(found.top);
  return variable === undefined ? own : [...own, ...laterCalls(found.top, variable, trace)];
}

function queryCall({ name, call }: Method, conditions: readonly Condition[], trace: Trace): QueryCall {
  return { method: name, arguments: call.arguments.map((argument) => describeArgument(argument, trace)), conditions };
}

function describeArgument(node: ts.Expression, trace: Trace): QueryArgument {
  const keys = ts.isObjectLiteralExpression(node) ? node.properties.flatMap((property) => (property.name !== undefined && ts.isIdentifier(property.name) ? [property.name.text] : [])) : [];
  const literal = ts.isStringLiteralLike(node) ? { literal: node.text } : ts.isTemplateExpression(node) ? { literal: node.getText().slice(1, -1) } : {};
  return { text: normalText(node), keys, origin: trace(node), ...literal };
}

/** The variable a query is kept in: `let q = …`, `q = …`. A result that was awaited is not a query any more. */
function variableOf(top: ts.Expression): ts.Identifier | undefined {
  const { parent } = top;
  if (ts.isVariableDeclaration(parent) && parent.initializer === top && ts.isIdentifier(parent.name)) return parent.name;
  const assigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === top;
  return assigned && ts.isIdentifier(parent.left) ? parent.left : undefined;
}

/** What happens to the variable afterwards: `q = q.eq(…)`, `await q.eq(…)`, `q = scoped(q, tenant)`. */
function laterCalls(top: ts.Expression, variable: ts.Identifier, trace: Trace): readonly QueryCall[] {
  const binding = bindingOf(variable.text, variable);
  const scope = binding === undefined ? enclosingFunction(top) : scopeNodeOf(binding);
  const shared = new Set(conditionsOf(top).map(({ id, branch }) => `${id}${branch}`));
  const calls: QueryCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === variable.text && node.pos > top.end && bindingOf(node.text, node) === binding) {
      const conditions = conditionsOf(node).filter(({ id, branch }) => !shared.has(`${id}${branch}`));
      calls.push(...usesOf(node, trace).map((use) => ({ ...use, conditions })));
    }
    ts.forEachChild(node, visit);
  };
  visit(scope);
  return calls;
}

function usesOf(name: ts.Identifier, trace: Trace): readonly QueryCall[] {
  const { parent } = name;
  if (ts.isCallExpression(parent) && parent.arguments.includes(name)) {
    return [{ method: parent.expression.getText(), arguments: parent.arguments.filter((argument) => argument !== name).map((argument) => describeArgument(argument, trace)), conditions: [] }];
  }
  return methodsBetween(topOf(name), name).map((method) => queryCall(method, [], trace));
}

/** A query that a local function returns is finished by whoever calls it. */
function callersOf(found: Found, source: ts.SourceFile, trace: Trace): readonly (readonly QueryCall[])[] {
  const maker = enclosingFunction(found.from);
  const { parent } = found.top;
  const returned = (ts.isArrowFunction(parent) && parent.body === found.top) || ts.isReturnStatement(parent);
  const name = returned ? functionName(maker) : undefined;
  if (name === undefined) return [];
  const callers: (readonly QueryCall[])[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name) {
      const top = topOf(node);
      const own = methodsBetween(top, node).map((method) => queryCall(method, [], trace));
      const variable = variableOf(top);
      callers.push(variable === undefined ? own : [...own, ...laterCalls(top, variable, trace)]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return callers;
}

function functionName(node: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(node)) return node.name?.text;
  return ts.isVariableDeclaration(node.parent) && ts.isIdentifier(node.parent.name) ? node.parent.name.text : undefined;
}

type Columns = Map<number, Set<string>>;
type Comparisons = Map<number, Comparison[]>;

/** What is done with the rows of which query: `row.tenant_id !== tenantId` compares a column, `run(row.tenant_id)` reads one. */
function columnsUsed(source: ts.SourceFile, trace: Trace): { readonly compared: Comparisons; readonly read: Columns } {
  const compared: Comparisons = new Map();
  const read: Columns = new Map();
  const visit = (node: ts.Node): void => {
    if ((ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && !isCallee(node)) {
      const origin = trace(node);
      if (origin.kind === 'row' && origin.column !== undefined) {
        note(read, origin.query, origin.column);
        const { parent } = node;
        if (ts.isBinaryExpression(parent) && isEquality(parent.operatorToken.kind)) compared.set(origin.query, [...(compared.get(origin.query) ?? []), { column: origin.column, conditions: conditionsBeside(parent, node.expression) }]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { compared, read };
}

/**
 * `a && row.x !== y` refuses only where `a` holds, and `a || row.x === y` lets pass without asking. What asks whether there is a
 * row at all takes nothing away.
 */
function conditionsBeside(comparison: ts.BinaryExpression, row: ts.Expression): readonly string[] {
  const kind = comparison.operatorToken.kind;
  const denies = kind === ts.SyntaxKind.ExclamationEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsEqualsToken;
  const loosening = denies ? ts.SyntaxKind.AmpersandAmpersandToken : ts.SyntaxKind.BarBarToken;
  const conditions: string[] = [];
  let node: ts.Node = comparison;
  for (; ts.isBinaryExpression(node.parent) || ts.isParenthesizedExpression(node.parent); node = node.parent) {
    const { parent } = node;
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === loosening) conditions.push((parent.left === node ? parent.right : parent.left).getText());
  }
  const enclosing = conditionsOf(node).filter(({ covered }) => !covered).map(({ text }) => text);
  const about = new RegExp(`(^|\\W)${row.getText().replace(/[^\w]/g, '\\$&')}(\\W|$)`);
  return [...conditions, ...enclosing].filter((condition) => !about.test(condition));
}

function isCallee(node: ts.Node): boolean {
  return (ts.isCallExpression(node.parent) && node.parent.expression === node) || ts.isPropertyAccessExpression(node.parent);
}

function note(columns: Columns, query: number, column: string): void {
  const known = columns.get(query) ?? new Set<string>();
  known.add(column);
  columns.set(query, known);
}

function isEquality(kind: ts.SyntaxKind): boolean {
  return [ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(kind);
}
