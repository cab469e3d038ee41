import * as z from './zod';

/**
 * Why a file was ranked, a task planned, or a project affected. Reasons are data so that a packet, a plan and a
 * report can all quote the same one; an entry without any prints "no reason recorded" and is a bug.
 */
export const reasonSchema = z
  .object({
    kind: z.enum([
      'explicit-target', 'stack-frame', 'file-name', 'symbol', 'component', 'route', 'mount', 'log-prefix', 'ui-string',
      'bug-id', 'table', 'module', 'text', 'name-words', 'similar-commit', 'commit-message', 'recency', 'import', 'test-of', 'caller',
      'callee', 'requested', 'companion', 'dependency', 'depends-on', 'touched', 'specialist-domain', 'reproduce-first', 'model',
    ]),
    /** One clause a person can check, e.g. `frame 2: packages/crm-backend/src/routes/contacts.ts:41`. */
    detail: z.string(),
  })
  .readonly();
export type Reason = z.infer<typeof reasonSchema>;
export type ReasonKind = Reason['kind'];
