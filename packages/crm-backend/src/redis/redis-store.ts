/** What this application asks of a Redis. Values are text; every key has a life that ends. */
export interface RedisStore {
  /** Undefined when there is no such key, or no longer. */
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlSeconds: number): Promise<void>;
  /** How many of them were there. */
  delete(keys: readonly string[]): Promise<number>;
  /** Keys that begin with `prefix`, taken literally. Steps through them with SCAN, so the server goes on serving others. */
  keysWith(prefix: string): Promise<readonly string[]>;
  close(): Promise<void>;
}
