import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Whether what npm installed is what the lock file asks for. npm keeps its own copy of the lock in `node_modules`, so
 * an install by hand counts as well, which a stamp of ours would not notice.
 *
 * @param {{packages: Record<string, {version?: string, optional?: boolean, link?: boolean}>}} lock package-lock.json
 * @param {{packages: Record<string, {version?: string, link?: boolean}>}} installed node_modules/.package-lock.json
 */
export function isInstalled(lock, installed) {
  return Object.entries(lock.packages)
    .filter(([path]) => path.startsWith('node_modules/') || path.includes('/node_modules/'))
    .every(([path, wanted]) => {
      const found = installed.packages[path];
      // Optional packages are for other machines, or failed to build here: npm goes on without them, and so do we.
      return found ? found.version === wanted.version : wanted.optional === true;
    });
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Installs the locked dependencies when they are missing or stale, and says so in one line. Exits when that fails. */
export function ensureInstalled(root = fileURLToPath(new URL('..', import.meta.url))) {
  const lock = readJson(join(root, 'package-lock.json'));
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'));
  if (lock && installed && isInstalled(lock, installed)) return;
  console.log(`Installing dependencies (npm ci): node_modules is ${installed ? 'not what package-lock.json asks for' : 'missing'}.`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // npm prints its summary on stdout; one line was promised.
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed: see above. Nothing else was run.');
    process.exit(1);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) ensureInstalled();
