import { z } from 'zod';
import { paginationQuerySchema } from './pagination';
import { optionalText, requiredText, timestamp } from './text';

export const activityTypeSchema = z.enum(['call', 'email', 'meeting', 'task']);
export type ActivityType = z.infer<typeof activityTypeSchema>;

export const activityStatusSchema = z.enum(['planned', 'done', 'cancelled']);
export type ActivityStatus = z.infer<typeof activityStatusSchema>;

export const activitySchema = z.object({
  id: z.uuid(),
  contact_id: z.uuid().nullable(),
  owner_id: z.uuid(),
  type: activityTypeSchema,
  status: activityStatusSchema,
  subject: z.string(),
  notes: z.string().nullable(),
  due_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
  created_at: timestamp,
  updated_at: timestamp,
});
export type Activity = z.infer<typeof activitySchema>;

/** Body of POST /api/activities. Without an owner it belongs to whoever creates it. */
export const activityInputSchema = z.object({
  contact_id: z.uuid().nullable().optional(),
  owner_id: z.uuid().optional(),
  type: activityTypeSchema,
  subject: requiredText(200),
  notes: optionalText(4000).optional(),
  due_at: z.iso.datetime({ offset: true }).nullable().optional(),
});
export type ActivityInput = z.infer<typeof activityInputSchema>;

export const activityPatchSchema = activityInputSchema
  .partial()
  .extend({ status: z.enum(['planned', 'cancelled']).optional() })
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field');
export type ActivityPatch = z.infer<typeof activityPatchSchema>;

/** Query string of GET /api/activities. `due_from` and `due_to` are calendar days in UTC, both inclusive. */
export const activityListQuerySchema = paginationQuerySchema.extend({
  type: activityTypeSchema.optional(),
  status: activityStatusSchema.optional(),
  contact_id: z.uuid().optional(),
  owner_id: z.uuid().optional(),
  due_from: z.iso.date().optional(),
  due_to: z.iso.date().optional(),
});
export type ActivityListQuery = z.infer<typeof activityListQuerySchema>;

/** GET /api/activities/stats: the figures on top of the dashboard. */
export const activityStatsSchema = z.object({
  planned: z.number().int().nonnegative(),
  overdue: z.number().int().nonnegative(),
  done: z.number().int().nonnegative(),
  planned_by_type: z.record(activityTypeSchema, z.number().int().nonnegative()),
  next_due: activitySchema.pick({ id: true, subject: true, due_at: true }).nullable(),
});
export type ActivityStats = z.infer<typeof activityStatsSchema>;
