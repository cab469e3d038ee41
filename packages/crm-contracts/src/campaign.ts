import { z } from 'zod';
import { paginationQuerySchema } from './pagination';
import { requiredText, timestamp } from './text';

export const campaignStatusSchema = z.enum(['draft', 'sending', 'done']);
export type CampaignStatus = z.infer<typeof campaignStatusSchema>;

export const campaignSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  subject: z.string(),
  body: z.string(),
  status: campaignStatusSchema,
  started_at: timestamp.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Campaign = z.infer<typeof campaignSchema>;

export const campaignInputSchema = z.object({ name: requiredText(120), subject: requiredText(160), body: requiredText(8000) });
export type CampaignInput = z.infer<typeof campaignInputSchema>;

export const campaignPatchSchema = campaignInputSchema
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field');
export type CampaignPatch = z.infer<typeof campaignPatchSchema>;

export const campaignListQuerySchema = paginationQuerySchema.extend({ status: campaignStatusSchema.optional() });
export type CampaignListQuery = z.infer<typeof campaignListQuerySchema>;

const count = z.number().int().nonnegative();

/** GET /api/campaigns/:id/progress: how many messages are where. */
export const campaignProgressSchema = z.object({ total: count, waiting: count, sent: count, failed: count });
export type CampaignProgress = z.infer<typeof campaignProgressSchema>;
