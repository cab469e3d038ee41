import { z } from 'zod';

export const projectSchema = z
  .object({
    name: z.string(),
    /** Workspace-relative, POSIX, `.` for a root project. */
    root: z.string(),
    tags: z.array(z.string()),
    targets: z.array(z.string()),
  })
  .readonly();
export type Project = z.infer<typeof projectSchema>;

/** Our own small view of the Nx project graph: plain, sorted, hashable. Edges to npm packages are left out. */
export const workspaceGraphSchema = z
  .object({
    projects: z.array(projectSchema),
    /** `from` depends on `to`. */
    edges: z.array(z.object({ from: z.string(), to: z.string() }).readonly()),
  })
  .readonly();
export type WorkspaceGraph = z.infer<typeof workspaceGraphSchema>;
