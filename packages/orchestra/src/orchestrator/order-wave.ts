import { applyOrder } from '../context-hub/apply-order';
import type { Io } from '../io/ports';
import type { ModelOrder, Wave, WavePlan } from '../model';
import type { Survey } from './make-plan';
import { mayAsk, stoppedAt, type StoppedWave } from './plan-wave';
import type { WaveRequest } from './run-wave';

export type OrderedWave = StoppedWave | { readonly kind: 'ordered'; readonly survey: Survey; readonly plan: WavePlan; readonly wave: Wave };

/**
 * The ranking as the wave's packets are made from it. With `--ranker=model` a model is asked once for a goal, and its order kept in the plan for
 * this wave and those after it; projects and leases were settled before and do not move.
 */
export async function orderWave(io: Io, request: WaveRequest, survey: Survey, plan: WavePlan, wave: Wave): Promise<OrderedWave> {
  if (request.ranker === 'hub' && wave.order !== undefined) return withoutOrder(survey, plan, wave);
  if (request.ranker !== 'model' || !mayAsk(request) || wave.order !== undefined) return { kind: 'ordered', survey: orderedSurvey(survey, wave.order), plan, wave };
  const { orderByModel } = await import('./order-by-model.js');
  const taskId = `rank-w${wave.index}` as const;
  const { base, tree, ranked } = survey;
  const answer = await orderByModel(io, { goalId: plan.goal.id, taskId, round: (request.rounds[taskId] ?? 0) + 1, base, goal: request.goal, tree, indexes: await survey.indexes(), ranked });
  if (answer.kind === 'pending') {
    const { promptPath, replyPath } = answer;
    return { ...stoppedAt(plan, wave), pending: [{ taskId, promptPath, replyPath }] };
  }
  const { order } = answer;
  const waves = plan.waves.map((each) => (each.index < wave.index ? each : { ...each, order }));
  return { kind: 'ordered', survey: orderedSurvey(survey, order), plan: { ...plan, waves }, wave: { ...wave, order } };
}

/** Whoever asks for the hub's ranking again is given it, and the plan says so. */
function withoutOrder(survey: Survey, plan: WavePlan, wave: Wave): OrderedWave {
  const plain = ({ order: _given, ...rest }: Wave): Wave => rest;
  return { kind: 'ordered', survey, plan: { ...plan, waves: plan.waves.map((each) => (each.index < wave.index ? each : plain(each))) }, wave: plain(wave) };
}

/** A recorded order on a later commit moves what is still among the best, and nothing else. */
export function orderedSurvey(survey: Survey, order: ModelOrder | undefined): Survey {
  return { ...survey, ranked: applyOrder(survey.ranked, order) };
}
