import { ts } from 'ts-morph';
import { isSource, parseReadable, startLine } from './parse-source';

/** One place where a file takes names out of another module. */
export interface ImportUse {
  readonly specifier: string;
  /** 1-based, where the statement or the call begins. */
  readonly line: number;
  /** Names as the other module exports them, aliases looked through; `*` for all of it. */
  readonly names: readonly string[];
  /** Names it hands on: `{ name: 'a', as: 'b' }`; both `*` for everything. */
  readonly handedOn: readonly { readonly name: string; readonly as: string }[];
}

/** What a file imports by name, and what it exports from elsewhere. ES modules, `require` and `import()`. */
export function importUses(path: string, text: string): readonly ImportUse[] {
  if (!isSource(path)) return [];
  const source = parseReadable(path, text);
  const uses: ImportUse[] = [];
  const visit = (node: ts.Node): void => {
    const use = useOf(node, source);
    if (use !== undefined) uses.push(use);
    // A declaration that was read holds its own call of `require`.
    else if (!ts.isImportDeclaration(node)) ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

function useOf(node: ts.Node, source: ts.SourceFile): ImportUse | undefined {
  const line = startLine(source, node);
  if (ts.isImportDeclaration(node)) return { specifier: textOf(node.moduleSpecifier), line, names: importedNames(node, source), handedOn: [] };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) return { specifier: textOf(node.moduleSpecifier), line, names: [], handedOn: handedOn(node) };
  if (ts.isVariableDeclaration(node) && node.initializer !== undefined) {
    const specifier = loadedBy(ts.isAwaitExpression(node.initializer) ? node.initializer.expression : node.initializer);
    return specifier === undefined ? undefined : { specifier, line, names: boundNames(node.name, source), handedOn: [] };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const specifier = loadedBy(node);
  return specifier === undefined ? undefined : { specifier, line, names: ['*'], handedOn: [] };
}

function loadedBy(node: ts.Expression): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [first] = node.arguments;
  const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  return loads && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
}

function importedNames({ importClause: clause }: ts.ImportDeclaration, source: ts.SourceFile): readonly string[] {
  if (clause === undefined) return [];
  const { namedBindings: bindings } = clause;
  const named = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? membersUsed(bindings.name.text, source) : bindings.elements.map((one) => (one.propertyName ?? one.name).text);
  return clause.name === undefined ? named : ['default', ...named];
}

/** `import * as x` uses what is written after `x.`; a bare `x` may be anything. */
function membersUsed(name: string, source: ts.SourceFile): readonly string[] {
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name) {
      used.add(node.name.text);
      return;
    }
    if (ts.isQualifiedName(node) && ts.isIdentifier(node.left) && node.left.text === name) {
      used.add(node.right.text);
      return;
    }
    if (ts.isIdentifier(node) && node.text === name) used.add('*');
    ts.forEachChild(node, visit);
  };
  source.statements.filter((statement) => !ts.isImportDeclaration(statement)).forEach(visit);
  return [...used];
}

function boundNames(name: ts.BindingName, source: ts.SourceFile): readonly string[] {
  if (ts.isIdentifier(name)) return ['*'];
  if (ts.isArrayBindingPattern(name)) return ['*'];
  return name.elements.map((element) => (element.dotDotDotToken === undefined ? (element.propertyName ?? element.name).getText(source) : '*'));
}

function handedOn({ exportClause: clause }: ts.ExportDeclaration): ImportUse['handedOn'] {
  if (clause === undefined) return [{ name: '*', as: '*' }];
  if (ts.isNamespaceExport(clause)) return [{ name: '*', as: clause.name.text }];
  return clause.elements.map((element) => ({ name: (element.propertyName ?? element.name).text, as: element.name.text }));
}

function textOf(node: ts.Expression): string {
  return ts.isStringLiteralLike(node) ? node.text : '';
}
