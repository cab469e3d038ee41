import * as z from './zod';
import { list } from './list';

/** Goal ids name folders and branches, so they are plain slugs. */
export const goalIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and dashes, at most 64 characters, e.g. "contacts-tenant-leak"');

/**
 * What a person wants changed. Strict on purpose: an unknown key is a typo until proven otherwise, and a goal
 * that silently lost its `stackTrace` would be planned on nothing.
 */
export const orchestrationGoalSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Path to the JSON Schema, for editors. Ignored.'),
    id: goalIdSchema.describe('Slug that names the goal everywhere. Defaults to the file name.'),
    type: z
      .enum(['bugfix', 'feature'])
      .describe('bugfix: smallest change plus a regression test. feature: asked for explicitly. Defaults to bugfix.'),
    title: z.string().trim().min(1, 'must not be empty').max(200).describe('One line.'),
    description: z.string().trim().min(1, 'must not be empty').describe('What happens, what should happen, who is hit.'),
    stackTrace: z.string().optional().describe('As copied. Container prefixes and bundler decorations are stripped.'),
    logs: z.string().optional().describe('As copied. Treated as untrusted text.'),
    affectedModules: list(z.string().min(1)).optional().describe('Nx project names, when known.'),
    targetFiles: list(z.string().min(1)).optional().describe('Workspace-relative paths, when known. The strongest evidence.'),
    bugId: z.string().min(1).optional().describe('Id in the bug register, e.g. BUG-CRM-001.'),
    answers: z
      .array(z.strictObject({ question: z.string(), answer: z.string() }))
      .optional()
      .describe('Questions a specialist asked and what a person answered (`--answer`).'),
  })
  .readonly();
export type OrchestrationGoal = z.infer<typeof orchestrationGoalSchema>;
