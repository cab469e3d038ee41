import type { Io } from '../io/ports';
import type { FileTexts } from '../model';
import { sha256 } from '../model/canonical-json';
import { OUTLINE_VERSION, type FileOutline } from '../model/file-outline';

/** Files read and parsed at a time: memory must not grow with the repository. */
const batch = 800;

/**
 * Outlines by path, sorted. Each is cached by blob id and path, so that only what changed is read and parsed, and the parser is
 * not even loaded when nothing did.
 * @param blobs path → blob id
 */
export async function loadOutlines(io: Pick<Io, 'index' | 'repository' | 'progress'>, blobs: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, FileOutline>> {
  const keyOf = new Map([...blobs].map(([path, blob]) => [path, `${blob}-${sha256(path).slice(0, 12)}`]));
  const kind = `outline-v${OUTLINE_VERSION}`;
  const cached = await io.index.read<FileOutline>(kind, [...keyOf.values()]);
  const missing = [...blobs].filter(([path]) => !cached.has(keyOf.get(path) ?? ''));
  const fresh = await outlineMissing(io, missing);
  if (fresh.size > 0) await io.index.write(kind, new Map([...fresh].map(([path, outline]) => [keyOf.get(path) ?? '', outline])));
  return new Map([...blobs.keys()].sort().flatMap((path) => {
    const outline = cached.get(keyOf.get(path) ?? '') ?? fresh.get(path);
    return outline === undefined ? [] : [[path, outline] as const];
  }));
}

async function outlineMissing(io: Pick<Io, 'repository' | 'progress'>, missing: readonly (readonly [string, string])[]): Promise<ReadonlyMap<string, FileOutline>> {
  const fresh = new Map<string, FileOutline>();
  if (missing.length === 0) return fresh;
  io.progress.step(`outlining ${missing.length} files`);
  const read = (start: number): Promise<FileTexts> => io.repository.readBlobTexts(new Map(missing.slice(start, start + batch)));
  // Git reads while the parser is loaded, which takes longer.
  const [first, { outlineFile }] = await Promise.all([read(0), import('../context-hub/outline-file.js')]);
  for (let start = 0; start < missing.length; start += batch) {
    const texts = start === 0 ? first : await read(start);
    for (const [path, text] of texts) fresh.set(path, outlineFile(path, text));
  }
  return fresh;
}
