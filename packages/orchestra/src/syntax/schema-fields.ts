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
  /** What kind of value it is, by the word the library has for it: `string`, `boolean`. */
  readonly kinds: readonly string[];
  /** Numbers it is held between, by the word: `min`, `max`. */
  readonly bounds: ReadonlyMap<string, number>;
  readonly text: string;
  readonly range: readonly [number, number];
}

const libraries = /^(zod|joi|yup|@hapi\/joi)(\/.*)?$/;
const listing = new Set(['literal', 'enum', 'nativeEnum', 'valid', 'equal', 'oneOf']);
const leavingOut = new Set(['optional', 'nullish', 'exactOptional', 'default', 'prefault', 'catch', 'notRequired']);
/** Whose object literal lists fields; that of `pick` or `default` does not. */
const shaping = new Set(['object', 'strictObject', 'looseObject', 'extend', 'safeExtend', 'augment', 'keys', 'append', 'shape', 'concat']);
const bounding = new Set(['min', 'max', 'length', 'gt', 'gte', 'lt', 'lte']);

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

function shapes(call: ts.Node): boolean {
  return ts.isCallExpression(call) && ts.isPropertyAccessExpression(call.expression) && shaping.has(call.expression.name.text);
}

function keyOf(name: ts.PropertyName): string | undefined {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
}

interface Link {
  readonly name: string;
  readonly inputs: readonly ts.Expression[];
}

function fieldOf(value: ts.Expression, schema: string, keys: readonly string[], tree: ts.SourceFile): SchemaField {
  const links = chainOf(value);
  const names = links.map(({ name }) => name);
  const listed = links.filter(({ name }) => listing.has(name)).map(({ inputs }) => literalsIn(inputs));
  const values = listed.length === 1 ? listed[0] : undefined;
  const bounds = links.flatMap(({ name, inputs: [limit] }) => (bounding.has(name) && limit !== undefined && ts.isNumericLiteral(limit) ? [[name, Number(limit.text)] as const] : []));
  return {
    schema, field: keys.join('.'), kinds: names, bounds: new Map(bounds), text: value.getText(tree), range: [startLine(tree, value), endLine(tree, value)],
    required: isJoi(value) ? names.includes('required') : !names.some((name) => leavingOut.has(name)),
    ...(values === undefined ? {} : { values }),
  };
}

/** `z.string().min(1).optional()`: string, min, optional. */
function chainOf(value: ts.Expression): readonly Link[] {
  const links: Link[] = [];
  let each: ts.Expression = value;
  let inputs: readonly ts.Expression[] = [];
  while (ts.isCallExpression(each) || ts.isPropertyAccessExpression(each)) {
    if (ts.isPropertyAccessExpression(each)) {
      links.unshift({ name: each.name.text, inputs });
      inputs = [];
    } else inputs = each.arguments;
    each = each.expression;
  }
  return links;
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
  const each = inputs.flatMap((input) => (ts.isArrayLiteralExpression(input) ? [...input.elements] : [input]));
  return each.length > 0 && each.every(isLiteral) ? each.map((value) => value.getText().replaceAll('"', "'")) : undefined;
}

function isLiteral(node: ts.Expression): boolean {
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) || [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword, ts.SyntaxKind.NullKeyword].includes(node.kind);
}
