import { ts } from 'ts-morph';
import { normalText } from './code-leaves';
import { placeOf } from './enclosing-place';
import { endLine, startLine } from './parse-source';
import { bindingOf } from './scopes';
import type { SourceView } from './source-view';

/** A request is turned away: by an answer, by an error handed on, by a throw. */
export interface Refusal {
  readonly what: string;
  /** It says that somebody may not: 401, 403, or words to that effect. */
  readonly access: boolean;
  /** All of these hold when it happens; each is a list of alternatives, of which one is enough. */
  readonly when: readonly (readonly string[])[];
  /** What the names in `when` stand for, as far as this file says. */
  readonly meaning: string;
  readonly range: readonly [number, number];
}

/** A way out that refuses nobody, before the last refusal. */
export interface Pass {
  /** Equal for equal conditions. */
  readonly when: string;
  /** What the names in it stand for, as far as this file says. */
  readonly meaning: string;
  /** The condition for a reader. */
  readonly text: string;
  readonly range: readonly [number, number];
}

/** What a function does to decide who may go on. */
export interface GateFact {
  readonly name: string;
  /** It hands on to `next`. */
  readonly middleware: boolean;
  readonly refusals: readonly Refusal[];
  readonly passes: readonly Pass[];
}

/** Every function of a file that refuses anybody, by name. */
export function gateFacts(view: SourceView): readonly GateFact[] {
  const source = view.tree;
  if (source === undefined) return [];
  const refusing = new Map<string, ts.Node[]>();
  const leaving = new Map<string, ts.Node[]>();
  const note = (places: Map<string, ts.Node[]>, node: ts.Node): void => {
    const { name } = placeOf(node, source);
    places.set(name, [...(places.get(name) ?? []), node]);
  };
  const visit = (node: ts.Node): void => {
    if (isRefusal(node)) note(refusing, node);
    else if (isPass(node)) note(leaving, node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...refusing].map(([name, nodes]) => {
    const last = Math.max(...nodes.map((node) => node.pos));
    const passes = (leaving.get(name) ?? []).filter((node) => node.pos < last && !nodes.some((refusal) => node.pos <= refusal.pos && refusal.end <= node.end));
    return { name, middleware: nodes.some(handsOn), refusals: nodes.map((node) => readRefusal(node, source)), passes: passes.map((node) => readPass(node, source)) };
  });
}

const answers = /^(status|sendStatus|writeHead|code)$/;
const accessWords = /\b40[13]\b|unauth|forbid|denied|denies|not.?(allowed|permitted|authori)|permission|privilege|access/i;

function isRefusal(node: ts.Node): boolean {
  if (ts.isThrowStatement(node)) return true;
  if (!ts.isCallExpression(node)) return false;
  if (isNextCall(node)) return node.arguments.length > 0 && !node.arguments.some((argument) => ts.isStringLiteralLike(argument));
  const [first] = node.arguments;
  return ts.isPropertyAccessExpression(node.expression) && answers.test(node.expression.name.text) && first !== undefined && ts.isNumericLiteral(first) && /^40[13]$/.test(first.text);
}

function isPass(node: ts.Node): boolean {
  return ts.isReturnStatement(node) || (ts.isCallExpression(node) && isNextCall(node) && node.arguments.length === 0 && !ts.isReturnStatement(node.parent));
}

function isNextCall({ expression }: ts.CallExpression): boolean {
  return ts.isIdentifier(expression) && expression.text === 'next';
}

function handsOn(node: ts.Node): boolean {
  for (let each = node; each.parent !== undefined; each = each.parent) {
    if (ts.isFunctionLike(each) && each.parameters.some(({ name }) => ts.isIdentifier(name) && /^_*next$/.test(name.text))) return true;
  }
  return false;
}

function readRefusal(node: ts.Node, source: ts.SourceFile): Refusal {
  const whole = statementOf(node);
  const conditions = branchesTo(node);
  return {
    what: normalText(whole), access: accessWords.test(whole.getText(source)),
    when: conditions.flatMap(({ expression, holds }) => conjuncts(expression, holds)),
    meaning: meaningOf(conditions.map(({ expression }) => expression)),
    range: [startLine(source, whole), endLine(source, whole)],
  };
}

function readPass(node: ts.Node, source: ts.SourceFile): Pass {
  const conditions = branchesTo(node);
  const when = conditions.flatMap(({ expression, holds }) => conjuncts(expression, holds)).map((alternatives) => alternatives.join(' | ')).sort().join(' & ');
  const text = conditions.map(({ expression, holds }) => `${holds ? '' : 'not '}${expression.getText(source).replace(/\s+/g, ' ')}`).join(' and ');
  return { when, text, meaning: meaningOf(conditions.map(({ expression }) => expression)), range: [startLine(source, node), endLine(source, node)] };
}

/** `res.status(403).json(…)` as a whole. */
function statementOf(node: ts.Node): ts.Node {
  let each = node;
  while (each.parent !== undefined && (ts.isPropertyAccessExpression(each.parent) || (ts.isCallExpression(each.parent) && each.parent.expression === each) || ts.isReturnStatement(each.parent))) each = each.parent;
  return each;
}

interface Branch {
  readonly expression: ts.Expression;
  readonly holds: boolean;
}

/** The conditions between a node and the outermost function of its place, outermost last. */
function branchesTo(node: ts.Node): readonly Branch[] {
  const branches: Branch[] = [];
  for (let each = node; each.parent !== undefined && !(ts.isFunctionLike(each) && isNamed(each)); each = each.parent) {
    const { parent } = each;
    if (ts.isIfStatement(parent) && each !== parent.expression) branches.push({ expression: parent.expression, holds: each === parent.thenStatement });
    if (ts.isConditionalExpression(parent) && each !== parent.condition) branches.push({ expression: parent.condition, holds: each === parent.whenTrue });
    if (ts.isBinaryExpression(parent) && each === parent.right && isShortCircuit(parent)) branches.push({ expression: parent.left, holds: parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken });
  }
  return branches;
}

function isNamed(node: ts.Node): boolean {
  return ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isVariableDeclaration(node.parent) || ts.isPropertyAssignment(node.parent);
}

function isShortCircuit({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || operatorToken.kind === ts.SyntaxKind.BarBarToken;
}

const mostDemands = 64;

/** `(a || b) && c` as `[[a, b], [c]]`; `not` goes inwards. */
function conjuncts(node: ts.Expression, holds: boolean): readonly (readonly string[])[] {
  if (ts.isParenthesizedExpression(node)) return conjuncts(node.expression, holds);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken && isCompound(node.operand)) return conjuncts(node.operand, !holds);
  if (!ts.isBinaryExpression(node) || !isShortCircuit(node)) return [[literalOf(node, holds)]];
  const joins = (node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken) === holds;
  const [left, right] = [conjuncts(node.left, holds), conjuncts(node.right, holds)];
  if (joins) return [...left, ...right];
  // Each `or` of two `and`s multiplies; what is not taken apart is compared as a whole, and differs sooner.
  if (left.length * right.length > mostDemands) return [[literalOf(node, holds)]];
  // One of both: each part of the left beside each of the right.
  return left.flatMap((one) => right.map((other) => [...one, ...other].sort()));
}

function isCompound(node: ts.Expression): boolean {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return ts.isBinaryExpression(inner) && isShortCircuit(inner);
}

function literalOf(node: ts.Expression, holds: boolean): string {
  return `${holds ? '' : 'not '}${normalText(node)}`;
}

const stepsFollowed = 3;

/** Initialisers and bodies of what the conditions name: a list that grows, or a helper that says yes more often, is another condition. */
function meaningOf(conditions: readonly ts.Expression[]): string {
  const seen = new Set<ts.Node>();
  const texts: string[] = [];
  const follow = (node: ts.Node, steps: number): void => {
    if (ts.isIdentifier(node) && steps > 0) {
      const meant = definitionOf(node);
      if (meant !== undefined && !seen.has(meant)) {
        seen.add(meant);
        texts.push(`${node.text}: ${normalText(meant)}`);
        follow(meant, steps - 1);
      }
    }
    ts.forEachChild(node, (child) => follow(child, steps));
  };
  conditions.forEach((condition) => follow(condition, stepsFollowed));
  return texts.sort().join('\n');
}

function definitionOf(name: ts.Identifier): ts.Node | undefined {
  const isProperty = ts.isPropertyAccessExpression(name.parent) && name.parent.name === name;
  const binding = isProperty ? undefined : bindingOf(name.text, name);
  if (binding === undefined) return undefined;
  if (ts.isFunctionDeclaration(binding)) return binding.body;
  let owner: ts.Node = binding;
  while (ts.isBindingElement(owner)) owner = owner.parent.parent;
  return ts.isVariableDeclaration(owner) ? owner.initializer : undefined;
}
