import { type Opportunity, opportunityStageSchema, type PipelineReport } from '@aisha/crm-contracts';

/** Deals by stage, in the order in which a deal moves, also where there is none. */
export function summarisePipeline(opportunities: readonly Pick<Opportunity, 'stage' | 'amount_cents'>[]): PipelineReport {
  const stages = opportunityStageSchema.options.map((stage) => {
    const here = opportunities.filter((opportunity) => opportunity.stage === stage);
    return { stage, count: here.length, amount_cents: sum(here) };
  });
  return { stages, open_amount_cents: sum(opportunities.filter(({ stage }) => stage !== 'won' && stage !== 'lost')) };
}

function sum(opportunities: readonly Pick<Opportunity, 'amount_cents'>[]): number {
  return opportunities.reduce((total, { amount_cents }) => total + amount_cents, 0);
}
