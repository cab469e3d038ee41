import { z } from 'zod';
import { timestamp } from './text';

export const draftPurposeSchema = z.enum(['introduction', 'follow_up']);
export type DraftPurpose = z.infer<typeof draftPurposeSchema>;

/** Body of POST /api/ai/drafts. */
export const draftInputSchema = z.object({ contact_id: z.uuid(), purpose: draftPurposeSchema });
export type DraftInput = z.infer<typeof draftInputSchema>;

/** A message somebody may want to send; nothing is sent by asking for it. */
export const draftSchema = z.object({
  contact_id: z.uuid(),
  purpose: draftPurposeSchema,
  subject: z.string(),
  body: z.string(),
  /** What wrote it: a model's name, or `template` where none is connected. */
  written_by: z.string(),
  written_at: timestamp,
});
export type Draft = z.infer<typeof draftSchema>;

/** GET /api/ai/suggestions: what to do next, the most urgent first. */
export const suggestionSchema = z.object({
  kind: z.enum(['overdue_activity', 'untouched_lead']),
  subject_id: z.uuid(),
  text: z.string(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;
