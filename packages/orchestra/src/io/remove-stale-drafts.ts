import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A draft is written in one go; one this old has lost its process. Younger ones may be another process's that runs beside this. */
const abandonedAfterMs = 3_600_000;

/** What a kill between a draft and its rename left in a folder. */
export async function removeStaleDrafts(folder: string): Promise<void> {
  for (const name of (await readdir(folder).catch(() => [])).filter((each) => each.endsWith('.tmp'))) {
    const path = join(folder, name);
    const stats = await stat(path).catch(() => undefined);
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandonedAfterMs) {
      await rm(path, { force: true });
    }
  }
}
