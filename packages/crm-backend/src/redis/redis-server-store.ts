import { createClient } from '@redis/client';
import type { Logger } from '../logger';
import type { RedisStore } from './redis-store';

export interface RedisServerOptions {
  /** `redis://host:port/database` */
  readonly url: string;
  /** Put before every key, for those who share a server. */
  readonly prefix?: string;
}

/** Keys per step of a scan. */
const scanCount = 200;

/**
 * A Redis server by URL. While it cannot be reached, calls fail at once instead of waiting in a queue; the connection
 * is tried again in the background. @throws when it cannot be reached at the start: a wrong URL should be noticed then.
 */
export async function openRedisServer({ url, prefix = '' }: RedisServerOptions, log: Logger): Promise<RedisStore> {
  let wasConnected = false;
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 5000, reconnectStrategy: (retries) => wasConnected && Math.min(100 * 2 ** retries, 5000) },
  });
  // One line per lost connection, not one per attempt to get it back. The URL may hold a password, so it stays out.
  client.on('error', (error: Error) => {
    if (client.isReady || !wasConnected) return;
    log.warn('[Redis] connection lost', { reason: error.message });
  });
  await client.connect();
  wasConnected = true;
  const named = (key: string) => `${prefix}${key}`;
  return {
    get: async (key) => (await client.get(named(key))) ?? undefined,
    set: async (key, value, ttlSeconds) => void (await client.set(named(key), value, { expiration: { type: 'EX', value: ttlSeconds } })),
    delete: async (keys) => (keys.length === 0 ? 0 : client.unlink(keys.map(named))),
    keysWith: async (start) => {
      const found = new Set<string>();
      for await (const batch of client.scanIterator({ MATCH: `${literally(named(start))}*`, COUNT: scanCount })) {
        for (const key of batch) found.add(key.slice(prefix.length));
      }
      return [...found].sort();
    },
    close: () => client.close(),
  };
}

/** What MATCH would take for a pattern is a name here. */
function literally(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&');
}
