/**
 * Source of the program that starts Vitest through its own Node API and writes down what it knows at the end. The tests run in processes
 * of their own (`pool: 'forks'`), which are gone before the report is written; what to run and where to write is read from stdin, which is
 * not theirs. The state is read and no reporter asked, because Vitest keeps the same one since its first version.
 * Arrow functions and no types: Node runs this text as it is.
 */
export const vitestStartSource = `
import { readFileSync, writeFileSync } from 'node:fs';
const { entry, output, filters, options } = JSON.parse(readFileSync(0, 'utf8'));
const { startVitest } = await import(entry);
const vitest = await startVitest('test', filters, { ...options, reporters: [{}] });
const errorOf = ({ name, message, stack, expected, VITEST_TEST_PATH }) => ({ name, message, stack, expected: typeof expected === 'string' ? expected : undefined, file: VITEST_TEST_PATH });
const taskOf = ({ type, name, mode, result, tasks }) => ({
  type, name, mode, state: result?.state, hooks: Object.values(result?.hooks ?? {}), errors: (result?.errors ?? []).map(errorOf), tasks: (tasks ?? []).map(taskOf),
});
const files = (vitest?.state.getFiles() ?? []).map((file) => ({ ...taskOf(file), path: file.filepath, project: file.projectName ?? '' }));
const unhandled = (vitest?.state.getUnhandledErrors() ?? []).map(errorOf);
await vitest?.close();
const failed = (task) => task.state === 'fail' || task.errors.length > 0 || task.tasks.some(failed);
const success = files.length > 0 && unhandled.length === 0 && !files.some(failed);
writeFileSync(output, JSON.stringify({ success, files, unhandled }));
process.exit(success ? 0 : 1);
`;

export interface VitestError {
  readonly name?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly expected?: string;
  /** Of an error that no test caught: the file that was running. */
  readonly file?: string;
}

export interface VitestTask {
  readonly type: string;
  readonly name: string;
  readonly mode: string;
  readonly state?: string;
  readonly hooks: readonly string[];
  readonly errors: readonly VitestError[];
  readonly tasks: readonly VitestTask[];
}

export interface VitestFile extends VitestTask {
  readonly path: string;
  readonly project: string;
}

export interface VitestReport {
  readonly success: boolean;
  readonly files: readonly VitestFile[];
  readonly unhandled: readonly VitestError[];
}
