import { ts } from 'ts-morph';
import { outlineLimits } from '../model/file-outline';

/** A declaration on one line, without bodies; long ones end in `…`. */
export function signatureOf(source: ts.SourceFile, node: ts.Node): string {
  return clip(collapse(fullSignature(source, node)));
}

function fullSignature(source: ts.SourceFile, node: ts.Node): string {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node) || ts.isAccessor(node)) return head(source, node);
  if (ts.isClassDeclaration(node)) return classSignature(source, node);
  if (ts.isVariableDeclaration(node)) return variableSignature(source, node);
  return withoutComments(node.getText(source).replace(/^(?:export|declare|default)\s+/g, '').replace(/;$/, ''));
}

/** Everything before the body. */
function head(source: ts.SourceFile, node: ts.FunctionLikeDeclaration): string {
  const text = source.text.slice(node.getStart(source), node.body?.getStart(source) ?? node.end);
  return withoutComments(text).replace(/\b(?:export|default|declare)\s+/g, '').replace(/=>\s*$/, '').trim();
}

function classSignature(source: ts.SourceFile, node: ts.ClassDeclaration): string {
  const heritage = (node.heritageClauses ?? []).map((clause) => clause.getText(source)).join(' ');
  const members = node.members.flatMap((member) => (ts.isMethodDeclaration(member) && !isPrivate(member) ? [head(source, member)] : []));
  return `class ${node.name?.text ?? ''} ${heritage} { ${members.join('; ')} }`;
}

function isPrivate(member: ts.MethodDeclaration): boolean {
  const hidden = member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);
  return hidden === true || ts.isPrivateIdentifier(member.name);
}

function variableSignature(source: ts.SourceFile, node: ts.VariableDeclaration): string {
  const name = node.name.getText(source);
  if (node.type !== undefined) return `const ${name}: ${node.type.getText(source)}`;
  const value = node.initializer;
  if (value === undefined) return `const ${name}`;
  const inner = functionInside(value);
  if (inner === undefined) return `const ${name} = ${withoutComments(value.getText(source))}`;
  const wrapper = inner === value ? '' : `${value.getText(source).split('(')[0] ?? ''} `;
  return `const ${name} = ${wrapper}${head(source, inner)} => …`;
}

export function functionInside(value: ts.Expression): ts.ArrowFunction | ts.FunctionExpression | undefined {
  if (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) return value;
  if (!ts.isCallExpression(value)) return undefined;
  return value.arguments.find((argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument)) as ts.ArrowFunction | undefined;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|[^:])\/\/[^\n]*/g, '$1');
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function clip(text: string): string {
  return text.length <= outlineLimits.declaration ? text : `${wholeWords(text, outlineLimits.declaration - 1)}…`;
}

const keyLike = /[\w+/=@:.~%$!#&*?-]{8,}$/;

/** The beginning of a text. What may be the first part of a key goes as a whole: the scanner knows no halves. */
export function wholeWords(text: string, length: number): string {
  const kept = text.slice(0, length);
  const last = keyLike.exec(kept);
  const goesOn = /^[\w+/=@:.~%$!#&*?-]/.test(text.slice(length));
  return last === null || !goesOn || isPlain(last[0]) ? kept : kept.slice(0, last.index);
}

/** Names and paths of code; a key has digits, and a password stands in a URL. */
function isPlain(word: string): boolean {
  return /^[A-Za-z._:/-]+$/.test(word) && !word.includes('://');
}
