import { z } from 'zod';
import { paginationQuerySchema } from './pagination';
import { requiredText, timestamp } from './text';

/** In the order in which a deal moves; the last two are its ends. */
export const opportunityStageSchema = z.enum(['prospect', 'proposal', 'negotiation', 'won', 'lost']);
export type OpportunityStage = z.infer<typeof opportunityStageSchema>;

/** What fits the column: a little over 21 million in the tenant's currency. */
const amountInCents = z.number().int().min(0).max(2_147_483_647);

export const opportunitySchema = z.object({
  id: z.uuid(),
  account_id: z.uuid().nullable(),
  owner_id: z.uuid(),
  name: z.string(),
  stage: opportunityStageSchema,
  amount_cents: amountInCents,
  closes_at: timestamp.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Opportunity = z.infer<typeof opportunitySchema>;

/** Body of POST /api/opportunities. Without an owner it belongs to whoever creates it. */
export const opportunityInputSchema = z.object({
  account_id: z.uuid().nullable().optional(),
  owner_id: z.uuid().optional(),
  name: requiredText(160),
  stage: opportunityStageSchema.default('prospect'),
  amount_cents: amountInCents.default(0),
  closes_at: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type OpportunityInput = z.infer<typeof opportunityInputSchema>;

export const opportunityPatchSchema = opportunityInputSchema
  .partial()
  .extend({ stage: opportunityStageSchema.optional(), amount_cents: amountInCents.optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field');
export type OpportunityPatch = z.infer<typeof opportunityPatchSchema>;

export const opportunityListQuerySchema = paginationQuerySchema.extend({
  search: z.string().trim().min(1).max(80).optional(),
  stage: opportunityStageSchema.optional(),
  account_id: z.uuid().optional(),
});
export type OpportunityListQuery = z.infer<typeof opportunityListQuerySchema>;
