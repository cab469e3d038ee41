import * as z from './zod';
import { list } from './list';
import { agentNotesSchema, filedFollowUpSchema } from './agent-output';
import { affectedProjectSchema, exportChangeSchema, routeChangeSchema, targetRunSchema } from './evidence';
import { findingSchema, verdictSchema } from './finding';
import { orchestrationGoalSchema } from './goal';
import { forecastSchema } from './wave-plan';

export const fileSizeSchema = z
  .object({
    path: z.string(),
    status: z.enum(['added', 'modified', 'deleted', 'renamed']),
    /** Lines with whitespace ignored; `churn` counts lines that differ only in whitespace or line endings. */
    added: z.number().int(),
    removed: z.number().int(),
    churn: z.number().int(),
    test: z.boolean(),
  })
  .readonly();
export type FileSize = z.infer<typeof fileSizeSchema>;

export const proofSummarySchema = z
  .object({
    status: z.enum(['proved', 'not-proved', 'not-applicable', 'unsupported']),
    tests: list(z.object({ id: z.string(), base: z.string(), head: z.string(), message: z.string().optional() }).readonly()),
    headRuns: z.number().int(),
    because: z.string(),
  })
  .readonly();
export type ProofSummary = z.infer<typeof proofSummarySchema>;

/** What the judge measured on the way to its findings, in the words of the report. */
export const waveMeasuresSchema = z
  .object({
    files: z.array(fileSizeSchema),
    testsAdded: z.array(z.string()),
    testsUpdated: z.array(z.string()),
    actual: forecastSchema,
    proof: proofSummarySchema,
    canonicalDocs: z.array(z.object({ path: z.string(), title: z.string() }).readonly()),
  })
  .readonly();
export type WaveMeasures = z.infer<typeof waveMeasuresSchema>;

/** `report.json`: the source of every other rendering. Byte-identical for identical inputs: no clock, no machine. */
export const waveReportSchema = z
  .object({
    $schema: z.string().optional(),
    version: z.literal(1),
    kind: z.enum(['bugfix', 'feature', 'change']),
    goal: orchestrationGoalSchema.optional(),
    wave: z.number().int().positive().optional(),
    base: z.string(),
    head: z.string(),
    verdict: verdictSchema,
    rootCause: z.string().optional(),
    notes: list(agentNotesSchema),
    risks: list(z.string()),
    /** `id` is absent in reports written before follow-ups could be planned. */
    followUps: list(filedFollowUpSchema.unwrap().partial({ id: true }).readonly()),
    files: list(fileSizeSchema),
    testsAdded: list(z.string()),
    testsUpdated: list(z.string()),
    forecast: forecastSchema.optional(),
    actual: forecastSchema,
    affected: list(affectedProjectSchema),
    exports: list(exportChangeSchema),
    /** Absent in reports written before routes were compared. */
    routes: list(routeChangeSchema).optional(),
    targets: list(targetRunSchema),
    proof: proofSummarySchema,
    containment: list(z.string()),
    findings: list(findingSchema),
    /** Documents that govern the touched paths. */
    canonicalDocs: list(z.object({ path: z.string(), title: z.string() }).readonly()),
    versions: z.object({ orchestra: z.string(), model: z.string().optional(), provider: z.string().optional() }).readonly(),
  })
  .readonly();
export type WaveReport = z.infer<typeof waveReportSchema>;
