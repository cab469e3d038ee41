import type { IndexCache } from './ports';

/**
 * In front of the cache on disk: keeps, per kind, what was last asked for or written. Neighbouring commits share nearly all
 * of their blobs, so a run over many of them parses each entry once; what the last tree does not hold is let go.
 */
export function rememberIndex(cache: IndexCache): IndexCache {
  const remembered = new Map<string, Map<string, unknown>>();
  return {
    read: async <T>(kind: string, keys: readonly string[]) => {
      const known = remembered.get(kind) ?? new Map<string, unknown>();
      const found = new Map<string, T>();
      for (const key of keys) if (known.has(key)) found.set(key, known.get(key) as T);
      const missing = keys.filter((key) => !found.has(key));
      if (missing.length > 0) for (const [key, value] of await cache.read<T>(kind, missing)) found.set(key, value);
      remembered.set(kind, new Map<string, unknown>(found));
      return found;
    },
    write: async (kind, values) => {
      const known = remembered.get(kind) ?? new Map<string, unknown>();
      values.forEach((value, key) => known.set(key, value));
      remembered.set(kind, known);
      await cache.write(kind, values);
    },
  };
}
