import { ts } from 'ts-morph';
import { startLine } from './parse-source';

/** A binding of `expect` that is not an assertion library's. */
export interface ReplacedExpect {
  /** `declared` in the file itself, or `imported` from a module that may hand on a real one. */
  readonly how: 'declared' | 'imported';
  readonly from: string;
  /** 1-based. */
  readonly line: number;
}

type Binding = Pick<ReplacedExpect, 'how' | 'from'>;

const libraries = /^(@jest\/globals|expect|@jest\/expect|vitest|chai|bun:test|@playwright\/test|@storybook\/(test|jest|expect)|storybook\/test|expect-webdriverio|@wdio\/globals|detox|earl|expect\.js|must)$/;

/** A parameter named `expect` is none: vitest hands each test its own. */
export function replacedExpects(source: ts.SourceFile): readonly ReplacedExpect[] {
  const found: ReplacedExpect[] = [];
  const visit = (node: ts.Node): void => {
    const how = bindingOf(node);
    if (how !== undefined) found.push({ ...how, line: startLine(source, node) });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function bindingOf(node: ts.Node): Binding | undefined {
  if (ts.isImportDeclaration(node)) return importOf(node);
  if (ts.isFunctionDeclaration(node) && node.name?.text === 'expect') return { how: 'declared', from: 'the file itself' };
  if (ts.isVariableDeclaration(node) && bindsExpect(node.name)) return valueOf(node.initializer);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  return isGlobalExpect(node.left) ? valueOf(node.right) : undefined;
}

/** `expect = …`, `globalThis.expect = …`. */
function isGlobalExpect(target: ts.Expression): boolean {
  if (ts.isIdentifier(target)) return target.text === 'expect';
  return ts.isPropertyAccessExpression(target) && target.name.text === 'expect' && ts.isIdentifier(target.expression) && ['globalThis', 'global', 'window'].includes(target.expression.text);
}

function importOf({ importClause, moduleSpecifier }: ts.ImportDeclaration): Binding | undefined {
  const from = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
  const bindings = importClause?.namedBindings;
  const named = bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((element) => element.name.text === 'expect');
  return (named || importClause?.name?.text === 'expect') && !libraries.test(from) ? { how: 'imported', from } : undefined;
}

function bindsExpect(name: ts.BindingName): boolean {
  if (ts.isIdentifier(name)) return name.text === 'expect';
  return name.elements.some((element) => !ts.isOmittedExpression(element) && bindsExpect(element.name));
}

/** `require('chai').expect` and `chai.expect` are real; another `require` may be; anything else is the file's own. */
function valueOf(value: ts.Expression | undefined): Binding | undefined {
  let node = value;
  while (node !== undefined && (ts.isPropertyAccessExpression(node) || ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node))) node = node.expression;
  if (node !== undefined && ts.isIdentifier(node) && ['chai', 'vitest'].includes(node.text)) return undefined;
  const loaded = node !== undefined && ts.isCallExpression(node) ? loadedBy(node) : undefined;
  if (loaded === undefined) return { how: 'declared', from: 'the file itself' };
  return libraries.test(loaded) ? undefined : { how: 'imported', from: loaded };
}

/** Specifier of `require('x')` and `import('x')`. */
function loadedBy({ expression, arguments: [first] }: ts.CallExpression): string | undefined {
  const loads = expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
  return loads && first !== undefined && ts.isStringLiteralLike(first) ? first.text : undefined;
}
