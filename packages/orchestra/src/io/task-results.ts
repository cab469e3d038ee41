import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { TaskHandover } from './task-handover';

/** What Nx tells after a run, as far as it is used. */
export interface TaskResults {
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
 * Called by the plugin after an nx run of the gate. Signed: a process that a task left behind may watch the folder and
 * rewrite what it finds there. What remains: a task of the same user that reads the memory of the running nx.
 */
export async function recordTaskResults({ file, key }: TaskHandover, context: TaskResults): Promise<void> {
  const tasks = Object.values(context.taskResults).map(({ task, status, terminalOutput }): RecordedTask => {
    return { project: task.target.project, target: task.target.target, status, output: terminalOutput ?? '' };
  });
  const text = JSON.stringify(tasks);
  await writeFile(file, `${sign(key, text).toString('hex')}\n${text}`);
}

/** `undefined` when there is no record, or none with our signature. */
export async function readTaskResults({ file, key }: TaskHandover): Promise<readonly RecordedTask[] | undefined> {
  const record = await readFile(file, 'utf8').catch(() => '');
  const signature = Buffer.from(record.slice(0, 64), 'hex');
  const text = record.slice(65);
  const own = sign(key, text);
  return signature.length === own.length && timingSafeEqual(signature, own) ? (JSON.parse(text) as readonly RecordedTask[]) : undefined;
}

function sign(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
