import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OrchestraError } from '../model';
import { livenessOf, ownIdentity, type ProcessIdentity } from './process-identity';

export interface WaveLock {
  release(): Promise<void>;
}

interface LockRecord {
  readonly owner: ProcessIdentity;
  readonly command: string;
  /** ISO time, for the person who is refused. */
  readonly since: string;
}

/**
 * One wave at a time in a workspace. The lock names its process by pid and start time, so a killed one keeps nothing and a
 * reused pid is not mistaken for it. A lock with time stamps only (proper-lockfile was looked at) would neither say who holds
 * it nor free itself before its staleness interval.
 * @throws OrchestraError 'state' when another living process holds it.
 */
export async function acquireLock(root: string, command: string): Promise<WaveLock> {
  const folder = join(root, '.orchestra');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'lock');
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const record: LockRecord = { owner: ownIdentity(), command, since: new Date().toISOString() };
  await writeFile(draft, JSON.stringify(record));
  try {
    // Linked and not written in place: a lock is there whole or not at all.
    while (!(await linkUnlessPresent(draft, path))) {
      await setAsideDeadLock(path);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => releaseLock(path, record) };
}

async function linkUnlessPresent(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw new OrchestraError('world', `The lock ${path} could not be taken.`, { cause });
  }
}

/** Removes the lock of a dead process. The rename decides between two that see the same dead lock. */
async function setAsideDeadLock(path: string): Promise<void> {
  const seen = await readFile(path, 'utf8').catch(() => undefined);
  if (seen === undefined) {
    return;
  }
  refuseIfHeld(path, seen);
  const aside = `${path}.dead-${randomBytes(4).toString('hex')}`;
  await rename(path, aside).catch(() => undefined);
  const taken = await readFile(aside, 'utf8').catch(() => undefined);
  if (taken !== undefined && taken !== seen) {
    // Between the look and the rename somebody else took it over: theirs goes back.
    await link(aside, path).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

function refuseIfHeld(path: string, text: string): void {
  const record = parseLock(text);
  if (record === undefined || livenessOf(record.owner) === 'dead') {
    return;
  }
  const where = livenessOf(record.owner) === 'elsewhere' ? ` on another machine or container (delete ${path} if it is gone)` : '';
  throw new OrchestraError('state', `Another wave is running here: process ${record.owner.pid}${where}, "${record.command}", since ${record.since}. Wait for it, or stop it and try again.`);
}

/** A lock nobody can read was never linked by us; it holds nothing. */
function parseLock(text: string): LockRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<LockRecord>;
    return value.owner !== undefined && typeof value.owner.pid === 'number' ? (value as LockRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Only our own: it may have been taken over while this process was suspended. */
async function releaseLock(path: string, record: LockRecord): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => '')) === JSON.stringify(record)) {
    await rm(path, { force: true });
  }
}
