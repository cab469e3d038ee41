import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reach } from './contain-with-unshare';
import { type ProcessRequest, runProcess } from './run-process';
import { safeEnvironment } from './safe-environment';

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

/** Whether a sealed run can work, and can do nothing else. `folder` is a fresh one. */
export async function holdsSealed(seal: (request: ProcessRequest, reach: Reach) => ProcessRequest, folder: string): Promise<boolean> {
  for (const name of ['outside', 'hidden/kept', 'writable']) await mkdir(join(folder, name), { recursive: true });
  for (const name of ['hidden/secret', 'hidden/kept/file']) await writeFile(join(folder, name), 'x');
  const reach = { writable: join(folder, 'writable'), hidden: [join(folder, 'hidden')], kept: [join(folder, 'hidden/kept')] };
  const expected = { outer: false, writes: false, reads: false, kept: true, own: true, environ: false };
  return (await answer(seal({ ...probe(folder), cwd: reach.writable }, reach))) === JSON.stringify(expected);
}

export async function holdsNetwork(close: (request: ProcessRequest) => ProcessRequest, folder: string): Promise<boolean> {
  return (await answer(close(probe(folder)))).startsWith('{"outer":false,');
}

async function answer(request: ProcessRequest): Promise<string> {
  // A missing program is an answer too: this way is not to be had here.
  const result = await runProcess(request).catch(() => undefined);
  return result?.code === 0 ? result.stdout.trim() : '';
}
