import * as z from './zod';
import { list } from './list';

export const projectSchema = z
  .object({
    name: z.string(),
    /** Workspace-relative, POSIX, `.` for a root project. */
    root: z.string(),
    tags: list(z.string()),
    targets: list(z.string()),
  })
  .readonly();
export type Project = z.infer<typeof projectSchema>;

/** Our own small view of the Nx project graph: plain, sorted, hashable. Edges to npm packages are left out. */
export const workspaceGraphSchema = z
  .object({
    projects: list(projectSchema),
    /** `from` depends on `to`. */
    edges: list(z.object({ from: z.string(), to: z.string() }).readonly()),
  })
  .readonly();
export type WorkspaceGraph = z.infer<typeof workspaceGraphSchema>;
