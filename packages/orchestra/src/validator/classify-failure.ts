import type { TestFailure } from '../model';

export interface FailureContext {
  readonly testFiles: readonly string[];
  readonly productionFiles: readonly string[];
}

export interface FailureClass {
  /** Whether the failure shows the bug. */
  readonly counts: boolean;
  /** Reads on from the id of the test. */
  readonly why: string;
}

/**
 * Module and syntax errors by the words of Node, jest, vitest, swc and esbuild. A JSON parse error is a SyntaxError too, and a
 * legitimate bug, so `SyntaxError` alone is not on the list.
 */
const loadErrors = [
  /Cannot find (module|package)\b/, /ERR_MODULE_NOT_FOUND/, /does not provide an export named/, /Failed to (load|resolve) (url|import|module|entry)/i,
  /Cannot use import statement outside a module/, /Jest encountered an unexpected token/, /Transform failed with/, /Module build failed/,
  /SyntaxError: (?!.*JSON)/,
];
const missingExport = /\bis not a (function|constructor)\b|\b(undefined|null) is not (an object|iterable)\b/;

/**
 * Assertions that all say "there is no such function here", by the words of jest, node:assert and chai. On base that is true of
 * whatever the fix adds, so it shows a new name and no bug.
 */
const existence = [
  /Expected: "function"\s+Received: "undefined"/, /'undefined' !==? 'function'|'undefined' == 'function'/, /^\+ 'undefined'\s*\n- 'function'/m,
  /Expected: Any<Function>\s+Received: undefined\b/, /Expected constructor: Function\b[\s\S]{0,200}Received value: undefined\b/,
  /expected 'undefined' to (deeply )?(equal|be) 'function'/i, /expected undefined to be (a|an instance of) function/i,
];

/**
 * Whether one failing test failed for the right reason. An assertion counts, unless all it asserts is that calling
 * something undefined throws; any other error counts only when production code is on top of its stack, because a test that
 * trips over its own feet on base says nothing about the bug.
 */
export function classifyFailure(failure: TestFailure | undefined, context: FailureContext): FailureClass {
  if (failure === undefined) return { counts: false, why: 'fails on base without saying why.' };
  if (loadErrors.some((pattern) => pattern.test(failure.message))) return { counts: false, why: 'fails on base by a load or syntax error.' };
  // Never in the message: whoever writes the test writes that as well, frames included.
  const frame = productionFrame(failure.stack.slice(0, 100_000), context);
  if (failure.assertion) {
    if (existence.some((pattern) => pattern.test(failure.message))) {
      return { counts: false, why: 'fails on base only by asserting that something exists which the change adds.' };
    }
    if (missingExport.test(failure.message) && frame === undefined) {
      return { counts: false, why: 'fails on base only because it calls something that does not exist there.' };
    }
    return { counts: true, why: 'fails on base by an assertion.' };
  }
  if (frame !== undefined) return { counts: true, why: `fails on base by an error thrown in ${frame}.` };
  if (missingExport.test(failure.message)) return { counts: false, why: 'fails on base because it calls something that does not exist there.' };
  return { counts: false, why: 'fails on base by an error that was not thrown in production code.' };
}

/**
 * The production file on top of the stack. Frames of Node and of third-party packages are looked through: production code
 * that hands them a bad value throws there. A test file ends the search.
 */
function productionFrame(stack: string, context: FailureContext): string | undefined {
  for (const line of stack.split('\n')) {
    const frame = frameOf(line);
    if (frame === undefined || frame.includes('node_modules/')) continue;
    if (context.testFiles.some((file) => isFile(frame, file))) return undefined;
    const production = context.productionFiles.find((file) => isFile(frame, file));
    if (production !== undefined) return production;
  }
  return undefined;
}

/** Path of `at f (path:1:2)`, `at path:1:2`, `at async file:///path:1:2` and vitest's ` ❯ path:1:2`. */
function frameOf(line: string): string | undefined {
  // Longer lines are not stack frames but data that a hostile test printed to slow the expression down.
  if (line.length > 1000) return undefined;
  const match = /(?:^|[\s(])(?:at\s+(?:.*\()?|❯\s+(?:\S+\s+)?)(?:file:\/\/)?([^()\s]+?):\d+(?::\d+)?\)?\s*$/.exec(line);
  return match?.[1]?.replaceAll('\\', '/');
}

/** Frames may be absolute, relative to a scratch tree or workspace-relative: the file is named by how the path ends. */
function isFile(frame: string, file: string): boolean {
  return frame === file || frame.endsWith(`/${file}`);
}
