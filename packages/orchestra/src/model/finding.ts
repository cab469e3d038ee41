import { z } from 'zod';

/** block: refuses the wave. person: the judge may not decide this. warn: read it. info: context only. */
export const severitySchema = z.enum(['block', 'person', 'warn', 'info']);
export type Severity = z.infer<typeof severitySchema>;

export const subjectSchema = z
  .object({
    project: z.string().optional(),
    path: z.string().optional(),
    /** 1-based inclusive lines on head (on base when the file is gone). */
    range: z.tuple([z.number().int(), z.number().int()]).optional(),
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
    /** Plain facts for machines: limits, counts, names. */
    data: z.record(z.string(), z.unknown()),
  })
  .readonly();
export type Finding = z.infer<typeof findingSchema>;

export const verdictSchema = z
  .object({ decision: z.enum(['accepted', 'blocked', 'unjudged']), blocking: z.array(findingSchema) })
  .readonly();
export type Verdict = z.infer<typeof verdictSchema>;
