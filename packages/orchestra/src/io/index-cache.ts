import { createHash } from 'node:crypto';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './atomic-write';
import { encodePack, type PackEntry, readPack } from './cache-pack';
import { guardLocalState, localFolder } from './local-state';
import type { IndexCache } from './ports';
import { removeStaleDrafts } from './remove-stale-drafts';

export interface CacheLimits {
  /** Bytes of one pack; a larger write becomes several. */
  readonly packBytes: number;
  /** Packs below a quarter of `packBytes` are merged when there are more of them than this. */
  readonly smallPacks: number;
  /** Bytes kept per kind; what was used longest ago goes first. */
  readonly kindBytes: number;
}

const defaultLimits: CacheLimits = { packBytes: 16 << 20, smallPacks: 16, kindBytes: 256 << 20 };

/**
 * `.orchestra/cache/<kind>/*.pack`. Packs are written whole and never changed, their names are the hashes of their bytes: so
 * two processes need no lock, and the worst they can do to each other is to compute an entry twice. An own format because
 * thousands of small files cost a second to read, and SQLite is a binary (`node:sqlite` is not in Node 20).
 * A cache that cannot be written is slow and not wrong, so that is no error.
 */
export function createIndexCache(root: string, limits: CacheLimits = defaultLimits, guard = guardLocalState(root)): IndexCache {
  const folderOf = async (kind: string) => {
    if (!/^[a-z][a-z0-9-]*$/.test(kind)) throw new TypeError(`"${kind}" does not name a kind of cache entry.`);
    await guard();
    return join(root, localFolder, 'cache', kind);
  };
  return {
    read: async <T>(kind: string, keys: readonly string[]) => readEntries<T>(await folderOf(kind), keys),
    write: async (kind, values) => {
      const folder = await folderOf(kind);
      const entries = [...values].map(([key, value]) => ({ key, bytes: encode(value) }));
      try {
        const written = await writePacks(folder, entries, limits);
        await mergeSmallPacks(folder, limits);
        await removeOldest(folder, new Set(written), limits);
        await removeEarlierVersions(join(root, localFolder, 'cache'), kind);
      } catch {
        // Read-only or full: the next run computes again what could not be kept.
      }
    },
  };
}

/** JSON in ASCII alone: its bytes become a string four times faster than UTF-8, and reading is what everybody waits for. */
function encode(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`), 'latin1');
}

/** `undefined` for what nobody wrote here: it is computed again. */
function decode(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('latin1'));
  } catch {
    return undefined;
  }
}

interface Pack {
  readonly path: string;
  readonly size: number;
  readonly usedMs: number;
}

async function readEntries<T>(folder: string, keys: readonly string[]): Promise<ReadonlyMap<string, T>> {
  const missing = new Set(keys);
  const found = new Map<string, T>();
  const packs = await listPacks(folder);
  // One ahead: the disk reads the next while this one is decoded. Never all at once, they may be hundreds of megabytes.
  const ahead = packs.slice(0, 1).map(({ path }) => readPack(path, missing));
  for (const [at, pack] of packs.entries()) {
    const entries = (await ahead.pop()) ?? [];
    if (missing.size === 0) break;
    const next = packs[at + 1];
    if (next !== undefined && entries.length < missing.size) ahead.push(readPack(next.path, new Set(missing)));
    for (const { key, bytes } of entries) {
      const value = decode(bytes);
      if (value === undefined) continue;
      found.set(key, value as T);
      missing.delete(key);
    }
    if (entries.length > 0) await markUsed(pack);
  }
  return found;
}

/** Largest first, so that most keys are found before the many small ones are opened. */
async function listPacks(folder: string): Promise<readonly Pack[]> {
  const names = await readdir(folder).catch(() => []);
  const packs = await Promise.all(names.filter((name) => name.endsWith('.pack')).map((name) => describePack(join(folder, name))));
  return packs.filter((pack): pack is Pack => pack !== undefined).sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
}

/** `undefined` for a pack that another process has merged away meanwhile. */
async function describePack(path: string): Promise<Pack | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ? { path, size: stats.size, usedMs: stats.mtimeMs } : undefined;
}

const hourMs = 3_600_000;

/** The modification time is the time of the last use, to the hour: packs themselves never change. */
async function markUsed(pack: Pack): Promise<void> {
  const now = Date.now();
  if (now - pack.usedMs > hourMs) await utimes(pack.path, now / 1000, now / 1000).catch(() => undefined);
}

async function writePacks(folder: string, entries: readonly PackEntry[], { packBytes }: CacheLimits): Promise<readonly string[]> {
  const written: string[] = [];
  for (let start = 0; start < entries.length; ) {
    let end = start;
    for (let size = 0; end < entries.length && size < packBytes; end += 1) size += entries[end]?.bytes.length ?? 0;
    const pack = encodePack(entries.slice(start, end));
    const path = join(folder, `${createHash('sha256').update(pack).digest('hex').slice(0, 32)}.pack`);
    await writeFileAtomically(path, pack, { durable: false });
    written.push(path);
    start = end;
  }
  return written;
}

/** Every goal adds a small pack: without this, reading would slow down with the number of goals. */
async function mergeSmallPacks(folder: string, limits: CacheLimits): Promise<void> {
  const small = (await listPacks(folder)).filter((pack) => pack.size < limits.packBytes / 4);
  if (small.length <= limits.smallPacks) return;
  const entries = new Map<string, PackEntry>();
  for (const pack of small) {
    for (const entry of await readPack(pack.path, 'all')) entries.set(entry.key, entry);
  }
  const sorted = [...entries.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const kept = new Set(await writePacks(folder, sorted, limits));
  for (const pack of small) {
    if (!kept.has(pack.path)) await rm(pack.path, { force: true });
  }
}

/**
 * Down to three quarters, so that not every write removes something; never what was just written, which clocks too coarse
 * to tell apart might call the oldest. Drafts of killed processes go as well.
 */
async function removeOldest(folder: string, written: ReadonlySet<string>, { kindBytes }: CacheLimits): Promise<void> {
  await removeStaleDrafts(folder);
  const packs = [...(await listPacks(folder))].sort((a, b) => a.usedMs - b.usedMs);
  let total = packs.reduce((sum, pack) => sum + pack.size, 0);
  if (total <= kindBytes) return;
  for (const pack of packs.filter(({ path }) => !written.has(path))) {
    if (total <= kindBytes * 0.75) return;
    await rm(pack.path, { force: true });
    total -= pack.size;
  }
}

const versioned = /^(.+)-v(\d+)$/;

/** `index-v3` is written by whoever no longer reads `index-v2`. */
async function removeEarlierVersions(cache: string, kind: string): Promise<void> {
  const current = versioned.exec(kind);
  if (current === null) return;
  for (const name of await readdir(cache)) {
    const other = versioned.exec(name);
    if (other !== null && other[1] === current[1] && Number(other[2]) < Number(current[2])) await rm(join(cache, name), { recursive: true, force: true });
  }
}
