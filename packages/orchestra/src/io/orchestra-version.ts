import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As published; part of every report. The same relative place from `src/io` and from `dist/io`. */
export const orchestraVersion: string = (JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { readonly version: string }).version;
