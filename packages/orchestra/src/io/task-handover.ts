import { readFileSync, rmSync } from 'node:fs';

/** What the gate tells the plugin of its child nx, and nobody else. */
export interface TaskHandover {
  /** Where the results go. */
  readonly file: string;
  /** Signs them. */
  readonly key: string;
}

/** Names the file that holds the handover. */
export const handoverVariable = 'ORCHESTRA_TASK_RESULTS';

/**
 * Takes the handover when the plugin is loaded, which is before any task starts: file and variable are gone then, so that a task
 * has nothing to sign with, and an nx that a task starts has nothing to record. Loaded by every nx command: keep it this small.
 */
export function takeHandover(): TaskHandover | undefined {
  const path = process.env[handoverVariable];
  if (path === undefined) return undefined;
  delete process.env[handoverVariable];
  try {
    const handover = JSON.parse(readFileSync(path, 'utf8')) as TaskHandover;
    rmSync(path);
    return handover;
  } catch {
    // Taken already: no results are no passed tasks.
    return undefined;
  }
}
