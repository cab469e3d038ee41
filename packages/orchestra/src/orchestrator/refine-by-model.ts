import type { Io } from '../io/ports';
import type { PlanRefinement, WavePlan } from '../model';
import { parsePlan, type ParsedPlan } from '../specialists/planning/parse-plan';
import { renderPlanPrompt } from '../specialists/planning/render-plan-prompt';
import type { PendingTask } from './answer-tasks';
import { askPlanning, type PlanningReply } from './ask-planning';
import { planInput, type Survey } from './make-plan';
import { leasedBeyond, refinePlan } from './plan/refine-plan';
import { sketchPlan } from './plan/sketch-plan';
import type { WaveRequest } from './run-wave';

export type RefinedAnswer =
  | { readonly kind: 'pending'; readonly pending: PendingTask }
  | { readonly kind: 'question'; readonly question: { readonly taskId: string; readonly text: string; readonly round: number } }
  | { readonly kind: 'planned'; readonly plan: WavePlan };

const taskId = 'plan-w1';

/**
 * `--planner=model`: one request about the hub's plan. What comes back is a choice of specialists and projects, held against what base offers; the tasks and
 * their leases are made of it by the planner's own code. What does not hold is said, and the hub's plan stays.
 */
export async function refineByModel(io: Io, request: WaveRequest, survey: Survey, hub: WavePlan): Promise<RefinedAnswer> {
  const input = planInput(survey, request);
  const round = (request.rounds[taskId] ?? 0) + 1;
  // With what the bug register calls it: a goal may be little more than an id.
  const prompt = renderPlanPrompt(survey.sought, sketchPlan(input, hub));
  const reply = await askPlanning(io, { goalId: request.goal.id, taskId, round, prompt, base: survey.base });
  if (reply.kind === 'pending') return { kind: 'pending', pending: { taskId, promptPath: reply.promptPath, replyPath: reply.replyPath } };
  const parsed = reply.kind === 'unusable' ? { kind: 'malformed' as const, because: reply.because } : parsePlan(reply.text);
  if (parsed.kind === 'question') return { kind: 'question', question: { taskId, text: parsed.question, round } };
  const plan = planOfReply(parsed, reply, hub, (waves) => refinePlan(input, hub, waves));
  const { unused } = plan.refinement ?? {};
  if (unused !== undefined) io.progress.note(`${taskId}: the reply was not used, so the hub's plan stays: ${unused}.`);
  const beyond = leasedBeyond(survey.graph, hub, plan);
  if (beyond.length > 0) io.progress.note(`${taskId}: the plan leases more than the hub's own (${beyond.join(', ')}), which the gate leaves to a person.`);
  return { kind: 'planned', plan };
}

function planOfReply(
  parsed: Exclude<ParsedPlan, { kind: 'question' }>, { model, promptHash }: Exclude<PlanningReply, { kind: 'pending' }>, hub: WavePlan, refine: (waves: PlanRefinement['waves']) => ReturnType<typeof refinePlan>,
): WavePlan {
  const kept = (more: Partial<PlanRefinement>): WavePlan => ({ ...hub, refinement: { model, promptHash, waves: [], ...more } });
  if (parsed.kind === 'malformed') return kept({ unused: parsed.because });
  const why = parsed.why === undefined ? {} : { why: parsed.why };
  if (parsed.kind === 'keep') return kept(why);
  const waves = parsed.waves.map((tasks) => [...tasks]);
  const refined = refine(waves);
  return refined.kind === 'refused' ? kept({ unused: refined.mistakes.join('; ') }) : { ...refined.plan, refinement: { model, promptHash, waves, ...why } };
}
