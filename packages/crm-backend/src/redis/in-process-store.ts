import type { RedisStore } from './redis-store';

/** A Redis as far as this application needs one, inside this process: it shares nothing with other processes and ends with this one. */
export function createInProcessStore(now: () => Date): RedisStore {
  const entries = new Map<string, { readonly value: string; readonly until: number }>();

  function alive(key: string): string | undefined {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.until > now().getTime()) return entry.value;
    entries.delete(key);
    return undefined;
  }

  return {
    get: async (key) => alive(key),
    set: async (key, value, ttlSeconds) => void entries.set(key, { value, until: now().getTime() + ttlSeconds * 1000 }),
    delete: async (keys) => keys.filter((key) => alive(key) !== undefined && entries.delete(key)).length,
    keysWith: async (prefix) => [...entries.keys()].filter((key) => key.startsWith(prefix) && alive(key) !== undefined).sort(),
    close: async () => entries.clear(),
  };
}
