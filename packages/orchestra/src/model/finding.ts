import * as z from './zod';
import { lineRangeSchema, list } from './list';

/** block: refuses the wave. person: the judge may not decide this. warn: read it. info: context only. */
export const severitySchema = z.enum(['block', 'person', 'warn', 'info']);
export type Severity = z.infer<typeof severitySchema>;

export const subjectSchema = z
  .object({
    project: z.string().optional(),
    path: z.string().optional(),
    /** 1-based inclusive lines on head (on base when the file is gone). */
    range: lineRangeSchema.optional(),
    /** Enclosing function or `METHOD path`. */
    where: z.string().optional(),
  })
  .readonly();
export type Subject = z.infer<typeof subjectSchema>;

/**
 * A fault of the subject: the patch, the project, the goal. Always data. `rule` is a key of the catalogue
 * (`validator/finding-catalogue`), which holds the title, the default severity and what to do about it.
 */
export const findingSchema = z
  .object({
    /** The check that found it, e.g. `lease`. */
    check: z.string(),
    rule: z.string(),
    severity: severitySchema,
    subject: subjectSchema,
    /** What was seen, in one or two sentences with the concrete values. */
    because: z.string(),
    /** From the catalogue, carried along so that a report needs nothing but its findings. */
    title: z.string().optional(),
    whatToDo: z.string().optional(),
    /** Page of the rule, relative to the project's documentation, e.g. `docs/findings/outside-lease.md`. */
    docs: z.string().optional(),
    /** Plain facts for machines: limits, counts, names. */
    data: z.record(z.string(), z.unknown()),
  })
  .readonly();
export type Finding = z.infer<typeof findingSchema>;

export const verdictSchema = z
  .object({ decision: z.enum(['accepted', 'blocked', 'unjudged']), blocking: list(findingSchema) })
  .readonly();
export type Verdict = z.infer<typeof verdictSchema>;
