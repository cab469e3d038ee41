import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OrchestraError } from '../model';
import { livenessOf, ownIdentity, type ProcessIdentity } from './process-identity';

export interface WaveLock {
  release(): Promise<void>;
}

export interface LockRecord {
  readonly owner: ProcessIdentity;
  readonly command: string;
  /** ISO time, for the person who is refused. */
  readonly since: string;
}

/** What the caller does while a living process holds the lock: throws to refuse, or returns to try again. */
export type WhenHeld = (holder: LockRecord, path: string) => Promise<void> | void;

/**
 * One wave at a time in a workspace. The lock names its process by pid and start time, so a killed one keeps nothing and a
 * reused pid is not mistaken for it. A lock with time stamps only (proper-lockfile was looked at) would neither say who holds
 * it nor free itself before its staleness interval.
 * @param name file in `.orchestra/`.
 * @throws OrchestraError 'state' when another living process holds it, unless `whenHeld` waits.
 */
export async function acquireLock(root: string, command: string, name = 'lock', whenHeld: WhenHeld = refuse): Promise<WaveLock> {
  const folder = join(root, '.orchestra');
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const record: LockRecord = { owner: ownIdentity(), command, since: new Date().toISOString() };
  await writeFile(draft, JSON.stringify(record));
  try {
    // Linked and not written in place: a lock is there whole or not at all.
    while (!(await linkUnlessPresent(draft, path))) {
      const holder = await setAsideDeadLock(path);
      if (holder !== undefined) {
        await whenHeld(holder, path);
      }
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
 * Removes the lock of a dead process, or says which living one holds it. Only one may do that at a time: a second one could
 * otherwise remove the fresh lock that the first has just taken.
 */
async function setAsideDeadLock(path: string): Promise<LockRecord | undefined> {
  const mutex = `${path}.takeover`;
  const handle = await open(mutex, 'wx').catch(() => undefined);
  if (handle === undefined) {
    await dropAbandonedMutex(mutex);
    return undefined;
  }
  try {
    const holder = parseLock(await readFile(path, 'utf8').catch(() => ''));
    if (holder !== undefined && livenessOf(holder.owner) !== 'dead') {
      return holder;
    }
    await rm(path, { force: true });
    return undefined;
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

function refuse(holder: LockRecord, path: string): never {
  const where = livenessOf(holder.owner) === 'elsewhere' ? ` on another machine or container (delete ${path} if it is gone)` : '';
  throw new OrchestraError('state', `Another wave is running here: process ${holder.owner.pid}${where}, "${holder.command}", since ${holder.since}. Wait for it, or stop it and try again.`);
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
