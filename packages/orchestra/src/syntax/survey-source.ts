import { ts } from 'ts-morph';
import { chunkSource } from './chunk-source';
import { literalText, nameOfNode, routeOfCall } from './node-name';
import { endLine, lineAt, parseSource, startLine } from './parse-source';
import { linesOf } from './source-lines';
import type { Declaration, ImportLine, MountLine, RouteLine, SourceSurvey, TextAt } from './source-survey';

interface Survey {
  readonly source: ts.SourceFile;
  readonly declarations: Declaration[];
  readonly imports: ImportLine[];
  readonly routes: RouteLine[];
  readonly mounts: MountLine[];
  readonly tables: { name: string; line: number }[];
  readonly identifiers: TextAt[];
  readonly strings: TextAt[];
}

/** One parse and one walk. `text` has LF line ends. Broken code gives what the parser could recover. */
export function surveySource(path: string, text: string): SourceSurvey {
  const source = parseSource(path, text);
  const survey: Survey = { source, declarations: [], imports: [], routes: [], mounts: [], tables: [], identifiers: [], strings: [] };
  for (const statement of source.statements) walk(survey, statement, true);
  const { source: _tree, ...found } = survey;
  return { ...found, chunks: chunkSource(source, linesOf(text)) };
}

function walk(survey: Survey, node: ts.Node, topLevel: boolean): void {
  if (ts.isIdentifier(node)) survey.identifiers.push({ text: node.text, position: node.getStart(survey.source) });
  else if (isText(node)) survey.strings.push({ text: node.text, position: node.getStart(survey.source) });
  else note(survey, node, topLevel);
  const inner = topLevel && (ts.isVariableStatement(node) || ts.isVariableDeclarationList(node));
  ts.forEachChild(node, (child) => walk(survey, child, inner));
}

function isText(node: ts.Node): node is ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail | ts.JsxText {
  return (
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node) || ts.isJsxText(node)
  );
}

function note(survey: Survey, node: ts.Node, topLevel: boolean): void {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) noteImport(survey, node);
  else if (ts.isCallExpression(node)) noteCall(survey, node);
  else if (declares(node, topLevel)) noteDeclaration(survey, node);
  if (ts.isVariableDeclaration(node)) noteLoadedNames(survey, node);
}

/** `const { a } = require('./x')` and `const x = await import('./x')`. */
function noteLoadedNames(survey: Survey, node: ts.VariableDeclaration): void {
  const value = node.initializer !== undefined && ts.isAwaitExpression(node.initializer) ? node.initializer.expression : node.initializer;
  if (value === undefined || !ts.isCallExpression(value) || !isModuleLoad(value)) return;
  const from = value.arguments[0] === undefined ? undefined : literalText(value.arguments[0]);
  if (from === undefined) return;
  survey.imports.push({ from, names: boundNames(node.name), line: startLine(survey.source, node) });
}

function boundNames(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function declares(node: ts.Node, topLevel: boolean): boolean {
  if (ts.isVariableDeclaration(node)) return topLevel || isFunctionValue(node.initializer);
  if (ts.isPropertyAssignment(node)) return isFunctionValue(node.initializer);
  return (
    ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node)
  );
}

/** `const f = () => …`, and wrapped ones such as `useCallback(() => …)` or `memo(function …)`. */
function isFunctionValue(value: ts.Expression | undefined): boolean {
  if (value === undefined) return false;
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return true;
  return ts.isCallExpression(value) && value.arguments.some((argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument));
}

function noteDeclaration(survey: Survey, node: ts.Node): void {
  const name = nameOfNode(survey.source, node);
  if (name === undefined) return;
  survey.declarations.push({ name, start: startLine(survey.source, node), end: endLine(survey.source, node) });
}

function noteImport(survey: Survey, node: ts.ImportDeclaration | ts.ExportDeclaration): void {
  const from = node.moduleSpecifier === undefined ? undefined : literalText(node.moduleSpecifier);
  if (from === undefined) return;
  survey.imports.push({ from, names: ts.isImportDeclaration(node) ? importedNames(node) : [], line: startLine(survey.source, node) });
}

function importedNames(node: ts.ImportDeclaration): readonly string[] {
  const clause = node.importClause;
  if (clause === undefined) return [];
  const bindings = clause.namedBindings;
  const named = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? [bindings.name.text] : bindings.elements.map((one) => one.name.text);
  return clause.name === undefined ? named : [clause.name.text, ...named];
}

function noteCall(survey: Survey, node: ts.CallExpression): void {
  const line = startLine(survey.source, node);
  const [first] = node.arguments;
  const text = first === undefined ? undefined : literalText(first);
  if (isModuleLoad(node) && text !== undefined) survey.imports.push({ from: text, names: [], line });
  const route = routeOfCall(node);
  if (route !== undefined) survey.routes.push({ ...route, start: line, end: endLine(survey.source, node) });
  if (!ts.isPropertyAccessExpression(node.expression) || text === undefined) return;
  const called = node.expression.name.text;
  if (called === 'use' && text.startsWith('/')) survey.mounts.push({ path: text, targets: mountTargets(node), line });
  if (called === 'from' && /^[a-z_][\w.]*$/i.test(text)) {
    survey.tables.push({ name: text, line: lineAt(survey.source, node.expression.name.getStart(survey.source)) });
  }
}

function isModuleLoad(node: ts.CallExpression): boolean {
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(node.expression) && node.expression.text === 'require';
}

/** `app.use('/x', limiter, auth, createXRoutes(pool))` gives `createXRoutes, auth, limiter`. */
function mountTargets(node: ts.CallExpression): readonly string[] {
  return [...node.arguments].slice(1).reverse().flatMap((argument) => rootName(argument) ?? []);
}

function rootName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node)) return rootName(node.expression);
  return ts.isPropertyAccessExpression(node) ? rootName(node.expression) : undefined;
}
