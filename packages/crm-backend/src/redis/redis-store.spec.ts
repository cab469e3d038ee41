import { createLogger, type LogEntry } from '../logger';
import { hasRedisServer } from '../testing';
import { openTestStores } from '../testing/open-test-stores';
import { createInProcessStore } from './in-process-store';
import { openRedisServer } from './redis-server-store';
import type { RedisStore } from './redis-store';

const logged: LogEntry[] = [];
const log = createLogger((entry) => void logged.push(entry));
const onServer = hasRedisServer() || Boolean(process.env['TEST_REDIS_CACHE_URL']);

async function serverStore(): Promise<RedisStore> {
  const stores = await openTestStores(log, () => new Date());
  return { ...stores.cache, close: () => stores.close() };
}

describe.each([['in this process', async () => createInProcessStore(() => new Date())], ...(onServer ? [['on a server', serverStore] as const] : [])] as const)(
  'a store %s', (_where, open) => {
    let store: RedisStore;
    beforeAll(async () => void (store = await open()));
    afterAll(() => store.close());

    it('keeps a value until its time is up', async () => {
      await store.set('brief', 'here', 1);
      await store.set('long', 'here', 60);
      expect(await store.get('brief')).toBe('here');
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect([await store.get('brief'), await store.get('long'), await store.get('never')]).toEqual([undefined, 'here', undefined]);
    });

    it('finds keys by their beginning, taken literally, and deletes what it is given', async () => {
      const names = ['list:*:1', 'list:*:2', 'list:x:1', 'list:[x]:1', 'other'];
      for (const name of names) await store.set(name, '', 60);
      expect(await store.keysWith('list:*:')).toEqual(['list:*:1', 'list:*:2']);
      expect(await store.keysWith('list:[x]:')).toEqual(['list:[x]:1']);
      expect(await store.delete(['list:*:1', 'list:*:2', 'nothing'])).toBe(2);
      expect(await store.delete([])).toBe(0);
      expect(await store.keysWith('list:*:')).toEqual([]);
    });
  },
);

describe('a server that is not there', () => {
  it('is noticed at the start, and its password told to nobody', async () => {
    const opening = openRedisServer({ url: 'redis://:hunter2@127.0.0.1:1' }, log);
    await expect(opening).rejects.toThrow(/ECONNREFUSED/);
    expect(JSON.stringify(logged)).not.toContain('hunter2');
  });
});
