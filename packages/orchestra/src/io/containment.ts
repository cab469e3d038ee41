import { existsSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, sep } from 'node:path';
import { closeNetworkWithBubblewrap, sealWithBubblewrap } from './contain-with-bubblewrap';
import { closeNetworkWithUnshare, type Reach, sealWithUnshare } from './contain-with-unshare';
import { holdsNetwork, holdsSealed } from './containment-probe';
import type { ProcessRequest } from './run-process';
import { createOwnedFolder } from './scratch-folders';

/** What this machine can hold proposed code back from. Found out by trying, once per process: kernels and images differ. */
export interface Containment {
  /** `undefined` when runs cannot be sealed off here. */
  readonly seal: ((request: ProcessRequest, reach: Reach) => ProcessRequest) | undefined;
  readonly closeNetwork: ((request: ProcessRequest) => ProcessRequest) | undefined;
}

/** In order of preference: bubblewrap is made for this. */
export const containmentWays = {
  bubblewrap: { seal: sealWithBubblewrap, closeNetwork: closeNetworkWithBubblewrap },
  unshare: { seal: sealWithUnshare, closeNetwork: closeNetworkWithUnshare },
};

let detected: Promise<Containment> | undefined;

export function detectContainment(): Promise<Containment> {
  detected ??= detect();
  return detected;
}

async function detect(): Promise<Containment> {
  const folder = await createOwnedFolder('probe');
  try {
    let closeNetwork: Containment['closeNetwork'];
    for (const way of Object.values(containmentWays)) {
      if (await holdsSealed(way.seal, folder)) return way;
      if (closeNetwork === undefined && (await holdsNetwork(way.closeNetwork, folder))) closeNetwork = way.closeNetwork;
    }
    return { seal: undefined, closeNetwork };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The reach of a run in a scratch tree: it writes below `writable`, and sees neither the home (credentials), nor the main
 * working tree (`.env`, the fix itself) save its installed packages, nor the sockets under `/run` (Docker's is as good as root).
 */
export function reachOf(writable: string, root: string, packageFolders: readonly string[]): Reach {
  const node = dirname(dirname(realpathSync(process.execPath)));
  // NixOS keeps its programs under /run.
  const sockets = (process.env['PATH'] ?? '').split(':').some((path) => path.startsWith('/run/')) ? [] : ['/run'];
  const hidden = outermost(real([homedir(), root, ...sockets]).filter((path) => path !== sep && !isBelow(writable, path)));
  const kept = outermost(real([...packageFolders, node])).filter((path) => hidden.some((folder) => isBelow(path, folder)));
  return { writable, hidden, kept };
}

function real(paths: readonly string[]): string[] {
  return paths.filter((path) => existsSync(path)).map((path) => realpathSync(path));
}

function outermost(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)].sort();
  return unique.filter((path) => !unique.some((other) => other !== path && isBelow(path, other)));
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
