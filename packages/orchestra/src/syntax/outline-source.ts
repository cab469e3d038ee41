import { ts } from 'ts-morph';
import { emptyOutline, outlineLimits, type FileOutline, type OutlineExport, type OutlineMount, type OutlineRoute } from '../model/file-outline';
import { literalText, routeOfCall, routeVerbs } from './node-name';
import { parseSource, startLine } from './parse-source';
import { redisCommands, redisKeyOf } from './redis-key';
import { functionInside, signatureOf, wholeWords } from './signature-of';

interface Outline {
  readonly source: ts.SourceFile;
  readonly path: string;
  readonly routes: OutlineRoute[];
  readonly mounts: OutlineMount[];
  readonly environment: Set<string>;
  readonly redisKeys: Set<string>;
  /** Guards of `x.use(guard)` seen so far, in source order, by the name of x. */
  readonly used: Map<string, string[]>;
}

/** Syntactic: types that were not written down are not inferred. Broken code gives what the parser could recover. */
export function outlineSource(path: string, text: string): FileOutline {
  const source = parseSource(path, text);
  const outline: Outline = { source, path, routes: [], mounts: [], environment: new Set(), redisKeys: new Set(), used: new Map() };
  walk(outline, source, landmarksIn(text));
  return {
    ...emptyOutline(path),
    exports: exportsOf(source).slice(0, outlineLimits.exports),
    routes: outline.routes.slice(0, outlineLimits.routes),
    mounts: outline.mounts.map((mount) => ({ ...mount, ...origin(source, mount.router) })),
    environment: [...outline.environment].sort(),
    redisKeys: [...outline.redisKeys].sort(),
  };
}

const environments = ['process.env', 'import.meta.env', 'window._env_'];
/** Every text that a call or an access below must hold to be noted; an escaped name may be any of them. */
const landmark = new RegExp(`\\b(?:${[...routeVerbs, ...redisCommands, 'use'].join('|')})\\b|${environments.map((text) => text.replaceAll('.', '\\.')).join('|')}|\\\\u`, 'giu');

/** Ascending offsets. Most of a file is none of our business, and walking all of it takes a fifth as long as parsing it. */
function landmarksIn(text: string): readonly number[] {
  return [...text.matchAll(landmark)].map(({ index }) => index);
}

function holdsLandmark(node: ts.Node, landmarks: readonly number[]): boolean {
  let [low, high] = [0, landmarks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((landmarks[middle] ?? 0) < node.pos) low = middle + 1;
    else high = middle;
  }
  return (landmarks[low] ?? Number.POSITIVE_INFINITY) < node.end;
}

function walk(outline: Outline, node: ts.Node, landmarks: readonly number[]): void {
  if (!holdsLandmark(node, landmarks)) return;
  if (ts.isCallExpression(node)) noteCall(outline, node);
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) noteEnvironment(outline, node);
  ts.forEachChild(node, (child) => walk(outline, child, landmarks));
}

function noteCall(outline: Outline, node: ts.CallExpression): void {
  const route = routeOfCall(node);
  if (route !== undefined) {
    const guards = [...(outline.used.get(ownerOf(node)) ?? []), ...node.arguments.slice(1, -1).flatMap(guardName)];
    outline.routes.push({ ...route, guards, line: startLine(outline.source, node) });
    return;
  }
  const key = redisKeyOf(outline.source, node);
  if (key !== undefined) outline.redisKeys.add(key);
  if (ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'use') noteUse(outline, node);
}

function noteUse(outline: Outline, node: ts.CallExpression): void {
  const owner = ownerOf(node);
  const [first] = node.arguments;
  const path = first === undefined ? undefined : literalText(first);
  const before = outline.used.get(owner) ?? [];
  if (path === undefined) {
    outline.used.set(owner, [...before, ...node.arguments.flatMap(guardName)]);
    return;
  }
  const names = node.arguments.slice(1).flatMap(guardName);
  const router = names.at(-1);
  if (router !== undefined && path.startsWith('/')) outline.mounts.push({ path, router, guards: [...before, ...names.slice(0, -1)], line: startLine(outline.source, node) });
}

function ownerOf(node: ts.CallExpression): string {
  const target = ts.isPropertyAccessExpression(node.expression) ? node.expression.expression : node.expression;
  return ts.isIdentifier(target) ? target.text : '';
}

/** `requireAdmin`, `requireRole('admin')`, `middleware.auth`; an inline arrow has no name and is told as such. */
function guardName(node: ts.Node): readonly string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(guardName);
  if (ts.isPropertyAccessExpression(node)) return [node.name.text];
  if (ts.isCallExpression(node)) return guardName(node.expression);
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? ['(inline)'] : [];
}

function noteEnvironment(outline: Outline, node: ts.PropertyAccessExpression | ts.ElementAccessExpression): void {
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : literalText(node.argumentExpression);
  if (name === undefined || !/^[A-Z][A-Z0-9_]+$/.test(name)) return;
  const object = node.expression.getText(outline.source);
  if (environments.includes(object)) outline.environment.add(name);
}

function origin(source: ts.SourceFile, name: string): { readonly from?: string } {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause === undefined) continue;
    const { name: standard, namedBindings: bindings } = statement.importClause;
    const named = bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((element) => element.name.text === name);
    if (standard?.text === name || named) return { from: literalText(statement.moduleSpecifier) ?? '' };
  }
  return {};
}

/** Exported declarations in source order, `export { … }` and `module.exports = { … }` resolved inside the file. */
function exportsOf(source: ts.SourceFile): readonly OutlineExport[] {
  const named = listedNames(source);
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) return statement.moduleSpecifier === undefined ? [] : [entry(source, statement, 're-export')];
    if (ts.isExportAssignment(statement)) return ts.isIdentifier(statement.expression) ? [] : [entry(source, statement, 'default')];
    const exported = isExported(statement);
    if (!ts.isVariableStatement(statement)) {
      const name = (statement as { readonly name?: ts.Node }).name?.getText(source) ?? 'default';
      const declares = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement);
      return declares && (exported || named.has(name)) ? [entry(source, statement, name)] : [];
    }
    return statement.declarationList.declarations.flatMap((declaration) => {
      const name = declaration.name.getText(source);
      return exported || named.has(name) ? [entry(source, declaration, name, statement)] : [];
    });
  });
}

function listedNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (ts.isExportAssignment(statement) && ts.isIdentifier(statement.expression)) names.add(statement.expression.text);
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier === undefined && statement.exportClause !== undefined && ts.isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements) names.add((element.propertyName ?? element.name).text);
    }
    if (ts.isExpressionStatement(statement)) for (const name of commonJsNames(source, statement.expression)) names.add(name);
  }
  return names;
}

function commonJsNames(source: ts.SourceFile, expression: ts.Expression): readonly string[] {
  if (!ts.isBinaryExpression(expression) || expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return [];
  const target = expression.left.getText(source);
  if (!/^(?:module\.)?exports(?:\.\w+)?$/.test(target)) return [];
  const value = expression.right;
  if (ts.isIdentifier(value)) return [value.text];
  if (!ts.isObjectLiteralExpression(value)) return [];
  return value.properties.flatMap((property) => (ts.isShorthandPropertyAssignment(property) ? [property.name.text] : []));
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}

function entry(source: ts.SourceFile, node: ts.Node, name: string, documented: ts.Node = node): OutlineExport {
  const doc = firstDocLine(source, documented);
  const props = propsOf(source, node, name);
  return {
    name, signature: signatureOf(source, node), line: startLine(source, documented),
    ...(doc === undefined ? {} : { doc }), ...(props === undefined ? {} : { props }),
  };
}

function firstDocLine(source: ts.SourceFile, node: ts.Node): string | undefined {
  const comments = ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? [];
  const last = comments.map(({ pos, end }) => source.text.slice(pos, end)).filter((text) => text.startsWith('/**')).at(-1);
  const lines = last?.replace(/^\/\*\*|\*\/$/g, '').split('\n').map((line) => line.replace(/^\s*\*?\s?/, '').trim());
  const first = lines?.find((line) => line !== '');
  return first === undefined ? undefined : wholeWords(first, 160);
}

/** A capitalised function of a JSX file is a component; its props are what it takes out of its first parameter. */
function propsOf(source: ts.SourceFile, node: ts.Node, name: string): readonly string[] | undefined {
  if (!/^[A-Z]/.test(name) || !/\.[jt]sx$/.test(source.fileName)) return undefined;
  const value = ts.isVariableDeclaration(node) && node.initializer !== undefined ? functionInside(node.initializer) : node;
  if (value === undefined || !(ts.isFunctionDeclaration(value) || ts.isArrowFunction(value) || ts.isFunctionExpression(value))) return undefined;
  const [first] = value.parameters;
  if (first === undefined || !ts.isObjectBindingPattern(first.name)) return [];
  return first.name.elements.map((element) => (element.propertyName ?? element.name).getText(source));
}
