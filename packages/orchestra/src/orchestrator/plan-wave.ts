import type { Io } from '../io/ports';
import type { Wave, WavePlan } from '../model';
import type { WaveAnswers } from './answer-tasks';
import { planFrom, planOneFrom, type Survey } from './make-plan';
import type { WaveRequest } from './run-wave';

/** A wave that waits before its first task was asked. */
export type StoppedWave = Extract<WaveAnswers, { kind: 'stopped' }> & { readonly plan: WavePlan; readonly wave: Wave };

/** The hub's plan, and where it is asked for, what a model makes of it: once for a goal, and never of a wave of follow-ups. */
export async function planWave(io: Io, request: WaveRequest, survey: Survey): Promise<{ readonly kind: 'planned'; readonly plan: WavePlan } | StoppedWave> {
  const plan = planFor(survey, request);
  const asks = request.planner === 'model' && mayAsk(request) && request.followUps === undefined && request.waveIndex === 1 && plan.refinement === undefined;
  if (!asks) return { kind: 'planned', plan };
  const { refineByModel } = await import('./refine-by-model.js');
  const answer = await refineByModel(io, request, survey, plan);
  if (answer.kind === 'planned') return answer;
  // A goal that the hub can place nowhere has no wave yet; a model may know one.
  const wave = plan.waves.find(({ index }) => index === request.waveIndex) ?? { index: request.waveIndex, title: request.goal.title, tasks: [] };
  return answer.kind === 'pending' ? { ...stoppedAt(plan, wave), pending: [answer.pending] } : { ...stoppedAt(plan, wave), question: answer.question };
}

/** A dry run costs no model call; `--plan` asks whoever makes the plan and its packets, and no specialist. */
export function mayAsk({ planOnly, preview }: WaveRequest): boolean {
  return !planOnly || preview;
}

export function stoppedAt(plan: WavePlan, wave: Wave): StoppedWave {
  return { kind: 'stopped', plan, wave, pending: [], waiting: wave.tasks.map((task) => task.id), answered: [], locks: [] };
}

function planFor(survey: Survey, request: WaveRequest): WavePlan {
  if (request.plan === undefined || request.followUps === undefined) {
    return request.plan ?? planFrom(survey, request);
  }
  const { waves, unmapped } = planOneFrom(survey, request, request.waveIndex);
  const more = waves.map((wave) => ({ ...wave, followUps: [...(request.followUps ?? [])] }));
  return more.length === 0 ? { ...request.plan, waves: [], unmapped } : { ...request.plan, waves: [...request.plan.waves, ...more] };
}
