import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Emitted by tsc, or for tests only. Hand-written declarations are neither: tsc reads them and leaves them behind. */
const isEmitted = (path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
const isForTests = (path) => /(^|[\\/])__(fixtures|snapshots)__[\\/]/.test(path);

/** Builds the package in the current folder: `dist/` anew from `src/`, schemas, prompts and templates beside the code, and the pages that reports name. */
rmSync('dist', { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
for (const entry of readdirSync('src', { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !isEmitted(path) && !isForTests(path)) cpSync(path, path.replace(/^src/, 'dist'));
}
cpSync('../../docs/findings', 'dist/docs/findings', { recursive: true });
