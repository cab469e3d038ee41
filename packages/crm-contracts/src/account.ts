import { z } from 'zod';
import { paginationQuerySchema } from './pagination';
import { optionalText, requiredText, timestamp } from './text';

export const accountSchema = z.object({
  id: z.uuid(),
  /** The number the tenant itself gives its customer, as printed on its invoices. */
  account_number: z.string(),
  name: z.string(),
  industry: z.string().nullable(),
  website: z.string().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Account = z.infer<typeof accountSchema>;

export const accountInputSchema = z.object({
  account_number: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9][A-Z0-9-]{0,23}$/, 'must be letters, digits and dashes, at most 24, e.g. "C-1001"'),
  name: requiredText(160),
  industry: optionalText(80).optional(),
  website: z.url({ protocol: /^https?$/ }).nullable().optional(),
});
export type AccountInput = z.infer<typeof accountInputSchema>;

export const accountPatchSchema = accountInputSchema
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field');
export type AccountPatch = z.infer<typeof accountPatchSchema>;

export const accountListQuerySchema = paginationQuerySchema.extend({
  search: z.string().trim().min(1).max(80).optional(),
  industry: z.string().trim().min(1).max(80).optional(),
});
export type AccountListQuery = z.infer<typeof accountListQuerySchema>;
