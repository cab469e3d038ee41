import { z } from 'zod';

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
    /** Task id → prompts sent so far, so that another try asks anew. */
    rounds: z.record(z.string(), z.number().int()).default({}),
    /** Path → git blob id the wave left there, `deleted` for a deletion. */
    applied: z.record(z.string(), z.string()).default({}),
  })
  .readonly();
export type WaveState = z.infer<typeof waveStateSchema>;
