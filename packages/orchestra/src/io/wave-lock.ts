import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
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

/**
 * Removes the lock of a dead process. Only one may do that at a time: a second one could otherwise remove the fresh lock
 * that the first has just taken.
 */
async function setAsideDeadLock(path: string): Promise<void> {
  const mutex = `${path}.takeover`;
  const handle = await open(mutex, 'wx').catch(() => undefined);
  if (handle === undefined) {
    await dropAbandonedMutex(mutex);
    return;
  }
  try {
    const seen = await readFile(path, 'utf8').catch(() => undefined);
    if (seen !== undefined) {
      refuseIfHeld(path, seen);
      await rm(path, { force: true });
    }
  } finally {
    await handle.close();
    await rm(mutex, { force: true });
  }
}

/** Held for the time of one read and one unlink; older than this, its holder was killed in between. */
const mutexAgeMs = 5_000;

async function dropAbandonedMutex(mutex: string): Promise<void> {
  const stats = await stat(mutex).catch(() => undefined);
  if (stats !== undefined && Date.now() - stats.mtimeMs > mutexAgeMs) {
    await rm(mutex, { force: true });
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
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
