import { ts } from 'ts-morph';
import { parseReadable, startLine } from './parse-source';

/** A place where a test reaches for what is no business of a test: source texts, git's own files, credentials. */
export interface TestReach {
  /** 1-based. */
  readonly line: number;
  /** As a reader would say it: `reads the source contacts.ts`. */
  readonly what: string;
}

const sourceFile = /(^|\/)[\w.-]+\.[cm]?[jt]sx?$/;
const pathMaking = /^(join|resolve|URL|readFile(Sync)?|writeFile(Sync)?|appendFile(Sync)?|copyFile(Sync)?|rename(Sync)?)$/;
const writing = /\b(writeFile|appendFile|copyFile|rename)(Sync)?\s*\(/;
const gitsOwn = /(^|\/)\.git(\/|$)|^--git-(path|dir)$|hooksPath|^(pre|post)-(commit|push|checkout|merge|receive|rewrite)$/;
const credential = /^[A-Z][A-Z0-9_]*(API_KEY|_TOKEN|SECRET_KEY|ACCESS_KEY|_SECRET|_PASSWORD|_CREDENTIALS)$/;

/** Read off the text; names that are put together at run time get by. What a test sets in the environment for itself is its own. */
export function testReach(path: string, text: string): readonly TestReach[] {
  if (!/process\.env|File(Sync)?\s*\(|\bgit\b|\?raw/.test(text)) return [];
  const source = parseReadable(path, text);
  const found: TestReach[] = [];
  const looksUp = /process\.env\[\s*[A-Za-z_]/.test(text);
  const visit = (node: ts.Node): void => {
    const what = environmentRead(node) ?? (ts.isStringLiteralLike(node) ? ofLiteral(node, text, looksUp) : undefined);
    if (what !== undefined) found.push({ line: startLine(source, node), what });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function ofLiteral(node: ts.StringLiteralLike, text: string, looksUp: boolean): string | undefined {
  if (looksUp && ts.isArrayLiteralExpression(node.parent) && credential.test(node.text)) return `reads ${node.text} from the environment`;
  if (gitsOwn.test(node.text) && (writing.test(text) || node.text.startsWith('--'))) return `reaches into git's own files (${node.text})`;
  if (ts.isImportDeclaration(node.parent)) return /\?raw$/.test(node.text) ? `reads the source ${node.text}` : undefined;
  if (!sourceFile.test(node.text) || !/readFile/.test(text) || !isPathPart(node)) return undefined;
  return `${writing.test(text) ? 'rewrites' : 'reads'} the source ${node.text}`;
}

function isPathPart({ parent }: ts.Node): boolean {
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return false;
  const { expression } = parent;
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : ts.isIdentifier(expression) ? expression.text : '';
  return pathMaking.test(name);
}

/** `process.env.X_TOKEN` that is neither set nor deleted. */
function environmentRead(node: ts.Node): string | undefined {
  const name = ts.isPropertyAccessExpression(node) ? node.name.text : ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
  if (name === undefined || !credential.test(name) || (node as ts.PropertyAccessExpression | ts.ElementAccessExpression).expression.getText() !== 'process.env') return undefined;
  const { parent } = node;
  const set = (ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) || ts.isDeleteExpression(parent);
  return set ? undefined : `reads ${name} from the environment`;
}
