import { ts } from 'ts-morph';
import { normalText } from './code-leaves';

/** One reason why a node may not be reached although what stands before it was. */
export interface Condition {
  /** Position of the branching node: equal for both branches of one `if`. */
  readonly id: number;
  readonly branch: 'then' | 'else';
  /** The condition as written, on one line. */
  readonly text: string;
  /** The other way always leaves the function, or an earlier check already did. */
  readonly covered: boolean;
}

/** The conditions between a node and the function it runs in, innermost first. */
export function conditionsOf(node: ts.Node): readonly Condition[] {
  const conditions: Condition[] = [];
  for (let each = node; each.parent !== undefined && !ts.isFunctionLike(each) && !ts.isSourceFile(each); each = each.parent) {
    const condition = conditionAbove(each);
    if (condition !== undefined) conditions.push(condition);
  }
  return conditions;
}

function conditionAbove(child: ts.Node): Condition | undefined {
  const { parent } = child;
  if (ts.isIfStatement(parent) && child !== parent.expression) return ofIf(parent, child);
  if (ts.isConditionalExpression(parent) && child !== parent.condition) return make(parent, parent.condition, child === parent.whenTrue, false);
  if (ts.isBinaryExpression(parent) && child === parent.right && isShortCircuit(parent)) return make(parent, parent.left, parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken, false);
  if (ts.isCaseOrDefaultClause(parent)) return { id: parent.pos, branch: 'then', text: 'switch', covered: false };
  if (ts.isCatchClause(parent)) return { id: parent.pos, branch: 'then', text: 'catch', covered: false };
  return undefined;
}

function isShortCircuit({ operatorToken }: ts.BinaryExpression): boolean {
  return [ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken].includes(operatorToken.kind);
}

function ofIf(statement: ts.IfStatement, child: ts.Node): Condition {
  const then = child === statement.thenStatement;
  const other = then ? statement.elseStatement : statement.thenStatement;
  const leaves = other !== undefined && alwaysLeaves(other);
  return make(statement, statement.expression, then, leaves || (then && refusedBefore(statement.expression, statement)));
}

function make(branching: ts.Node, condition: ts.Expression, then: boolean, covered: boolean): Condition {
  const text = condition.getText().replace(/\s+/g, ' ');
  return { id: branching.pos, branch: then ? 'then' : 'else', text, covered: covered || (then && condition.kind === ts.SyntaxKind.TrueKeyword) };
}

/** Whether control never goes on behind a statement: every way through it returns, throws, breaks or continues. */
export function alwaysLeaves(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isBreakStatement(statement) || ts.isContinueStatement(statement)) return true;
  if (ts.isBlock(statement)) return statement.statements.some(alwaysLeaves);
  if (ts.isIfStatement(statement)) return statement.elseStatement !== undefined && alwaysLeaves(statement.thenStatement) && alwaysLeaves(statement.elseStatement);
  return false;
}

/** An earlier `if (!x) return` in an enclosing block makes a later `if (x)` certain. */
function refusedBefore(condition: ts.Expression, before: ts.Node): boolean {
  const wanted = plain(condition);
  for (let each: ts.Node = before; each.parent !== undefined && !ts.isFunctionLike(each); each = each.parent) {
    const siblings = statementsOf(each.parent);
    if (siblings === undefined) continue;
    const earlier = siblings.filter((statement) => statement.end <= each.pos);
    if (earlier.some((statement) => refuses(statement, wanted))) return true;
  }
  return false;
}

function statementsOf(node: ts.Node): readonly ts.Statement[] | undefined {
  return ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node) ? node.statements : undefined;
}

function refuses(statement: ts.Statement, wanted: string): boolean {
  return ts.isIfStatement(statement) && alwaysLeaves(statement.thenStatement) && operands(statement.expression).some((operand) => negated(operand) === wanted);
}

function operands(expression: ts.Expression): readonly ts.Expression[] {
  if (ts.isParenthesizedExpression(expression)) return operands(expression.expression);
  if (ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.BarBarToken) return [...operands(expression.left), ...operands(expression.right)];
  return [expression];
}

/** `x` of `!x`, `x == null`, `x === undefined`. */
function negated(expression: ts.Expression): string | undefined {
  if (ts.isPrefixUnaryExpression(expression) && expression.operator === ts.SyntaxKind.ExclamationToken) return plain(expression.operand);
  if (!ts.isBinaryExpression(expression)) return undefined;
  const equal = [ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken].includes(expression.operatorToken.kind);
  const nothing = expression.right.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(expression.right) && expression.right.text === 'undefined');
  return equal && nothing ? plain(expression.left) : undefined;
}

/** Optional chaining and parentheses make no difference to what is asked. */
function plain(node: ts.Node): string {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return normalText(inner).replaceAll(`${ts.SyntaxKind.QuestionDotToken} `, '');
}
