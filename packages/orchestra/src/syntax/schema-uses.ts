import { ts } from 'ts-morph';
import { normalText } from './code-leaves';
import { bindingOf, moduleOf } from './scopes';

/** A schema as a handler names it. */
export interface SchemaUse {
  /** As exported where it comes from. */
  readonly name: string;
  readonly from?: string;
  /** Its own text, where the file declares it: equal for equal schemas. */
  readonly text?: string;
}

const parsing = new Set(['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'validate', 'validateAsync', 'validateSync']);
const schemaName = /(Schema|Dto|DTO|Validator)$/;
/** They parse text, and describe nothing. */
const notSchemas = new Set(['JSON', 'Date', 'URL', 'qs', 'path', 'querystring', 'Number', 'marked', 'yaml', 'YAML']);

/** Schemas named in a handler: by how they are called, or by what they are called. A handler declared in the same file is looked into. */
export function schemasIn(handler: ts.Node): readonly SchemaUse[] {
  const found: SchemaUse[] = [];
  const visit = (node: ts.Node): void => {
    const name = schemaIdentifier(node);
    if (name !== undefined) found.push(useOf(name));
    ts.forEachChild(node, visit);
  };
  visit(handler);
  const body = ts.isIdentifier(handler) ? declaredBody(handler) : undefined;
  if (body !== undefined) visit(body);
  return found;
}

function schemaIdentifier(node: ts.Node): ts.Identifier | undefined {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && parsing.has(node.expression.name.text)) {
    const { expression } = node.expression;
    return ts.isIdentifier(expression) && !notSchemas.has(expression.text) && !schemaName.test(expression.text) ? expression : undefined;
  }
  return ts.isIdentifier(node) && schemaName.test(node.text) && !ts.isPropertyAccessExpression(node.parent) ? node : receiverOf(node);
}

/** `contactSchema.parse(…)`, `contactSchema.partial()`. */
function receiverOf(node: ts.Node): ts.Identifier | undefined {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && schemaName.test(node.expression.text) ? node.expression : undefined;
}

function useOf(name: ts.Identifier): SchemaUse {
  const binding = bindingOf(name.text, name);
  if (binding === undefined) return { name: name.text };
  const from = moduleOf(binding);
  const exported = ts.isImportSpecifier(binding) ? (binding.propertyName ?? binding.name).text : name.text;
  const text = ts.isVariableDeclaration(binding) && binding.initializer !== undefined ? normalText(binding.initializer) : undefined;
  return { name: exported, ...(from === undefined ? {} : { from }), ...(text === undefined ? {} : { text }) };
}

function declaredBody(name: ts.Identifier): ts.Node | undefined {
  const binding = bindingOf(name.text, name);
  if (binding === undefined) return undefined;
  if (ts.isFunctionDeclaration(binding)) return binding.body;
  return ts.isVariableDeclaration(binding) && binding.initializer !== undefined && ts.isFunctionLike(binding.initializer) ? binding.initializer : undefined;
}
