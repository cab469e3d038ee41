/** What this application asks of a Redis. Values are text; every key has a life that ends. */
export interface RedisStore {
  /** Undefined when there is no such key, or no longer. */
  get(key: string): Promise<string | undefined>;
  /** False when `onlyIfAbsent` was asked for and the key is there. */
  set(key: string, value: string, options: { readonly ttlSeconds: number; readonly onlyIfAbsent?: boolean }): Promise<boolean>;
  /** How many of them were there. */
  delete(keys: readonly string[]): Promise<number>;
  /** Keys that begin with `prefix`, taken literally. Steps through them with SCAN, so the server goes on serving others. */
  keysWith(prefix: string): Promise<readonly string[]>;
  close(): Promise<void>;
}
