import * as z from './zod';
import { lineRangeSchema, list } from './list';
import { editSchema } from './edit';

export const followUpSchema = z
  .object({ title: z.string(), detail: z.string(), agent: z.string().optional(), paths: list(z.string()) })
  .readonly();
export type FollowUp = z.infer<typeof followUpSchema>;

/** A follow-up in its goal's inbox. `id`: the task that filed it and its place there, e.g. `w1-backend.2`. */
export const filedFollowUpSchema = z
  .object({ id: z.string().regex(/^[a-z0-9][a-z0-9-]*\.[1-9]\d{0,2}$/), ...followUpSchema.unwrap().shape })
  .readonly();
export type FiledFollowUp = z.infer<typeof filedFollowUpSchema>;

export const agentNotesSchema = z
  .object({
    rootCause: z.string().optional(),
    risks: list(z.string()),
    /** Required by the judge when a dependency is added. */
    dependenciesExplained: z.string().optional(),
    /** Why a change is larger than the goal: security, stability, performance or concurrency. A person decides. */
    justification: z.string().optional(),
    summary: z.string().optional(),
  })
  .readonly();
export type AgentNotes = z.infer<typeof agentNotesSchema>;

export const agentOutputSchema = z
  .object({
    taskId: z.string(),
    edits: list(editSchema),
    notes: agentNotesSchema,
    followUpTasks: list(followUpSchema),
  })
  .readonly();
export type AgentOutput = z.infer<typeof agentOutputSchema>;

/** What a specialist asks to see: a path, optionally a symbol in it or a 1-based inclusive line range. */
export const readRequestSchema = z
  .object({ path: z.string(), symbol: z.string().optional(), range: lineRangeSchema.optional() })
  .readonly();
export type ReadRequest = z.infer<typeof readRequestSchema>;

/** Why one edit, or the whole reply, cannot be used. Data: `specialists/explain-rejection` words it for the model. */
export const rejectionSchema = z
  .object({
    kind: z.enum([
      'malformed', 'path-refused', 'outside-lease', 'protected', 'no-match', 'ambiguous-match', 'stale', 'exists', 'missing',
      'not-shown', 'overlap', 'too-many-files', 'no-effect', 'unknown-import',
    ]),
    /** Position of the edit in the reply, 0-based; absent when the reply as a whole is at fault. */
    edit: z.number().int().optional(),
    path: z.string().optional(),
    because: z.string(),
    /** The nearest real lines, when an anchor did not match. */
    nearest: z.string().optional(),
  })
  .readonly();
export type Rejection = z.infer<typeof rejectionSchema>;

/** A reply, read. Whatever text comes back, it is one of these. `tolerances` names every leniency that was needed. */
export const agentReplySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('edits'), output: agentOutputSchema, tolerances: list(z.string()) }).readonly(),
  z
    .object({
      kind: z.literal('needs'),
      read: list(readRequestSchema),
      edit: list(z.string()),
      /** Paths in the packet that did not help; later rounds drop them. */
      irrelevant: list(z.string()),
      why: z.string().optional(),
      tolerances: list(z.string()),
    })
    .readonly(),
  z.object({ kind: z.literal('question'), question: z.string(), tolerances: list(z.string()) }).readonly(),
  z.object({ kind: z.literal('decline'), reason: z.string(), tolerances: list(z.string()) }).readonly(),
  z.object({ kind: z.literal('malformed'), rejections: list(rejectionSchema), tolerances: list(z.string()) }).readonly(),
]);
export type AgentReply = z.infer<typeof agentReplySchema>;
