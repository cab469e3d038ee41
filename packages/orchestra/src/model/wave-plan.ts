import * as z from './zod';
import { lineRangeSchema, list } from './list';
import { filedFollowUpSchema } from './agent-output';
import { orchestrationGoalSchema } from './goal';
import { modelOrderSchema } from './model-order';
import { planRefinementSchema } from './plan-refinement';
import { reasonSchema } from './reason';
import { taskSchema } from './task';

export const rankedFileSchema = z
  .object({
    path: z.string(),
    /** Higher is better; comparable only inside one ranking. */
    score: z.number(),
    because: list(reasonSchema),
    /** 1-based inclusive line ranges that the evidence points at (a frame, a handler, a declaration). */
    focus: list(lineRangeSchema).optional(),
  })
  .readonly();
export type RankedFile = z.infer<typeof rankedFileSchema>;

export const forecastSchema = z
  .object({ projects: list(z.string()), files: z.number().int(), lines: z.number().int() })
  .readonly();
export type Forecast = z.infer<typeof forecastSchema>;

export const waveSchema = z
  .object({
    index: z.number().int().positive(),
    title: z.string(),
    tasks: list(taskSchema),
    /** What of the goal's inbox a person asked this wave for; absent in the waves of the goal itself. */
    followUps: list(filedFollowUpSchema).optional(),
    /** With `--ranker=model`: how a model ordered the best ranked files. It moves packets only; projects and leases never follow from it. */
    order: modelOrderSchema.optional(),
  })
  .readonly();
export type Wave = z.infer<typeof waveSchema>;

/**
 * What will be asked, of whom, inside which lease, in which order. A value: planning writes it, running spends it,
 * the validator plans again from the base commit and compares. It never widens its own lease.
 */
export const wavePlanSchema = z
  .object({
    version: z.literal(1),
    goal: orchestrationGoalSchema,
    /** Commit the plan was made on. */
    base: z.string(),
    /** sha256 of the canonical JSON of the WorkspaceGraph. */
    graphHash: z.string(),
    waves: list(waveSchema),
    /** Parts of the goal no project could be found for, with what would settle them. */
    unmapped: list(z.object({ what: z.string(), candidates: list(z.string()), settledBy: z.string() }).readonly()),
    /** The files the plan rests on, best first. */
    ranked: list(rankedFileSchema),
    forecast: forecastSchema,
    /** With `--planner=model`: what a model made of the hub's plan. */
    refinement: planRefinementSchema.optional(),
  })
  .readonly();
export type WavePlan = z.infer<typeof wavePlanSchema>;
