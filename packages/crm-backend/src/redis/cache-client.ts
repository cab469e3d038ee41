import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Logger } from '../logger';
import type { RedisStore } from './redis-store';

/** What is kept together, and therefore thrown away together. */
export type CacheTopic = 'leads' | 'pipeline';

export interface CacheKey {
  readonly tenantId: string;
  readonly topic: CacheTopic;
  /** What else the answer depends on, e.g. the parsed query string. */
  readonly of?: unknown;
}

/**
 * The Redis of `REDIS_CACHE_URL`: answers that can be computed again. Under pressure the server evicts what was not
 * used for long, so nothing may be kept here that exists nowhere else.
 */
export interface CacheClient {
  /** The kept answer, or else `load`'s, which is then kept for `ttlSeconds`. What does not fit `schema` is loaded anew. */
  through<T>(key: CacheKey, schema: z.ZodType<T>, ttlSeconds: number, load: () => Promise<T>): Promise<T>;
  read(name: string): Promise<string | undefined>;
  write(name: string, value: string, ttlSeconds: number): Promise<void>;
  /** To be awaited after a write that changes what is kept, before it is answered. */
  invalidate(tenantId: string, ...topics: readonly CacheTopic[]): Promise<void>;
}

/** A cache that cannot be reached makes the application slow, not wrong: it is logged and done without. */
export function createCacheClient(store: RedisStore, log: Logger): CacheClient {
  const unlessDown = async <T>(what: string, instead: T, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      log.warn(`[Cache] cannot ${what}`, { reason: error instanceof Error ? error.message : String(error) });
      return instead;
    }
  };
  const read = (name: string) => unlessDown('read', undefined, () => store.get(name));
  const write = (name: string, value: string, ttlSeconds: number) =>
    unlessDown('write', undefined, () => store.set(name, value, ttlSeconds));
  return {
    read,
    write,
    through: async (key, schema, ttlSeconds, load) => {
      const name = nameOf(key);
      const kept = parseKept(schema, await read(name));
      if (kept !== undefined) return kept;
      const loaded = await load();
      await write(name, JSON.stringify(loaded), ttlSeconds);
      return loaded;
    },
    invalidate: (tenantId, ...topics) =>
      unlessDown('invalidate', undefined, async () => {
        const names = await Promise.all(topics.map((topic) => store.keysWith(`${prefixOf(tenantId, topic)}:`)));
        await store.delete(names.flat());
      }),
  };
}

const prefixOf = (tenantId: string, topic: CacheTopic) => `cache:${tenantId}:${topic}`;

function nameOf({ tenantId, topic, of = '' }: CacheKey): string {
  return `${prefixOf(tenantId, topic)}:${createHash('sha256').update(JSON.stringify(of)).digest('base64url').slice(0, 22)}`;
}

function parseKept<T>(schema: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
