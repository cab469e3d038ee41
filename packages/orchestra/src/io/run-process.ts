import { type ChildProcess, spawn } from 'node:child_process';
import { OrchestraError } from '../model';
import { OutputTail } from './output-tail';

export interface ProcessRequest {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. Nothing is inherited, so that a key cannot slip through by default. */
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  readonly timeoutMs?: number;
  /** Bytes of both streams together after which it is stopped. Default: none. */
  readonly mostOutput?: number;
  /** Bytes kept of each stream; the end is kept. Default 8 MiB. */
  readonly outputLimit?: number;
}

export interface ProcessBytes {
  /** Exit code, `null` when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly timedOut: boolean;
  /** It wrote more than `mostOutput` and was stopped. */
  readonly wroteTooMuch: boolean;
  /** True when one stream was longer than `outputLimit`. */
  readonly truncated: boolean;
}

export interface ProcessResult extends Omit<ProcessBytes, 'stdout' | 'stderr'> {
  readonly stdout: string;
  readonly stderr: string;
}

const defaultOutputLimit = 8 * 1024 * 1024;
/** A grandchild that left the process group may hold a pipe open: it is not waited for longer than this. */
const pipeGraceMs = 2000;

/** Runs a program with an argument list, never through a shell; the whole process group ends with it. */
export async function runProcess(request: ProcessRequest): Promise<ProcessResult> {
  const result = await runProcessBytes(request);
  return { ...result, stdout: result.stdout.toString('utf8'), stderr: result.stderr.toString('utf8') };
}

/**
 * As `runProcess`, with bytes.
 * @throws OrchestraError 'world' when the program cannot be started. A non-zero exit is data, not an error.
 */
export function runProcessBytes(request: ProcessRequest): Promise<ProcessBytes> {
  return new Promise((resolve, reject) => {
    const child = start(request);
    const stdout = new OutputTail(request.outputLimit ?? defaultOutputLimit);
    const stderr = new OutputTail(request.outputLimit ?? defaultOutputLimit);
    let timedOut = false;
    const timer = request.timeoutMs === undefined ? undefined : setTimeout(() => {
      timedOut = true;
      killGroup(child);
    }, request.timeoutMs);
    let written = 0;
    let wroteTooMuch = false;
    const take = (tail: OutputTail) => (chunk: Buffer) => {
      tail.push(chunk);
      written += chunk.length;
      if (written <= (request.mostOutput ?? Number.POSITIVE_INFINITY) || wroteTooMuch) return;
      wroteTooMuch = true;
      killGroup(child);
    };
    child.stdout?.on('data', take(stdout));
    child.stderr?.on('data', take(stderr));
    child.once('error', (cause) => {
      clearTimeout(timer);
      running.delete(child);
      reject(new OrchestraError('world', `"${request.command}" could not be started: ${startFailure(cause)}.`, { cause }));
    });
    child.once('exit', () => {
      // Whatever it left behind in its group goes with it: nothing a run started may outlive it.
      killGroup(child);
      setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, pipeGraceMs).unref();
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      const truncated = stdout.truncated || stderr.truncated;
      resolve({ code, signal, stdout: stdout.bytes(), stderr: stderr.bytes(), timedOut, wroteTooMuch, truncated });
    });
    feed(child, request.input);
  });
}

function start(request: ProcessRequest): ChildProcess {
  endGroupsWithUs();
  const child = spawn(request.command, [...request.args], {
    cwd: request.cwd,
    env: { ...request.env },
    stdio: [request.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // A group of its own, so that a timeout reaches the grandchildren too.
    detached: process.platform !== 'win32',
    shell: false,
    windowsHide: true,
  });
  running.add(child);
  return child;
}

function feed(child: ChildProcess, input: string | Buffer | undefined): void {
  if (input === undefined || !child.stdin) return;
  // A child that exits without reading its input is its own business: the exit code tells.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

function startFailure(cause: Error): string {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'no such program (or no such working directory)';
  if (code === 'EACCES') return 'it is not executable';
  return cause.message;
}

const running = new Set<ChildProcess>();
let watching = false;

/** A detached group does not hear the terminal's Ctrl-C: it is passed on, and our own ending stays what it was. */
function endGroupsWithUs(): void {
  if (watching) return;
  watching = true;
  process.once('exit', () => running.forEach(killGroup));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      running.forEach(killGroup);
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}
