import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { draftFolder } from './local-state';

/** A draft is written in one go; one this old has lost its process. Younger ones may be a gate's that runs beside this command. */
const abandonedAfterMs = 3_600_000;

/** What a kill between a draft and its rename left under `.orchestra/drafts`. */
export async function removeStaleDrafts(root: string): Promise<void> {
  const folder = join(root, draftFolder);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandonedAfterMs) {
      await rm(path, { force: true });
    }
  }
}
