import { OrchestraError } from '../model';
import { findNx } from './run-nx';
import { runProcess } from './run-process';
import { safeEnvironment } from './safe-environment';

const timeLimitMs = 300_000;
/** Answers are read whole or not at all; a list of names is far below this. */
const outputLimit = 64 * 1024 * 1024;

/**
 * What the workspace's own nx prints.
 * @throws OrchestraError 'world' with what nx said, when it fails
 */
export function askNx(root: string, args: readonly string[]): Promise<string> {
  return askNode(root, `"nx ${args.slice(0, 2).join(' ')}" failed`, [findNx(root), ...args]);
}

/** Runs node in the workspace: a child without keys, daemon, cloud or plugin workers. `failure` begins the error's message. */
export async function askNode(root: string, failure: string, args: readonly string[]): Promise<string> {
  const run = await runProcess({ command: process.execPath, args, cwd: root, env: { ...safeEnvironment(), NX_WORKSPACE_ROOT_PATH: root }, timeoutMs: timeLimitMs, outputLimit });
  if (run.code === 0 && !run.truncated) return run.stdout;
  const said = `${run.stderr}\n${run.stdout}`.split('\n').filter((line) => line.trim() !== '').slice(0, 20).join('\n');
  const why = run.timedOut ? `it took longer than ${timeLimitMs / 1000} seconds` : said === '' ? `exit ${run.code ?? run.signal}` : said;
  throw new OrchestraError('world', `${failure}: ${why}`);
}
