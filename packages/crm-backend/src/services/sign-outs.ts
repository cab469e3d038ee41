import { createHash } from 'node:crypto';
import type { CacheClient } from '../redis/cache-client';

/** Tokens whose owners have signed out before they expired. */
export interface SignOuts {
  add(token: string): Promise<void>;
  has(token: string): Promise<boolean>;
}

/** As long as a token lives: afterwards it is refused for its age. */
const lifetimeSeconds = 8 * 60 * 60;

export function createSignOuts(cache: CacheClient): SignOuts {
  // The token itself is a key to the house; its hash is enough to know it again.
  const nameOf = (token: string) => `signed-out:${createHash('sha256').update(token).digest('base64url')}`;
  return {
    add: (token) => cache.write(nameOf(token), '1', lifetimeSeconds),
    has: async (token) => (await cache.read(nameOf(token))) !== undefined,
  };
}
