import { z } from 'zod';
import { leadStatusSchema } from './lead';
import { opportunityStageSchema } from './opportunity';

const count = z.number().int().nonnegative();

/** GET /api/reports/pipeline: every stage, in order, also those without a deal. */
export const pipelineReportSchema = z.object({
  stages: z.array(z.object({ stage: opportunityStageSchema, count, amount_cents: count })),
  /** What is neither won nor lost yet. */
  open_amount_cents: count,
});
export type PipelineReport = z.infer<typeof pipelineReportSchema>;

/** GET /api/reports/leads */
export const leadReportSchema = z.object({ total: count, by_status: z.record(leadStatusSchema, count) });
export type LeadReport = z.infer<typeof leadReportSchema>;
