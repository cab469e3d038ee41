import { ts } from 'ts-morph';

type Helpers = ReadonlyMap<string, ts.FunctionLikeDeclaration>;

/** Whether a statement that is only this expression starts something and does not wait for it. Syntax alone: a call of an unknown function may be anything. */
export function leavesPromise(expression: ts.Expression, helpers: Helpers): boolean {
  if (ts.isVoidExpression(expression) || ts.isParenthesizedExpression(expression)) return leavesPromise(expression.expression, helpers);
  if (!ts.isCallExpression(expression)) return false;
  const callee = withoutParentheses(expression.expression);
  if (ts.isIdentifier(callee)) return isAsync(helpers.get(callee.text));
  if (isFunctionExpression(callee)) return isAsync(callee);
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { text } = callee.name;
  if (['then', 'finally'].includes(text)) return expression.arguments.some(isFunctionExpression);
  if (['forEach', 'map'].includes(text)) return expression.arguments.some((argument) => isFunctionExpression(argument) && isAsync(argument));
  if (['rejects', 'doesNotReject'].includes(text)) return true;
  return goesThrough(callee, ['resolves', 'rejects']);
}

/** A test that says itself when it is over: `(done) => …`. */
export function takesCallback(body: ts.Node): boolean {
  const [first] = ts.isFunctionLike(body) ? body.parameters : [];
  return first !== undefined && ts.isIdentifier(first.name) && /^(done|cb|callback|next|resolve|finish|end)$/.test(first.name.text);
}

/** `expect(promise).resolves.not.toBe`. */
function goesThrough(callee: ts.PropertyAccessExpression, names: readonly string[]): boolean {
  for (let node: ts.Expression = callee; ts.isPropertyAccessExpression(node); node = node.expression) {
    if (names.includes(node.name.text) && ts.isCallExpression(node.expression)) return true;
  }
  return false;
}

function isAsync(declaration: ts.FunctionLikeDeclaration | undefined): boolean {
  return declaration?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
}

function isFunctionExpression(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}

function withoutParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? withoutParentheses(node.expression) : node;
}
