import { z } from 'zod';
import { paginationQuerySchema } from './pagination';
import { emailAddress, optionalText, phoneNumber, requiredText, timestamp } from './text';

export const contactSchema = z.object({
  id: z.uuid(),
  account_id: z.uuid().nullable(),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  job_title: z.string().nullable(),
  /** Set while the contact is archived: kept for the record, out of the way in lists. */
  archived_at: timestamp.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Contact = z.infer<typeof contactSchema>;

/** Body of POST /api/contacts. The tenant is never part of a body: it comes from the verified identity. */
export const contactInputSchema = z.object({
  account_id: z.uuid().nullable().optional(),
  first_name: requiredText(80),
  last_name: requiredText(80),
  email: emailAddress.nullable().optional(),
  phone: phoneNumber.nullable().optional(),
  job_title: optionalText(120).optional(),
});
export type ContactInput = z.infer<typeof contactInputSchema>;

/** Body of PATCH /api/contacts/:id: what is absent stays. */
export const contactPatchSchema = contactInputSchema
  .partial()
  .extend({ archived: z.boolean().optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field');
export type ContactPatch = z.infer<typeof contactPatchSchema>;

/** Query string of GET /api/contacts. Archived contacts are listed only when asked for. */
export const contactListQuerySchema = paginationQuerySchema.extend({
  search: z.string().trim().min(1).max(80).optional(),
  account_id: z.uuid().optional(),
  include_archived: z.coerce.boolean().default(false),
  order: z.enum(['last_name', 'created_at', 'updated_at']).default('last_name'),
});
export type ContactListQuery = z.infer<typeof contactListQuerySchema>;
