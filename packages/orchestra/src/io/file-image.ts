import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, open, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OrchestraError } from '../model';
import { draftFolder } from './local-state';

/** A file as it is on disk, or its absence. */
export interface FileImage {
  readonly kind: 'file' | 'absent';
  /** Permission bits. */
  readonly mode?: number;
  readonly bytes?: Buffer;
}

export async function captureFile(path: string): Promise<FileImage> {
  try {
    const stats = await lstat(path);
    if (!stats.isFile()) {
      throw new OrchestraError('world', `${path} is not a regular file, so a wave cannot write it.`);
    }
    return { kind: 'file', mode: stats.mode & 0o7777, bytes: await readFile(path) };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return { kind: 'absent' };
    }
    throw cause;
  }
}

/** From its JSON form, bytes in base64. */
export function readImage(record: { readonly kind: 'file' | 'absent'; readonly mode?: number | undefined; readonly bytes?: string | undefined }): FileImage {
  return {
    kind: record.kind,
    ...(record.mode === undefined ? {} : { mode: record.mode }),
    ...(record.bytes === undefined ? {} : { bytes: Buffer.from(record.bytes, 'base64') }),
  };
}

/** Puts the image back: bytes, mode, or absence together with the folders that were made for it. */
export async function restoreImage(root: string, path: string, image: FileImage): Promise<void> {
  const target = join(root, path);
  if (image.kind === 'file') {
    await writeDurably(root, path, image.bytes ?? Buffer.alloc(0), image.mode);
    return;
  }
  await rm(target, { force: true });
  for (let folder = dirname(path); folder !== '.' && folder !== ''; folder = dirname(folder)) {
    // Git keeps no empty folders, so one that is empty now was made for this file.
    const removed = await rmdir(join(root, folder)).then(() => true, () => false);
    if (!removed) {
      return;
    }
  }
}

/**
 * Temporary file, sync, rename: after a power cut the old bytes or the new ones, never a mixture. The draft lies under
 * `.orchestra/`: beside its file, a kill would leave it in the working tree, where nobody asked for it.
 */
export async function writeDurably(root: string, path: string, bytes: Buffer, mode?: number): Promise<void> {
  const target = join(root, path);
  const drafts = join(root, draftFolder);
  await Promise.all([mkdir(dirname(target), { recursive: true }), mkdir(drafts, { recursive: true })]);
  const draft = join(drafts, `${process.pid}-${randomBytes(8).toString('hex')}.tmp`);
  const handle = await open(draft, 'w', mode ?? 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if (mode !== undefined) {
    // `open` applies the umask; the old mode must come back as it was.
    await chmod(draft, mode);
  }
  await rename(draft, target);
}
