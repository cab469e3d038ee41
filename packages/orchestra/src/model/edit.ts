import * as z from './zod';

/** Workspace-relative, POSIX. Untrusted until `patch/check-path` has said so. */
const path = z.string();

export const editSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), path, text: z.string() }).readonly(),
  /** `find` must occur exactly once in the file as it stands when this edit's turn comes. */
  z.object({ kind: z.literal('replace'), path, find: z.string(), with: z.string() }).readonly(),
  z.object({ kind: z.literal('delete'), path }).readonly(),
  z.object({ kind: z.literal('rename'), path, to: z.string() }).readonly(),
]);
export type Edit = z.infer<typeof editSchema>;
