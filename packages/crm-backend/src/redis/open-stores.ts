import type { Logger } from '../logger';
import { createInProcessStore } from './in-process-store';
import { openRedisServer } from './redis-server-store';
import type { RedisStore } from './redis-store';

export interface RedisStores {
  /** Behind `MemoryClient`. */
  readonly memory: RedisStore;
  /** Behind `CacheClient`. */
  readonly cache: RedisStore;
  close(): Promise<void>;
}

/** The servers named by URL; for a role without one, a store in this process, which is said once. */
export async function openStores(
  urls: { readonly memory: string | undefined; readonly cache: string | undefined },
  log: Logger,
  now: () => Date,
): Promise<RedisStores> {
  const missing = [...(urls.memory ? [] : ['REDIS_MEMORY_URL']), ...(urls.cache ? [] : ['REDIS_CACHE_URL'])];
  if (missing.length > 0) log.warn('[Redis] no server named: this process keeps the keys itself', { missing });
  const memory = urls.memory ? await openRedisServer({ url: urls.memory }, log) : createInProcessStore(now);
  const cache = urls.cache ? await openRedisServer({ url: urls.cache }, log) : createInProcessStore(now);
  return {
    memory,
    cache,
    close: async () => {
      await memory.close();
      await cache.close();
    },
  };
}
