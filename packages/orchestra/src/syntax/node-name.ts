import { ts } from 'ts-morph';

/** What a router is called with to declare a route. */
export const routeVerbs: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'options', 'head']);

/** `GET /contacts/:id` for `router.get('/contacts/:id', …)`. A path must begin with `/`, so that `map.get('x')` is none. */
export function routeOfCall(node: ts.Node): { readonly method: string; readonly path: string } | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const verb = node.expression.name.text;
  const [first] = node.arguments;
  if (!routeVerbs.has(verb) || first === undefined || node.arguments.length < 2) return routeOfChain(node);
  const path = literalText(first);
  return path !== undefined && (path.startsWith('/') || path === '*') ? { method: verb.toUpperCase(), path } : undefined;
}

/** `router.route('/x').get(handler)`. */
function routeOfChain(node: ts.CallExpression): { readonly method: string; readonly path: string } | undefined {
  if (!ts.isPropertyAccessExpression(node.expression) || !routeVerbs.has(node.expression.name.text)) return undefined;
  let inner: ts.Expression = node.expression.expression;
  while (ts.isCallExpression(inner) && ts.isPropertyAccessExpression(inner.expression)) {
    if (inner.expression.name.text === 'route') {
      const path = inner.arguments[0] === undefined ? undefined : literalText(inner.arguments[0]);
      return path?.startsWith('/') === true ? { method: node.expression.name.text.toUpperCase(), path } : undefined;
    }
    inner = inner.expression.expression;
  }
  return undefined;
}

export function literalText(node: ts.Node): string | undefined {
  return ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The name a reader would call a statement, member or property by. */
export function nameOfNode(source: ts.SourceFile, node: ts.Node): string | undefined {
  if (ts.isVariableStatement(node)) return nameOfDeclarations(source, node.declarationList);
  if (ts.isExpressionStatement(node)) return nameOfExpression(node.expression);
  if (ts.isExportAssignment(node)) return 'default';
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (ts.isCallExpression(node)) return nameOfExpression(node);
  const named = ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isPropertyAssignment(node) || ts.isTypeAliasDeclaration(node);
  if (named || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node) || ts.isVariableDeclaration(node)) return nameText(source, node.name);
  return undefined;
}

function nameOfDeclarations(source: ts.SourceFile, list: ts.VariableDeclarationList): string | undefined {
  const [first] = list.declarations;
  return first === undefined ? undefined : nameText(source, first.name);
}

function nameOfExpression(expression: ts.Expression): string | undefined {
  const route = routeOfCall(expression);
  if (route !== undefined) return `${route.method} ${route.path}`;
  return undefined;
}

function nameText(source: ts.SourceFile, name: ts.Node | undefined): string | undefined {
  if (name === undefined) return undefined;
  if (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteralLike(name)) return name.text;
  return ts.isObjectBindingPattern(name) || ts.isArrayBindingPattern(name) ? undefined : name.getText(source);
}
