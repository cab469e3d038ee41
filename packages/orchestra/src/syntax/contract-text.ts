import { ts } from 'ts-morph';
import { normalText } from './code-leaves';

/** Finds another top-level declaration of the file. */
export type Lookup = (name: string) => ts.Node | undefined;

/** Libraries whose values describe data: every word of a schema is contract, its limits and messages included. */
const schemaRoots = /^(z|zod|yup|joi|Joi|t|v|Type|s|superstruct|valibot)$/;
const hops = 4;

/**
 * What a user of a declaration can rely on, as text that is equal for equal contracts: parameters and types without
 * bodies, members that are not private, the whole of a type or a schema with the schemas it is made of; of any other
 * value only what kind it is.
 */
export function contractOf(node: ts.Node, lookup: Lookup): string {
  if (ts.isVariableDeclaration(node)) return ofVariable(node, lookup);
  if (ts.isFunctionLike(node)) return ofFunction(node);
  if (ts.isClassLike(node)) return ofClass(node);
  return ts.isExpression(node) ? ofValue(node, lookup) : withoutBodies(node);
}

function ofVariable({ type, initializer, name }: ts.VariableDeclaration, lookup: Lookup): string {
  if (type !== undefined) return normalText(type);
  const value = initializer === undefined ? 'nothing' : ofValue(initializer, lookup);
  return ts.isIdentifier(name) ? value : `${normalText(name)} ${value}`;
}

function ofFunction(node: ts.SignatureDeclaration): string {
  return ['function', ...(node.typeParameters ?? []).map(normalText), ...node.parameters.map(ofParameter), 'returns', node.type === undefined ? '?' : normalText(node.type)].join(' ');
}

/** A typed parameter may be renamed; without a type its name is all that tells it from its neighbour. */
function ofParameter({ name, type, initializer, questionToken, dotDotDotToken }: ts.ParameterDeclaration): string {
  const optional = initializer !== undefined || questionToken !== undefined ? 'optional' : 'required';
  const what = type !== undefined ? normalText(type) : withoutDefaults(name);
  return `(${dotDotDotToken === undefined ? optional : 'rest'} ${what})`;
}

/** `{ a, b = 1 }` takes `a` and `b`; the value of a default is nobody's contract, that there is one is. */
function withoutDefaults(name: ts.BindingName): string {
  if (ts.isIdentifier(name)) return name.text;
  const parts = name.elements.map((element) => {
    if (ts.isOmittedExpression(element)) return '-';
    const key = element.propertyName === undefined ? '' : `${normalText(element.propertyName)}:`;
    return `${key}${withoutDefaults(element.name)}${element.initializer === undefined ? '' : '?'}`;
  });
  return `{${ts.isObjectBindingPattern(name) ? parts.sort().join(',') : parts.join(',')}}`;
}

function ofClass(node: ts.ClassLikeDeclaration): string {
  const heritage = (node.heritageClauses ?? []).map(normalText);
  return ['class', ...heritage, ...node.members.filter((member) => !isPrivate(member)).map(ofMember).sort()].join(' ');
}

function isPrivate(member: ts.ClassElement): boolean {
  if (member.name !== undefined && ts.isPrivateIdentifier(member.name)) return true;
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword) || ts.isClassStaticBlockDeclaration(member);
}

function ofMember(member: ts.ClassElement): string {
  const name = member.name === undefined ? 'constructor' : normalText(member.name);
  if (ts.isFunctionLike(member)) return `${name} ${ofFunction(member)};`;
  return ts.isPropertyDeclaration(member) ? `${name} ${member.type === undefined ? '?' : normalText(member.type)};` : `${name};`;
}

function ofValue(node: ts.Expression, lookup: Lookup): string {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return ofFunction(node);
  if (ts.isClassExpression(node)) return ofClass(node);
  if (ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) return ofValue(node.expression, lookup);
  // `as const` turns every literal into a type; any other `as` says what the type is.
  if (ts.isAsExpression(node)) return ts.isConstTypeReference(node.type) ? normalText(node) : normalText(node.type);
  return isSchema(node) ? ofSchema(node, lookup, hops, new Set()) : kindOfValue(node, lookup);
}

function isSchema(node: ts.Expression): boolean {
  let root: ts.Expression = node;
  for (;;) {
    if (ts.isCallExpression(root) || ts.isPropertyAccessExpression(root)) root = root.expression;
    else return ts.isIdentifier(root) && (schemaRoots.test(root.text) || /(Schema|Dto|DTO)$/.test(root.text));
  }
}

/** A schema with those it is made of: `patch = input.partial()` changes when `input` does. */
function ofSchema(node: ts.Node, lookup: Lookup, left: number, seen: Set<string>): string {
  const parts = [withoutBodies(node)];
  const visit = (each: ts.Node): void => {
    if (ts.isIdentifier(each) && left > 0 && !seen.has(each.text)) {
      const other = lookup(each.text);
      if (other !== undefined && ts.isVariableDeclaration(other) && other.initializer !== undefined) {
        seen.add(each.text);
        parts.push(ofSchema(other.initializer, lookup, left - 1, seen));
      }
    }
    ts.forEachChild(each, visit);
  };
  visit(node);
  return parts.join(' with ');
}

/** Its shape: the keys of an object, what is called; texts and numbers are settings, not contract. */
function kindOfValue(node: ts.Expression, lookup: Lookup): string {
  if (ts.isObjectLiteralExpression(node)) return `{${node.properties.map((property) => ofProperty(property, lookup)).sort().join(',')}}`;
  if (ts.isNewExpression(node)) return `new ${normalText(node.expression)}`;
  if (ts.isCallExpression(node)) return `call ${normalText(node.expression)}`;
  if (ts.isAwaitExpression(node)) return kindOfValue(node.expression, lookup);
  if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) return normalText(node);
  return `${node.kind}`;
}

function ofProperty(property: ts.ObjectLiteralElementLike, lookup: Lookup): string {
  if (ts.isSpreadAssignment(property)) return `...${normalText(property.expression)}`;
  const name = normalText(property.name);
  if (ts.isPropertyAssignment(property)) return `${name}:${ofValue(property.initializer, lookup)}`;
  return ts.isMethodDeclaration(property) ? `${name}:${ofFunction(property)}` : name;
}

/** Everything but what functions do inside. */
function withoutBodies(node: ts.Node): string {
  const texts: string[] = [];
  const visit = (each: ts.Node): void => {
    if (ts.isArrowFunction(each) || ts.isFunctionExpression(each) || ts.isMethodDeclaration(each)) {
      texts.push(ofFunction(each));
      return;
    }
    let children = 0;
    ts.forEachChild(each, (child) => {
      children += 1;
      visit(child);
    });
    texts.push(children === 0 ? normalText(each) : `${each.kind}/${children}`);
  };
  visit(node);
  return texts.join(' ');
}
