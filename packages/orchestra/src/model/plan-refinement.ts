import * as z from './zod';
import { list } from './list';

/** Which specialist works in which projects, and in a line what for. Nothing in it is a permission: leases are made from it, by us. */
export const refinedTaskSchema = z.object({ agent: z.string(), projects: list(z.string()), does: z.string().optional() }).readonly();
export type RefinedTask = z.infer<typeof refinedTaskSchema>;

/** What a language model made of the hub's plan, as it is kept in the plan: the judge makes the same tasks and leases of it again. */
export const planRefinementSchema = z
  .object({
    model: z.string(),
    /** sha256 of the prompt. */
    promptHash: z.string(),
    /** Waves in order, each with its tasks; tests are planned beside them as ever. Empty: the hub's plan stays. */
    waves: list(list(refinedTaskSchema)),
    why: z.string().optional(),
    /** Why the reply could not be used. */
    unused: z.string().optional(),
  })
  .readonly();
export type PlanRefinement = z.infer<typeof planRefinementSchema>;

/** What a model is shown of a plan. Single lines. */
export interface PlanSketch {
  readonly projects: readonly {
    readonly name: string;
    readonly root: string;
    /** Specialists, the Test specialist aside, whose domain reaches into it. */
    readonly agents: readonly string[];
    readonly because: readonly string[];
    /** Projects that it is built on. */
    readonly dependsOn: readonly string[];
    /** The goal itself names it, so it must stay planned. */
    readonly named: boolean;
  }[];
  /** The hub's waves; empty where it could not tell the place. */
  readonly waves: readonly (readonly { readonly agent: string; readonly projects: readonly string[] }[])[];
  readonly most: { readonly projects: number; readonly waves: number };
}
