import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { offlineEnvironment } from './offline-environment.mjs';

export const workspaceRoot = fileURLToPath(new URL('..', import.meta.url));

function spawnNx(args, stdout) {
  // Resolved on call, not on import: on a fresh clone Nx is installed only after this module was loaded.
  const nx = createRequire(import.meta.url).resolve('nx/bin/nx.js');
  return spawnSync(process.execPath, [nx, ...args], {
    cwd: workspaceRoot,
    env: { ...process.env, ...offlineEnvironment },
    stdio: ['ignore', stdout, 'inherit'],
    encoding: 'utf8',
  });
}

/** Runs Nx in the workspace, its output shown as it comes. True when it exits 0. */
export const runNx = (...args) => spawnNx(args, 'inherit').status === 0;

/** Runs Nx and parses what it prints. Throws when it fails: an empty answer must not look like none. */
export function askNx(...args) {
  const { status, stdout } = spawnNx(args, 'pipe');
  if (status !== 0) throw new Error(`nx ${args.join(' ')} failed`);
  return JSON.parse(stdout);
}
