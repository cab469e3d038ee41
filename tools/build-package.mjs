import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundleModule } from './bundle-module.mjs';

/** Emitted by tsc, or for tests only. Hand-written declarations are neither: tsc reads them and leaves them behind. */
const isEmitted = (path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');
const isForTests = (path) => /(^|[\\/])__(fixtures|snapshots)__[\\/]/.test(path);

/** Builds the package in the current folder: `dist/` anew from `src/`, zod in one file, schemas, prompts and templates beside the code, and the pages that reports name. */
rmSync('dist', { recursive: true, force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) process.exit(1);
await bundleModule('zod', 'src/model/zod.ts', 'dist/model/zod.js');
for (const entry of readdirSync('src', { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && !isEmitted(path) && !isForTests(path)) cpSync(path, path.replace(/^src/, 'dist'));
}
cpSync('../../docs/findings', 'dist/docs/findings', { recursive: true });
