import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrchestraError } from '../model';
import { ownIdentity, type ProcessIdentity } from './process-identity';
import { acquireLock } from './wave-lock';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orchestra-lock-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function plant(owner: ProcessIdentity): void {
  mkdirSync(join(root, '.orchestra'), { recursive: true });
  writeFileSync(join(root, '.orchestra/lock'), JSON.stringify({ owner, command: 'wave start', since: '2026-01-01T00:00:00.000Z' }));
}

describe('the lock of a workspace', () => {
  it('refuses a second wave and says who holds it and since when', async () => {
    const lock = await acquireLock(root, 'wave start');
    await expect(acquireLock(root, 'wave undo')).rejects.toThrow(new RegExp(`process ${process.pid}.*"wave start", since \\d{4}-`));
    await lock.release();
  });

  it('is refused as a matter of state, which a command reports with exit 2', async () => {
    await acquireLock(root, 'wave start');
    const error: unknown = await acquireLock(root, 'wave start').catch((caught: unknown) => caught);
    expect(OrchestraError.is(error) && error.kind).toBe('state');
  });

  it('is free again after release', async () => {
    await (await acquireLock(root, 'one')).release();
    await (await acquireLock(root, 'two')).release();
    expect(existsSync(join(root, '.orchestra/lock'))).toBe(false);
  });

  it('is taken over from a process that was killed', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await once(child, 'spawn');
    plant({ ...ownIdentity(), pid: child.pid ?? 0, started: '' });
    await expect(acquireLock(root, 'two')).rejects.toThrow(/Another wave is running/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await acquireLock(root, 'two')).release();
  });

  it('is taken over when the pid lives again as another process', async () => {
    plant({ ...ownIdentity(), started: 'another time' });
    await (await acquireLock(root, 'two')).release();
  });

  it('is not taken over from another machine, where nobody can tell', async () => {
    plant({ ...ownIdentity(), host: 'elsewhere' });
    await expect(acquireLock(root, 'two')).rejects.toThrow(/another machine or container/);
  });

  it('goes to exactly one of many that see the same dead lock', async () => {
    plant({ ...ownIdentity(), pid: 2 ** 22 + 1, started: 'x' });
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => acquireLock(root, 'race')));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('leaves nothing else behind', async () => {
    await (await acquireLock(root, 'one')).release();
    expect(readdirSync(join(root, '.orchestra'))).toEqual([]);
  });
});
