import { existsSync, realpathSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { closeNetworkWithBubblewrap, sealWithBubblewrap } from './contain-with-bubblewrap';
import { closeNetworkWithUnshare, type Reach, sealWithUnshare } from './contain-with-unshare';
import { type ProcessRequest, runProcess } from './run-process';
import { safeEnvironment } from './safe-environment';

/** What this machine can hold proposed code back from. Found out by trying, once per process: kernels and images differ. */
export interface Containment {
  /** `undefined` when runs cannot be sealed off here. */
  readonly seal: ((request: ProcessRequest, reach: Reach) => ProcessRequest) | undefined;
  readonly closeNetwork: ((request: ProcessRequest) => ProcessRequest) | undefined;
}

const ways = {
  bubblewrap: { seal: sealWithBubblewrap, closeNetwork: closeNetworkWithBubblewrap },
  unshare: { seal: sealWithUnshare, closeNetwork: closeNetworkWithUnshare },
};

let detected: Promise<Containment> | undefined;

export function detectContainment(): Promise<Containment> {
  detected ??= detect();
  return detected;
}

async function detect(): Promise<Containment> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'orchestra-probe-')));
  try {
    let closeNetwork: Containment['closeNetwork'];
    for (const way of Object.values(ways)) {
      if (await holdsSealed(way.seal, folder)) return way;
      if (closeNetwork === undefined && (await holdsNetwork(way.closeNetwork, folder))) closeNetwork = way.closeNetwork;
    }
    return { seal: undefined, closeNetwork };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Says on one line whether loopback works, whether another interface is there, and what of the file system can be reached. */
const probeScript = `
const fs = require('fs'), net = require('net'), os = require('os');
const attempt = (action) => { try { action(); return true; } catch { return false; } };
const [folder, parent] = process.argv.slice(1);
const outer = Object.values(os.networkInterfaces()).flat().some((address) => !address.internal);
const writes = attempt(() => fs.writeFileSync(folder + '/outside/owned', ''));
const reads = attempt(() => fs.readFileSync(folder + '/hidden/secret'));
const kept = attempt(() => fs.readFileSync(folder + '/hidden/kept/file'));
const own = attempt(() => fs.writeFileSync(folder + '/writable/file', ''));
const environ = attempt(() => fs.readFileSync('/proc/' + parent + '/environ'));
const server = net.createServer((socket) => socket.end()).listen(0, '127.0.0.1', () => {
  net.connect(server.address().port, '127.0.0.1').on('close', () => {
    server.close();
    console.log(JSON.stringify({ outer, writes, reads, kept, own, environ }));
  }).on('error', () => process.exit(1)).resume();
});
`;

function probe(folder: string): ProcessRequest {
  return { command: process.execPath, args: ['-e', probeScript, folder, String(process.pid)], cwd: folder, env: safeEnvironment(), timeoutMs: 20_000 };
}

async function holdsSealed(seal: (request: ProcessRequest, reach: Reach) => ProcessRequest, folder: string): Promise<boolean> {
  for (const name of ['outside', 'hidden/kept', 'writable']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['hidden/secret', 'hidden/kept/file']) await writeFile(join(folder, name), 'x');
  const reach = { writable: join(folder, 'writable'), hidden: [join(folder, 'hidden')], kept: [join(folder, 'hidden/kept')] };
  const expected = { outer: false, writes: false, reads: false, kept: true, own: true, environ: false };
  return (await answer(seal({ ...probe(folder), cwd: reach.writable }, reach))) === JSON.stringify(expected);
}

async function holdsNetwork(close: (request: ProcessRequest) => ProcessRequest, folder: string): Promise<boolean> {
  return (await answer(close(probe(folder)))).startsWith('{"outer":false,');
}

async function answer(request: ProcessRequest): Promise<string> {
  // A missing program is an answer too: this way is not to be had here.
  const result = await runProcess(request).catch(() => undefined);
  return result?.code === 0 ? result.stdout.trim() : '';
}

/**
 * The reach of a run in a scratch tree: it writes below `writable`, and sees neither the home (credentials), nor the main
 * working tree (`.env`, the fix itself) save its installed packages, nor the sockets under `/run` (Docker's is as good as root).
 */
export function reachOf(writable: string, root: string, packageFolders: readonly string[]): Reach {
  const node = dirname(dirname(realpathSync(process.execPath)));
  // NixOS keeps its programs under /run.
  const sockets = (process.env['PATH'] ?? '').split(':').some((path) => path.startsWith('/run/')) ? [] : ['/run'];
  const hidden = existing([homedir(), root, ...sockets]).filter((path) => path !== sep && !isBelow(writable, path));
  const kept = existing([...packageFolders, node]).filter((path) => hidden.some((folder) => isBelow(path, folder)));
  return { writable, hidden, kept };
}

/** Real, there, sorted, and none inside another. */
function existing(paths: readonly string[]): string[] {
  return outermost(paths.filter((path) => existsSync(path)).map((path) => realpathSync(path)));
}

function outermost(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)].sort();
  return unique.filter((path) => !unique.some((other) => other !== path && isBelow(path, other)));
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
