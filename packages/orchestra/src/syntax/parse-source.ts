import { ts } from 'ts-morph';

/** JSDoc is not parsed: nobody asks for its tags, and it is a tenth of the time. Comments are found in the text, as ranges. */
const options: ts.CreateSourceFileOptions = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };

/**
 * One file, parsed without a program: no checker, no binder, no parent pointers. A ts-morph Project is not used
 * on purpose: kept nodes cost four times the memory, and `isExported()` after each added file is quadratic.
 * The caller drops the tree after use.
 */
export function parseSource(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, options, false, scriptKind(path));
}

/** The same with parent pointers, for questions about what stands around a node. */
export function parseWithParents(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, options, true, scriptKind(path));
}

/** As `parseWithParents`; empty for what no walker survives: the rules tell such a file as unreadable, and nobody else has to fall over it. */
export function parseReadable(path: string, text: string): ts.SourceFile {
  try {
    const tree = parseWithParents(path, text);
    return isTooDeep(tree) ? parseWithParents(path, '') : tree;
  } catch (error) {
    if (error instanceof RangeError) return parseWithParents(path, '');
    throw error;
  }
}

/** `a + a + …`, `a().b().c()…` and `else if` nest without brackets: the parser takes them in a loop, the walkers after it do not. */
const depthAllowed = 1000;

export function isTooDeep(tree: ts.SourceFile): boolean {
  let level: ts.Node[] = [tree];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > depthAllowed) return true;
    const next: ts.Node[] = [];
    for (const node of level) ts.forEachChild(node, (child) => void next.push(child));
    level = next;
  }
  return false;
}

const codeExtension = /\.[cm]?[jt]sx?$/;

/** True for what the TypeScript parser can read. Declaration files count. */
export function isSource(path: string): boolean {
  return codeExtension.test(path);
}

/** JavaScript is always parsed as JSX: many code bases keep JSX in `.js`. */
function scriptKind(path: string): ts.ScriptKind {
  if (path.endsWith('.tsx')) return ts.ScriptKind.TSX;
  return /\.[cm]?ts$/.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
}

/** 1-based line of a character offset. */
export function lineAt(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}

/** 1-based line on which a node's own text begins; leading comments are not part of it. */
export function startLine(source: ts.SourceFile, node: ts.Node): number {
  return lineAt(source, node.getStart(source));
}

export function endLine(source: ts.SourceFile, node: ts.Node): number {
  return lineAt(source, node.end);
}
