import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** What Nx tells after a run, as far as it is used. */
export interface TaskResults {
  readonly argv: readonly string[];
  readonly taskResults: Readonly<
    Record<string, { readonly task: { readonly target: { readonly project: string; readonly target: string } }; readonly status: string; readonly terminalOutput?: string }>
  >;
}

export interface RecordedTask {
  readonly project: string;
  readonly target: string;
  /** Nx's own words: success, failure, skipped, stopped, local-cache, local-cache-kept-existing, remote-cache. */
  readonly status: string;
  readonly output: string;
}

/**
 * Called by the plugin after every nx run that was asked for a record. The run asked for carries the file's name among its
 * arguments; a task of it that starts an nx of its own inherits the environment, but not the arguments, and stays out.
 */
export async function recordTaskResults(file: string, context: TaskResults): Promise<void> {
  if (!context.argv.some((argument) => argument.includes(basename(file)))) return;
  const tasks = Object.values(context.taskResults).map(({ task, status, terminalOutput }): RecordedTask => {
    return { project: task.target.project, target: task.target.target, status, output: terminalOutput ?? '' };
  });
  await writeFile(file, JSON.stringify(tasks));
}
