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

/** key, first byte behind the header, length in bytes, crc32 of the bytes. */
type HeaderEntry = readonly [key: string, start: number, length: number, checksum: number];

interface Placed {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly checksum: number;
}

const prefixLength = 8;
const longestHeader = 64 * 1024 * 1024;

export function encodePack(entries: readonly PackEntry[]): Buffer {
  let end = 0;
  const header = Buffer.from(JSON.stringify(entries.map(({ key, bytes }): HeaderEntry => {
    end += bytes.length;
    return [key, end - bytes.length, bytes.length, crc32(bytes)];
  })));
  return Buffer.concat([Buffer.from(header.length.toString(16).padStart(prefixLength, '0')), header, ...entries.map((entry) => entry.bytes)]);
}

/**
 * The whole entries whose key is wanted. Whatever is cut off, damaged or no pack at all is left out: it will be computed again.
 * Reads the header and of the rest what is wanted: all in one, or a few entries of many megabytes.
 */
export async function readPack(path: string, wanted: ReadonlySet<string> | 'all'): Promise<readonly PackEntry[]> {
  const handle = await open(path, 'r').catch(() => undefined);
  if (handle === undefined) return [];
  try {
    const entries: PackEntry[] = [];
    for (const near of stretchesOf(await findEntries(handle, wanted))) entries.push(...(await readStretch(handle, near)));
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

/** Keys up to which a header is searched and not read: one of ten thousand entries takes longer to read than what three of them hold. */
const fewKeys = 32;

async function findEntries(handle: FileHandle, wanted: ReadonlySet<string> | 'all'): Promise<readonly Placed[]> {
  const length = Number.parseInt((await readAt(handle, 0, prefixLength)).toString('latin1'), 16);
  const { size } = await handle.stat();
  if (!(length <= Math.min(longestHeader, size - prefixLength))) return [];
  const header = await readAt(handle, prefixLength, length);
  const found = wanted !== 'all' && wanted.size <= fewKeys ? [...wanted].flatMap((key) => searchEntry(header, key)) : readEntries(header, wanted);
  const body = prefixLength + length;
  return found
    .map(([key, start, entryLength, checksum]): Placed => ({ key, start: body + start, end: body + start + entryLength, checksum }))
    .filter(({ start, end }) => start >= body && start <= end && end <= size)
    .sort((a, b) => a.start - b.start);
}

function readEntries(header: Buffer, wanted: ReadonlySet<string> | 'all'): readonly HeaderEntry[] {
  const entries = JSON.parse(header.toString('utf8')) as readonly HeaderEntry[];
  return entries.filter((entry) => entry.length === 4 && (wanted === 'all' || wanted.has(entry[0])));
}

/** No key holds another's beginning: inside of one, every quotation mark has a backslash before it. */
function searchEntry(header: Buffer, key: string): readonly HeaderEntry[] {
  const before = Buffer.from(`[${JSON.stringify(key)},`);
  const start = header.indexOf(before);
  const end = start === -1 ? -1 : header.indexOf(']', start + before.length);
  const [from, length, checksum, ...rest] = header.subarray(start + before.length, Math.max(start, end)).toString('latin1').split(',').map(Number);
  return end === -1 || from === undefined || length === undefined || checksum === undefined || rest.length > 0 ? [] : [[key, from, length, checksum]];
}

/** Shorter than asked for when the file ends early. */
async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
