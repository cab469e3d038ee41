import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Run, ShopWorkspace } from './shop-workspace';

/** A running nx command that can be waited for at a point and killed there with everything it has started. */
export interface WatchedRun {
  readonly pid: number;
  output(): string;
  /** Polled every few milliseconds; rejects when the command ends before it is true. */
  until(reached: (output: string) => boolean): Promise<void>;
  /** As `until`, without giving way to anything: for points that last a few milliseconds. */
  spinUntil(reached: () => boolean): void;
  kill(): Promise<void>;
  ended(): Promise<Run>;
}

export function watch(shop: ShopWorkspace, ...args: string[]): WatchedRun {
  const { args: nx, env } = shop.command(...args);
  const child = spawn(process.execPath, nx, { cwd: shop.root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const pid = child.pid ?? 0;
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  child.stderr.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  const closed = new Promise<number | null>((resolve) => { child.once('exit', (code) => resolve(code)); });
  return {
    pid,
    output: () => output,
    until: async (reached) => {
      while (!reached(output)) {
        refuseEnded(child, output);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    spinUntil: (reached) => {
      const limit = Date.now() + 60_000;
      while (!reached()) {
        if (Date.now() > limit) throw new Error(`the point was never reached:\n${output}`);
      }
    },
    kill: async () => {
      killTree(shop, pid);
      await closed;
    },
    ended: async () => ({ code: await closed, output }),
  };
}

function refuseEnded(child: ChildProcess, output: string): void {
  if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended before the point was reached:\n${output}`);
}

/**
 * SIGKILL for the process, its descendants, and whatever works in the workspace or its temporary folder: the command's own
 * children run in process groups of their own. Stopped first, so that none of them starts another one meanwhile; a stop takes
 * a moment to arrive, hence several looks in a row that must find nothing new.
 */
function killTree(shop: ShopWorkspace, pid: number): void {
  send(pid, 'SIGSTOP');
  const seen = new Set([pid]);
  for (let quiet = 0; quiet < 3; quiet += 1) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15);
    const found = processes().filter((each) => !seen.has(each.pid) && (seen.has(each.parent) || [shop.root, shop.temp].some((folder) => each.folder === folder || each.folder.startsWith(`${folder}/`))));
    found.forEach((each) => { seen.add(each.pid); send(each.pid, 'SIGSTOP'); });
    quiet = found.length > 0 ? -1 : quiet;
  }
  seen.forEach((each) => send(each, 'SIGKILL'));
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone by itself.
  }
}

function processes(): readonly { readonly pid: number; readonly parent: number; readonly folder: string }[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), folder: readlinkSync(`/proc/${name}/cwd`) }];
    } catch {
      return [];
    }
  });
}
