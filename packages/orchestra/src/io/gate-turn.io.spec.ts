import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awaitRunningGate, takeGateTurn } from './gate-turn';
import { ownIdentity } from './process-identity';
import { acquireLock } from './wave-lock';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orchestra-turn-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the turn of a gate', () => {
  it('comes when the gate before has ended, and says once whom it waits for', async () => {
    const said: string[] = [];
    const order: string[] = [];
    const first = await takeGateTurn(root, 'gate', (line) => said.push(line));
    const second = takeGateTurn(root, 'gate', (line) => said.push(line)).then(async (turn) => {
      order.push('second');
      await turn.release();
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    order.push('first');
    await first.release();
    await second;
    expect(order).toEqual(['first', 'second']);
    expect(said).toEqual([expect.stringMatching(new RegExp(`process ${process.pid}, since \\d{4}-`))]);
  });

  it('is not held back by a gate that was killed', async () => {
    mkdirSync(join(root, '.orchestra'));
    writeFileSync(join(root, '.orchestra/gate.lock'), JSON.stringify({ owner: { ...ownIdentity(), started: 'another time' }, command: 'gate', since: '2026-01-01T00:00:00.000Z' }));
    await awaitRunningGate(root, 'wave', () => {
      throw new Error('there is nobody to wait for');
    });
    expect(existsSync(join(root, '.orchestra/gate.lock'))).toBe(false);
  });

  it('is refused where the end of the other gate cannot be seen', async () => {
    mkdirSync(join(root, '.orchestra'));
    writeFileSync(join(root, '.orchestra/gate.lock'), JSON.stringify({ owner: { ...ownIdentity(), host: 'elsewhere' }, command: 'gate', since: '2026-01-01T00:00:00.000Z' }));
    await expect(takeGateTurn(root, 'gate', () => undefined)).rejects.toThrow(/another machine or container/);
  });

  it('does not wait for the lock of a wave, whose own gate it may be', async () => {
    const wave = await acquireLock(root, 'wave start');
    await (await takeGateTurn(root, 'gate', () => undefined)).release();
    await wave.release();
  });
});
