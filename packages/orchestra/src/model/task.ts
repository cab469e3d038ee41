import * as z from './zod';
import { list } from './list';
import { reasonSchema } from './reason';

/**
 * One specialist, one lease, one reply. `mayTouch` is the permission: globs over workspace-relative POSIX paths,
 * a leading `!` takes paths away again, and a path must match a positive glob and no negative one.
 */
export const taskSchema = z
  .object({
    /** e.g. `w1-test`, `w1-backend`: unique inside a goal, used as a file name. */
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
    goalId: z.string(),
    /** Name of a built-in or workspace specialist. */
    agent: z.string(),
    /** Nx projects the task is planned in, sorted. */
    projects: list(z.string()),
    summary: z.string(),
    detail: z.string(),
    mayTouch: list(z.string()),
    /** Ids of tasks whose edits must be there first. */
    needs: list(z.string()),
    because: list(reasonSchema),
    budget: z.object({ files: z.number().int().positive(), contextTokens: z.number().int().positive() }).readonly(),
  })
  .readonly();
export type Task = z.infer<typeof taskSchema>;
