import { ts } from 'ts-morph';
import { contractOf } from './contract-text';
import { isSource, parseSource, startLine } from './parse-source';
import { signatureOf } from './signature-of';

export interface ExportedName {
  /** As its users write it; `default`; `* from ./x` for everything another module exports. */
  readonly name: string;
  /** What a user can rely on, equal for equal contracts whatever their layout. Absent where it is written in another file. */
  readonly contract?: string;
  /** The same for a reader, on one line. */
  readonly shown: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * Every name a module exports, with its whole contract: no limit on length or number, for what is left out here would be
 * a breach that nobody sees. ES modules and CommonJS. Empty for what is not JavaScript or TypeScript.
 */
export function exportTable(path: string, text: string): readonly ExportedName[] {
  if (!isSource(path)) return [];
  const source = parseSource(path, text);
  const declared = declarationsOf(source);
  return merged(source.statements.flatMap((statement) => namesOf(statement, source, declared)));
}

/** Top-level declarations by name; an overloaded function has several. */
type Declared = ReadonlyMap<string, readonly ts.Node[]>;

function declarationsOf(source: ts.SourceFile): Declared {
  const declared = new Map<string, ts.Node[]>();
  const add = (name: ts.Node | undefined, node: ts.Node): void => {
    if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name))) return;
    declared.set(name.text, [...(declared.get(name.text) ?? []), node]);
  };
  for (const statement of source.statements) {
    if (ts.isVariableStatement(statement)) statement.declarationList.declarations.forEach((each) => bindingNames(each.name).forEach((name) => add(name, each)));
    else add((statement as { readonly name?: ts.Node }).name, statement);
  }
  return declared;
}

function bindingNames(name: ts.BindingName): readonly ts.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : bindingNames(element.name)));
}

function namesOf(statement: ts.Statement, source: ts.SourceFile, declared: Declared): readonly ExportedName[] {
  if (ts.isExportDeclaration(statement)) return listed(statement, source, declared);
  if (ts.isExportAssignment(statement)) return [valueOf('default', statement.expression, statement, source, declared)];
  if (ts.isExpressionStatement(statement)) return commonJs(statement.expression, source, declared);
  if (!isExported(statement)) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap((each) => bindingNames(each.name).map((name) => describe(name.text, [each], source, declared)));
  }
  const name = isDefault(statement) ? 'default' : nameText(statement);
  return name === undefined ? [] : [describe(name, [statement], source, declared)];
}

/** `export { a, b as c }`, with or without a module behind it. */
function listed(statement: ts.ExportDeclaration, source: ts.SourceFile, declared: Declared): readonly ExportedName[] {
  const { exportClause: clause, moduleSpecifier } = statement;
  const at = { line: startLine(source, statement), shown: signatureOf(source, statement) };
  const from = moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (clause === undefined) return [{ name: `* from ${from ?? ''}`, ...at }];
  if (ts.isNamespaceExport(clause)) return [{ name: clause.name.text, ...at }];
  return clause.elements.map((element) => {
    const local = (element.propertyName ?? element.name).text;
    const nodes = from === undefined ? declared.get(local) : undefined;
    return nodes === undefined ? { name: element.name.text, ...at } : describe(element.name.text, nodes, source, declared);
  });
}

/** `module.exports = { a, b }`, `module.exports = f`, `exports.a = …`. */
function commonJs(expression: ts.Expression, source: ts.SourceFile, declared: Declared): readonly ExportedName[] {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const target = /^(?:module\.)?exports(?:\.(\w+))?$/.exec(expression.left.getText(source));
  if (target === null) return [];
  const [, name] = target;
  const { right } = expression;
  if (name !== undefined) return [valueOf(name, right, expression, source, declared)];
  if (!ts.isObjectLiteralExpression(right)) return [valueOf('default', right, expression, source, declared)];
  return right.properties.flatMap((property) => {
    const key = property.name !== undefined && ts.isIdentifier(property.name) ? property.name.text : undefined;
    if (key === undefined) return [];
    const value = ts.isPropertyAssignment(property) ? property.initializer : ts.isShorthandPropertyAssignment(property) ? property.name : property;
    return [valueOf(key, value, property, source, declared)];
  });
}

function valueOf(name: string, value: ts.Node, at: ts.Node, source: ts.SourceFile, declared: Declared): ExportedName {
  const nodes = ts.isIdentifier(value) ? declared.get(value.text) : [value];
  if (nodes !== undefined) return { ...describe(name, nodes, source, declared), line: startLine(source, at) };
  return { name, shown: at.getText(source).slice(0, 120), line: startLine(source, at) };
}

function describe(name: string, nodes: readonly ts.Node[], source: ts.SourceFile, declared: Declared): ExportedName {
  const [first] = nodes;
  return {
    name,
    contract: nodes.map((node) => contractOf(node, (other) => declared.get(other)?.[0])).join(' '),
    shown: first === undefined ? name : signatureOf(source, first),
    line: first === undefined ? 1 : startLine(source, first),
  };
}

/** Overloads of one name are one contract. */
function merged(names: readonly ExportedName[]): readonly ExportedName[] {
  const table = new Map<string, ExportedName>();
  for (const each of names) {
    const known = table.get(each.name);
    table.set(each.name, known?.contract === undefined || each.contract === undefined ? (known ?? each) : { ...known, contract: `${known.contract} ${each.contract}` });
  }
  return [...table.values()];
}

function isExported(statement: ts.Statement): boolean {
  return modifierKinds(statement).includes(ts.SyntaxKind.ExportKeyword);
}

function isDefault(statement: ts.Statement): boolean {
  return modifierKinds(statement).includes(ts.SyntaxKind.DefaultKeyword);
}

function modifierKinds(statement: ts.Statement): readonly ts.SyntaxKind[] {
  return ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []).map(({ kind }) => kind) : [];
}

function nameText(statement: ts.Statement): string | undefined {
  const { name } = statement as { readonly name?: ts.Node };
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}
