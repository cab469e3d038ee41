import { ts } from 'ts-morph';

/** What a name was bound by: a declaration, a parameter, one element of a destructuring, an import. */
export type Binding = ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement | ts.FunctionDeclaration | ts.ImportSpecifier | ts.ImportClause | ts.NamespaceImport;

const tables = new WeakMap<ts.Node, ReadonlyMap<string, Binding>>();

/**
 * The binding a name refers to where `from` stands, by block scope. No checker: a program would cost seconds, and a rule
 * that reads one changed file needs no other.
 */
export function bindingOf(name: string, from: ts.Node): Binding | undefined {
  for (let each: ts.Node | undefined = from; each !== undefined; each = each.parent) {
    const found = scopeOf(each)?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The module an imported name comes from, as written. */
export function moduleOf(binding: Binding): string | undefined {
  const declaration = ts.isImportSpecifier(binding) ? binding.parent.parent.parent : ts.isNamespaceImport(binding) ? binding.parent.parent : ts.isImportClause(binding) ? binding.parent : undefined;
  return declaration !== undefined && ts.isImportDeclaration(declaration) && ts.isStringLiteralLike(declaration.moduleSpecifier) ? declaration.moduleSpecifier.text : undefined;
}

/** The block, function or file in which a binding is visible. */
export function scopeNodeOf(binding: ts.Node): ts.Node {
  let each: ts.Node = binding;
  while (each.parent !== undefined) {
    each = each.parent;
    if (opensScope(each)) return each;
  }
  return each;
}

function opensScope(node: ts.Node): boolean {
  return ts.isBlock(node) || ts.isSourceFile(node) || ts.isFunctionLike(node) || ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node) || ts.isCaseBlock(node) || ts.isModuleBlock(node);
}

function scopeOf(node: ts.Node): ReadonlyMap<string, Binding> | undefined {
  if (!opensScope(node)) return undefined;
  const known = tables.get(node);
  if (known !== undefined) return known;
  const table = new Map<string, Binding>();
  if (ts.isFunctionLike(node)) node.parameters.forEach((parameter) => bind(parameter, table));
  else if (ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) bindList(node.initializer, table);
  else if (ts.isCaseBlock(node)) node.clauses.forEach((clause) => clause.statements.forEach((statement) => bindStatement(statement, table)));
  else if (ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node)) node.statements.forEach((statement) => bindStatement(statement, table));
  tables.set(node, table);
  return table;
}

type Table = Map<string, Binding>;

function bindStatement(statement: ts.Statement, table: Table): void {
  if (ts.isVariableStatement(statement)) return bindList(statement.declarationList, table);
  if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) table.set(statement.name.text, statement);
  if (ts.isImportDeclaration(statement)) bindImport(statement, table);
}

function bindImport(statement: ts.ImportDeclaration, table: Table): void {
  const clause = statement.importClause;
  if (clause?.name !== undefined) table.set(clause.name.text, clause);
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return;
  if (ts.isNamespaceImport(bindings)) table.set(bindings.name.text, bindings);
  else bindings.elements.forEach((element) => table.set(element.name.text, element));
}

function bindList(list: ts.Node | undefined, table: Table): void {
  if (list !== undefined && ts.isVariableDeclarationList(list)) list.declarations.forEach((declaration) => bind(declaration, table));
}

function bind(node: ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement, table: Table): void {
  if (ts.isIdentifier(node.name)) {
    table.set(node.name.text, node);
    return;
  }
  for (const element of node.name.elements) if (ts.isBindingElement(element)) bind(element, table);
}
