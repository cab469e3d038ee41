import { z } from 'zod';
import { contactSchema } from './contact';
import { paginationQuerySchema } from './pagination';
import { emailAddress, optionalText, phoneNumber, requiredText, timestamp } from './text';

export const leadSourceSchema = z.enum(['web', 'referral', 'event', 'other']);
export type LeadSource = z.infer<typeof leadSourceSchema>;

export const leadStatusSchema = z.enum(['new', 'working', 'unqualified', 'converted']);
export type LeadStatus = z.infer<typeof leadStatusSchema>;

export const leadSchema = z.object({
  id: z.uuid(),
  first_name: z.string(),
  last_name: z.string(),
  company: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  source: leadSourceSchema,
  status: leadStatusSchema,
  /** The contact it was converted to. */
  contact_id: z.uuid().nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Lead = z.infer<typeof leadSchema>;

export const leadInputSchema = z.object({
  first_name: requiredText(80),
  last_name: requiredText(80),
  company: optionalText(160).optional(),
  email: emailAddress.nullable().optional(),
  phone: phoneNumber.nullable().optional(),
  source: leadSourceSchema.default('other'),
});
export type LeadInput = z.infer<typeof leadInputSchema>;

/** `converted` is reached by POST /api/leads/:id/convert only. */
export const leadPatchSchema = leadInputSchema
  .partial()
  .extend({ source: leadSourceSchema.optional(), status: leadStatusSchema.exclude(['converted']).optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field');
export type LeadPatch = z.infer<typeof leadPatchSchema>;

export const leadListQuerySchema = paginationQuerySchema.extend({
  search: z.string().trim().min(1).max(80).optional(),
  status: leadStatusSchema.optional(),
});
export type LeadListQuery = z.infer<typeof leadListQuerySchema>;

/** POST /api/leads/:id/convert */
export const leadConversionSchema = z.object({ lead: leadSchema, contact: contactSchema });
export type LeadConversion = z.infer<typeof leadConversionSchema>;
