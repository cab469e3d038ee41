import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensure-installed.mjs';

/** Writes everything that is generated from the schemas: the JSON Schemas first, then the tables made from those. */
const root = fileURLToPath(new URL('..', import.meta.url));
ensureInstalled(root);
const run = (args, cwd, env = {}) => spawnSync(process.execPath, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;
const schemas = run([join(root, 'node_modules/jest/bin/jest.js'), 'schema'], join(root, 'packages/orchestra'), { UPDATE_GENERATED: '1' });
process.exitCode = schemas || run([join(root, 'tools/generate-docs.mjs')], root);
