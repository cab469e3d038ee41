import { z } from 'zod';
import { createLogger, type LogEntry } from '../logger';
import { createCacheClient } from './cache-client';
import { createInProcessStore } from './in-process-store';
import type { RedisStore } from './redis-store';

let time = new Date('2026-03-02T09:00:00.000Z');
const logged: LogEntry[] = [];
const log = createLogger((entry) => void logged.push(entry));
const store = createInProcessStore(() => time);
const cache = createCacheClient(store, log);

const ask = (tenantId: string, answer: number, of?: unknown) => cache.through({ tenantId, topic: 'leads', of }, z.number(), 60, async () => answer);

describe('the cache', () => {
  it('answers a question again without asking, until its time is up', async () => {
    expect([await ask('a', 1), await ask('a', 2)]).toEqual([1, 1]);
    time = new Date(time.getTime() + 61_000);
    expect(await ask('a', 3)).toBe(3);
  });

  it('keeps tenants and questions apart', async () => {
    expect([await ask('b', 1), await ask('c', 2), await ask('b', 3, { status: 'new' }), await ask('b', 4)]).toEqual([1, 2, 3, 1]);
  });

  it('forgets all answers on a topic of one tenant, and no others', async () => {
    await ask('d', 1, 'x');
    await ask('d', 2, 'y');
    await ask('dd', 3, 'x');
    await cache.invalidate('d', 'leads', 'pipeline');
    expect([await ask('d', 4, 'x'), await ask('d', 5, 'y'), await ask('dd', 6, 'x')]).toEqual([4, 5, 3]);
  });

  it('asks again when what it kept is no answer', async () => {
    await ask('e', 1);
    const [name] = await store.keysWith('cache:e:');
    for (const kept of ['{', '"text"']) {
      await store.set(name ?? '', kept, 60);
      expect(await ask('e', 2)).toBe(2);
      await cache.invalidate('e', 'leads');
    }
  });

  it('goes on without a server, and says so', async () => {
    const fail = () => Promise.reject(new Error('Socket closed'));
    const down: RedisStore = { get: fail, set: fail, delete: fail, keysWith: fail, close: fail };
    const without = createCacheClient(down, log);
    expect(await without.through({ tenantId: 'a', topic: 'leads' }, z.number(), 60, async () => 7)).toBe(7);
    await without.invalidate('a', 'leads');
    expect(logged.map(({ message }) => message)).toEqual(['[Cache] cannot read', '[Cache] cannot write', '[Cache] cannot invalidate']);
  });
});
