import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/**
 * One immutable file of cache entries: eight hex digits with the header's length, the header, the JSON texts end to end.
 * Every entry carries its own checksum, so that a flipped bit costs one entry and not the file.
 */
export interface PackEntry {
  readonly key: string;
  readonly bytes: Buffer;
}

/** key, length in bytes, crc32 of the bytes. */
type HeaderEntry = readonly [key: string, length: number, checksum: number];

interface Placed {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly checksum: number;
}

const prefixLength = 8;
const longestHeader = 64 * 1024 * 1024;

export function encodePack(entries: readonly PackEntry[]): Buffer {
  const header = Buffer.from(JSON.stringify(entries.map(({ key, bytes }): HeaderEntry => [key, bytes.length, crc32(bytes)])));
  return Buffer.concat([Buffer.from(header.length.toString(16).padStart(prefixLength, '0')), header, ...entries.map((entry) => entry.bytes)]);
}

/**
 * The whole entries whose key is wanted. Whatever is cut off, damaged or no pack at all is left out: it will be computed again.
 * Reads the header and of the rest what is wanted: all in one, or a few entries of many megabytes.
 */
export async function readPack(path: string, isWanted: (key: string) => boolean): Promise<readonly PackEntry[]> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const entries: PackEntry[] = [];
    for (const near of stretchesOf((await readHeader(handle)).filter((entry) => isWanted(entry.key)))) entries.push(...(await readStretch(handle, near)));
    return entries;
  } catch {
    return [];
  } finally {
    await handle.close();
  }
}

/** Bytes between two wanted entries that cost less than another read. */
const widestGap = 128 * 1024;

function stretchesOf(wanted: readonly Placed[]): readonly (readonly Placed[])[] {
  const stretches: Placed[][] = [];
  for (const entry of wanted) {
    const last = stretches.at(-1);
    if (last === undefined || entry.start - (last.at(-1)?.end ?? 0) > widestGap) stretches.push([entry]);
    else last.push(entry);
  }
  return stretches;
}

async function readStretch(handle: FileHandle, entries: readonly Placed[]): Promise<readonly PackEntry[]> {
  const from = entries[0]?.start ?? 0;
  const stretch = await readAt(handle, from, (entries.at(-1)?.end ?? from) - from);
  return entries.flatMap(({ key, start, end, checksum }) => {
    const bytes = stretch.subarray(start - from, end - from);
    return bytes.length === end - start && crc32(bytes) === checksum ? [{ key, bytes }] : [];
  });
}

async function readHeader(handle: FileHandle): Promise<readonly Placed[]> {
  const length = Number.parseInt((await readAt(handle, 0, prefixLength)).toString('latin1'), 16);
  const { size } = await handle.stat();
  if (!(length <= Math.min(longestHeader, size - prefixLength))) return [];
  let start = prefixLength + length;
  const header = JSON.parse((await readAt(handle, prefixLength, length)).toString('utf8')) as readonly HeaderEntry[];
  return header.flatMap(([key, entryLength, checksum]) => {
    const placed = { key, start, end: start + entryLength, checksum };
    start = placed.end;
    return placed.end <= size ? [placed] : [];
  });
}

/** Shorter than asked for when the file ends early. */
async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
