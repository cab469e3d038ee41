import { ts } from 'ts-morph';
import { endLine, startLine } from './parse-source';
import { bindingOf, moduleOf } from './scopes';
import type { SourceView } from './source-view';

/** One field of a schema, or a schema of one value, as a caller meets it. */
export interface SchemaField {
  /** The variable that holds the schema. */
  readonly schema: string;
  /** Keys on the way, joined by dots; empty for the schema itself. */
  readonly field: string;
  /** `false` when it may be left out. */
  readonly required: boolean;
  /** What alone is accepted, as written; absent where values are not listed, or not all of them are literals. */
  readonly values?: readonly string[];
  /** The calls it is written with, in order: `string`, `min`, `optional`. */
  readonly calls: readonly string[];
  /** Numbers it is held between, by the word: `min`, `max`. */
  readonly bounds: ReadonlyMap<string, number>;
  readonly text: string;
  readonly range: readonly [number, number];
}

const libraries = /^(zod|joi|yup|@hapi\/joi)(\/.*)?$/;
const listing = new Set(['literal', 'enum', 'nativeEnum', 'valid', 'equal', 'oneOf']);
const adding = new Set(['valid', 'equal']);
const leavingOut = new Set(['optional', 'nullish', 'exactOptional', 'default', 'prefault', 'catch', 'notRequired']);
/** Whose object literal lists fields; that of `pick` or `default` does not. */
const shaping = new Set(['object', 'strictObject', 'looseObject', 'extend', 'safeExtend', 'augment', 'keys', 'append', 'shape', 'concat']);
const bounding = new Set(['min', 'max', 'length', 'gt', 'gte', 'lt', 'lte']);
const sameBound: ReadonlyMap<string, string> = new Map([['gte', 'min'], ['lte', 'max']]);
/** Of the bounds those that a larger number makes tighter. */
export const lowerBounds: ReadonlySet<string> = new Set(['min', 'gt']);

/** Fields of schemas written with zod, joi or yup. Read from the names alone: nothing is run, and no type is asked. */
export function schemaFields({ tree }: SourceView): readonly SchemaField[] {
  if (tree === undefined || !tree.statements.some((each) => ts.isImportDeclaration(each) && ts.isStringLiteralLike(each.moduleSpecifier))) return [];
  const found: SchemaField[] = [];
  const visit = (node: ts.Node, schema: string, keys: readonly string[]): void => {
    const named = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined && isSchema(node.initializer) ? node.name.text : undefined;
    const key = schema !== '' && ts.isPropertyAssignment(node) && shapes(node.parent.parent) ? keyOf(node.name) : undefined;
    const value = named === undefined && key === undefined ? undefined : (node as ts.VariableDeclaration | ts.PropertyAssignment).initializer;
    const inner = key === undefined ? keys : [...keys, key];
    if (value !== undefined) found.push(fieldOf(value, named ?? schema, named === undefined ? inner : [], tree));
    ts.forEachChild(node, (child) => visit(child, named ?? schema, named === undefined ? inner : []));
  };
  visit(tree, '', []);
  return found;
}

/** `z.object({…})`, and `object({…})` as it is imported from yup. */
function shapes(call: ts.Node): boolean {
  if (!ts.isCallExpression(call)) return false;
  const { expression } = call;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return ts.isIdentifier(name) && shaping.has(name.text);
}

function keyOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

interface Link {
  readonly name: string;
  readonly inputs: readonly ts.Expression[];
}

function fieldOf(value: ts.Expression, schema: string, keys: readonly string[], tree: ts.SourceFile): SchemaField {
  const links = linksOf(value);
  const names = links.map(({ name }) => name);
  const values = valuesOf(links);
  return {
    schema, field: keys.join('.'), calls: names, bounds: boundsOf(links), text: value.getText(tree), range: [startLine(tree, value), endLine(tree, value)],
    required: isJoi(value) ? names.includes('required') : !names.some((name) => leavingOut.has(name)),
    ...(values === undefined ? {} : { values }),
  };
}

/** What one list leaves of another: `enum(['a', 'b']).exclude(['b'])`, `.extract(['a'])`, `.pipe(z.enum(['a']))`. */
function valuesOf(links: readonly Link[]): readonly string[] | undefined {
  let values: readonly string[] | undefined;
  for (const { name, inputs } of links) {
    if (!listing.has(name) && name !== 'extract' && name !== 'exclude') continue;
    const listed = literalsIn(inputs);
    if (listed === undefined || (values === undefined && name === 'exclude')) return undefined;
    const own = new Set(listed);
    // joi adds one list to another, where the others leave what is in both.
    values = values === undefined ? listed : adding.has(name) ? [...values, ...listed] : values.filter((value) => own.has(value) === (name !== 'exclude'));
  }
  return values;
}

/** The tightest of each: a later one takes nothing back. */
function boundsOf(links: readonly Link[]): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>();
  for (const { name, inputs: [input] } of links) {
    const limit = input === undefined || !bounding.has(name) ? undefined : numberOf(input);
    if (limit === undefined) continue;
    const word = sameBound.get(name) ?? name;
    const known = bounds.get(word);
    bounds.set(word, known === undefined ? limit : lowerBounds.has(word) ? Math.max(known, limit) : Math.min(known, limit));
  }
  return bounds;
}

function numberOf(input: ts.Expression): number | undefined {
  const plain = plainOf(input);
  if (ts.isNumericLiteral(plain)) return Number(plain.text);
  return ts.isPrefixUnaryExpression(plain) && plain.operator === ts.SyntaxKind.MinusToken && ts.isNumericLiteral(plain.operand) ? -Number(plain.operand.text) : undefined;
}

/** `z.string().min(1).optional()`: string, min, optional. What is piped into counts as well, since both have to take a value. */
function linksOf(value: ts.Expression): readonly Link[] {
  return chainOf(value).flatMap((link) => (link.name === 'pipe' && link.inputs[0] !== undefined ? [link, ...linksOf(link.inputs[0])] : [link]));
}

function chainOf(value: ts.Expression): readonly Link[] {
  const links: Link[] = [];
  let each: ts.Expression = value;
  let inputs: readonly ts.Expression[] = [];
  while (ts.isCallExpression(each) || ts.isPropertyAccessExpression(each)) {
    if (ts.isPropertyAccessExpression(each)) {
      links.push({ name: each.name.text, inputs });
      inputs = [];
    } else inputs = each.arguments;
    each = each.expression;
  }
  return links.reverse();
}

function rootOf(value: ts.Expression): ts.Expression {
  let each = value;
  while (ts.isCallExpression(each) || ts.isPropertyAccessExpression(each)) each = each.expression;
  return each;
}

/** By the import at its root, or by the habit of calling a schema one. */
function isSchema(value: ts.Expression): boolean {
  const root = rootOf(value);
  if (!ts.isIdentifier(root) || root === value) return false;
  return libraries.test(libraryOf(root)) || /Schema$/.test(root.text);
}

/** There a field may be left out until it is required; in the others it is required until it may be left out. */
function isJoi(value: ts.Expression): boolean {
  const root = rootOf(value);
  return ts.isIdentifier(root) && /joi|yup/.test(libraryOf(root));
}

function libraryOf(root: ts.Identifier): string {
  const binding = bindingOf(root.text, root);
  return (binding === undefined ? undefined : moduleOf(binding)) ?? '';
}

function literalsIn(inputs: readonly ts.Expression[]): readonly string[] | undefined {
  const each = inputs.map(plainOf).flatMap((input) => (ts.isArrayLiteralExpression(input) ? input.elements.map(plainOf) : [input]));
  return each.length > 0 && each.every(isLiteral) ? each.map((value) => value.getText().replaceAll('"', "'")) : undefined;
}

/** Without `as const` and the like, and a constant of the same file by what it holds. */
function plainOf(input: ts.Expression): ts.Expression {
  let each = input;
  while (ts.isAsExpression(each) || ts.isSatisfiesExpression(each) || ts.isParenthesizedExpression(each)) each = each.expression;
  const binding = ts.isIdentifier(each) && each.text !== 'undefined' ? bindingOf(each.text, each) : undefined;
  const held = binding !== undefined && ts.isVariableDeclaration(binding) && (ts.getCombinedNodeFlags(binding) & ts.NodeFlags.Const) !== 0 ? binding.initializer : undefined;
  if (held === undefined) return each;
  // One step: a constant that names itself would be followed for ever.
  return ts.isAsExpression(held) || ts.isSatisfiesExpression(held) ? held.expression : held;
}

function isLiteral(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}
