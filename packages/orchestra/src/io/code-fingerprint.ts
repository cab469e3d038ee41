import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { orchestraVersion } from './orchestra-version';

/** Whatever decides what a search finds and a packet shows. */
const folders = ['context-hub', 'syntax', 'patch', 'model', 'orchestrator'];

/**
 * Version of this tool down to its code: a result kept from before may only be used again by the code that made it, and a
 * workspace that runs the plugin from source changes that code without changing a version.
 */
export function hubVersion(): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const root = join(__dirname, '..', folder);
    const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /\.[jt]s$/.test(path) && !/\.spec\.|\.d\.ts$|__/.test(path)).sort();
    for (const path of paths) hash.update(`${folder}/${path}\0`).update(readFileSync(join(root, path)));
  }
  return `${orchestraVersion}+${hash.digest('hex').slice(0, 16)}`;
}
