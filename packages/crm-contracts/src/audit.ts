import { z } from 'zod';
import { paginationQuerySchema } from './pagination';
import { timestamp } from './text';

/** One thing somebody did. Written once, never changed. */
export const auditEntrySchema = z.object({
  id: z.uuid(),
  actor_id: z.uuid(),
  /** `<table>.<what>`, e.g. `users.deactivated`. */
  action: z.string(),
  subject_id: z.uuid(),
  created_at: timestamp,
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

export const auditListQuerySchema = paginationQuerySchema.extend({
  action: z.string().regex(/^[a-z_]+\.[a-z_]+$/).optional(),
  subject_id: z.uuid().optional(),
});
export type AuditListQuery = z.infer<typeof auditListQuerySchema>;
