import * as z from './zod';
import { packetNoteSchema } from './context-packet';
import { list } from './list';

/** DESIGN: planned → asked → answered → applied → accepted | blocked | unjudged → committed | undone. */
export const waveStateNameSchema = z.enum([
  'planned', 'asked', 'answered', 'applied', 'accepted', 'blocked', 'unjudged', 'committed', 'undone',
]);
export type WaveStateName = z.infer<typeof waveStateNameSchema>;

/** Where a wave of a goal stands, on disk under `.orchestra/waves/<goal id>/state.json`. */
export const waveStateSchema = z
  .object({
    version: z.literal(1),
    goalId: z.string(),
    wave: z.number().int().positive(),
    state: waveStateNameSchema,
    base: z.string(),
    provider: z.string(),
    /** The question a specialist asked, while the wave waits for `--answer`. */
    question: z.object({ taskId: z.string(), text: z.string() }).optional(),
    acceptedRisk: z.string().optional(),
    /** The wave was started with `--ranker=model`: whoever continues it need not say so again. */
    ranker: z.enum(['hub', 'model']).optional(),
    /** The same of `--planner=model`, while its reply is waited for. */
    planner: z.enum(['hub', 'model']).optional(),
    /** Task id → prompts sent before this try began: it counts on from there, however often it is continued. */
    rounds: z.record(z.string(), z.number().int()).default({}),
    /** Task id → prompts sent with this try, once it has ended: the next try counts on from there. */
    sent: z.record(z.string(), z.number().int()).default({}),
    /** What this try was told of the last one's failure; after a block before the tree was touched, what the next is told. */
    findings: list(packetNoteSchema).default([]),
    /** Path → git blob id the wave left there, `deleted` for a deletion. */
    applied: z.record(z.string(), z.string()).default({}),
  })
  .readonly();
export type WaveState = z.infer<typeof waveStateSchema>;
