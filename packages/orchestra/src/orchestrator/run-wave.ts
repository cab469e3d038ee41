import type { Io } from '../io/ports';
import { OrchestraError, type FiledFollowUp, type OrchestrationGoal, type PacketNote, type Policy, type Wave, type WavePlan } from '../model';
import type { Specialist } from '../specialists/define-specialist';
import { answerTasks, type WaveAnswers } from './answer-tasks';
import { orderedSurvey, orderWave } from './order-wave';
import { previewPrompts } from './preview-prompts';
import { planFrom, planOneFrom, surveyWorkspace, type Survey } from './make-plan';
import { proveWave, type WaveProof } from './prove-wave';
import { refuseDirtyLease } from './refuse-dirty-lease';

export interface WaveRequest {
  /** What this wave is for; of a wave of follow-ups it is their words, while the plan keeps the goal's own. */
  readonly goal: OrchestrationGoal;
  readonly base: string;
  readonly policy: Policy;
  readonly specialists: readonly Specialist[];
  readonly conventions: string;
  readonly waveIndex: number;
  /** A plan made earlier on the same base, e.g. read and amended by a person. */
  readonly plan?: WavePlan;
  /** With `plan`: what is to be planned as one more wave of it. */
  readonly followUps?: readonly FiledFollowUp[];
  /** What an earlier try of this wave was blocked for: every specialist is shown it. */
  readonly findings: readonly PacketNote[];
  /** Task id → prompts already sent in earlier tries. */
  readonly rounds: Readonly<Record<string, number>>;
  /** Who orders the best ranked files for the packets. */
  readonly ranker?: 'hub' | 'model';
  readonly planOnly: boolean;
  /** With `planOnly`: also write the packets and prompts of the tasks that could be asked now. */
  readonly preview: boolean;
}

/** Everything a wave can come to before anything touches the working tree. */
export type WaveOutcome = { readonly plan: WavePlan; readonly wave: Wave } & (
  | { readonly kind: 'planned' }
  | Extract<WaveAnswers, { kind: 'stopped' }>
  | Extract<WaveProof, { kind: 'not-proved' }>
  | { readonly kind: 'ready'; readonly answers: Extract<WaveAnswers, { kind: 'answered' }> }
);

/**
 * THE PAGE. One wave, read top to bottom like the diagram in the README: goal → plan → (order) → packets → replies → lease →
 * rehearsal (red, then green) → edits ready for the Nx Tree. The generator writes them; the gate judges them.
 */
export async function runWave(io: Io, request: WaveRequest): Promise<WaveOutcome> {
  const survey = await surveyWorkspace(io, request);
  const planned = planFor(survey, request);
  const next = nextWave(planned, request.waveIndex);
  if (request.planOnly) {
    await previewPrompts(io, request, orderedSurvey(survey, next.order), next);
    return { kind: 'planned', plan: planned, wave: next };
  }
  await refuseDirtyLease(io, next, request.policy);
  const ordered = await orderWave(io, request, survey, planned, next);
  if (ordered.kind === 'pending') {
    return { plan: planned, wave: next, kind: 'stopped', pending: [ordered.pending], waiting: next.tasks.map((task) => task.id), answered: [], locks: [] };
  }
  const { plan, wave } = ordered;
  const answers = await answerTasks(io, request, ordered.survey, wave);
  if (answers.kind === 'stopped') {
    return { plan, wave, ...answers };
  }
  const proof = await proveWave(io, request, ordered.survey, answers);
  return proof.kind === 'proved' ? { kind: 'ready', plan, wave, answers: proof.answers } : { plan, wave, ...proof };
}

function planFor(survey: Survey, request: WaveRequest): WavePlan {
  if (request.plan === undefined || request.followUps === undefined) {
    return request.plan ?? planFrom(survey, request);
  }
  const { waves, unmapped } = planOneFrom(survey, request, request.waveIndex);
  const more = waves.map((wave) => ({ ...wave, followUps: [...(request.followUps ?? [])] }));
  return more.length === 0 ? { ...request.plan, waves: [], unmapped } : { ...request.plan, waves: [...request.plan.waves, ...more] };
}

/** A goal nothing could be planned for is a question to the person, with what would settle it. */
function nextWave(plan: WavePlan, index: number): Wave {
  const wave = plan.waves.find((each) => each.index === index);
  if (wave !== undefined) {
    return wave;
  }
  const why = plan.unmapped.map((part) => `  - ${part.what}${part.candidates.length > 0 ? ` (nearest: ${part.candidates.join(', ')})` : ''}: ${part.settledBy}`);
  throw new OrchestraError('input', plan.waves.length === 0 ? ['No task could be planned for this goal:', ...why].join('\n') : `The plan has ${plan.waves.length} waves; all of them are done.`);
}
