import { type Draft, draftSchema } from '@aisha/crm-contracts';
import { z } from 'zod';
import type { MemoryClient } from '../redis/memory-client';

/** The drafts of one person's working session. */
export interface RecentDrafts {
  list(tenantId: string, userId: string): Promise<readonly Draft[]>;
  /** The newest comes first; the oldest fall off. */
  add(tenantId: string, userId: string, draft: Draft): Promise<void>;
}

const kept = 10;
const sessionSeconds = 30 * 60;

export function createRecentDrafts(memory: MemoryClient): RecentDrafts {
  const nameOf = (tenantId: string, userId: string) => `drafts:${tenantId}:${userId}`;
  const list = async (tenantId: string, userId: string) => z.array(draftSchema).parse(JSON.parse((await memory.recall(nameOf(tenantId, userId))) ?? '[]'));
  return {
    list,
    add: async (tenantId, userId, draft) => {
      const drafts = [draft, ...(await list(tenantId, userId))].slice(0, kept);
      await memory.remember(nameOf(tenantId, userId), JSON.stringify(drafts), sessionSeconds);
    },
  };
}
