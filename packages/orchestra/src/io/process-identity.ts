import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds something on disk. A pid alone is not enough: pids are reused, and containers count from 1 each. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time and boot, opaque; empty where the system does not tell. */
  readonly started: string;
  /** Host and pid namespace, opaque. */
  readonly host: string;
}

export type Liveness = 'alive' | 'dead' | 'elsewhere';

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? '', host: hostMark() };
}

/** `elsewhere`: another machine or container wrote it; from here nobody can tell whether it lives. */
export function livenessOf(identity: ProcessIdentity): Liveness {
  if (identity.host !== hostMark()) return 'elsewhere';
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return 'dead';
  }
  const started = startOf(identity.pid);
  if (started === undefined || identity.started === '') return 'alive';
  return started === identity.started ? 'alive' : 'dead';
}

/** `undefined` where `/proc` is not there; empty for a zombie, which holds nothing any more. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets and may hold anything, brackets included.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? '' : `${fields[19]}x${shortHash(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))}`;
  } catch {
    return undefined;
  }
}

let mark: string | undefined;

function hostMark(): string {
  mark ??= shortHash(`${hostname()}\0${pidNamespace()}`);
  return mark;
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
