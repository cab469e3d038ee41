import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OrchestraError } from '../model';

export interface AtomicWriteOptions {
  /** Syncs before the rename, so that a power cut cannot leave an empty file. Off for what can be computed again. */
  readonly durable?: boolean;
  /** Where it is written first, on the same file system. Default: beside it, where a kill may leave the draft. */
  readonly draftFolder?: string;
}

/**
 * Writes a whole file or none: a reader, or a second process, sees the old bytes or the new ones. Makes the folders above.
 * @throws OrchestraError 'world' naming the file; nothing is left behind then.
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array, options: AtomicWriteOptions = {}): Promise<void> {
  const draft = `${options.draftFolder === undefined ? path : join(options.draftFolder, basename(path))}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  try {
    await Promise.all([path, draft].map((each) => mkdir(dirname(each), { recursive: true })));
    await writeDraft(draft, content, options.durable ?? true);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw new OrchestraError('world', `${path} could not be written: ${(cause as Error).message}.`, { cause });
  }
}

async function writeDraft(draft: string, content: string | Uint8Array, durable: boolean): Promise<void> {
  // `wx`: a draft of this name that is already there is not ours, perhaps a link to somewhere else.
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(content);
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}
