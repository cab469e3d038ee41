import type { RedisStore } from './redis-store';

/**
 * The Redis of `REDIS_MEMORY_URL`: what people and workers are doing right now. The server evicts nothing, so every
 * key has a life; it keeps nothing over a restart. A server that cannot be reached is an error here, unlike in the
 * cache: whoever asks must not go on as if the answer were no.
 */
export interface MemoryClient {
  recall(name: string): Promise<string | undefined>;
  remember(name: string, value: string, ttlSeconds: number): Promise<void>;
}

export function createMemoryClient(store: RedisStore): MemoryClient {
  const named = (name: string) => `memory:${name}`;
  return {
    recall: (name) => store.get(named(name)),
    remember: (name, value, ttlSeconds) => store.set(named(name), value, ttlSeconds),
  };
}
