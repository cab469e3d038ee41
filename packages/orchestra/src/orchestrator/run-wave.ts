import type { Io } from '../io/ports';
import { OrchestraError, type FiledFollowUp, type OrchestrationGoal, type PacketNote, type Policy, type Wave, type WavePlan } from '../model';
import type { Specialist } from '../specialists/define-specialist';
import type { WaveAnswers } from './answer-tasks';
import { orderWave } from './order-wave';
import { surveyWorkspace, type Survey } from './make-plan';
import type { WaveProof } from './prove-wave';
import { planWave } from './plan-wave';
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
  /** Who makes the plan of the first wave. */
  readonly planner?: 'hub' | 'model';
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
 * THE PAGE. One wave, read top to bottom like the diagram in the README: goal → plan → ranking → packets → replies → lease →
 * rehearsal (red, then green) → edits ready for the Nx Tree. The generator writes them; the gate judges them.
 */
export async function runWave(io: Io, request: WaveRequest): Promise<WaveOutcome> {
  const survey = await surveyWorkspace(io, request);
  const planned = await planWave(io, request, survey);
  if (planned.kind === 'stopped') {
    return planned;
  }
  const next = nextWave(planned.plan, request.waveIndex);
  await (request.planOnly ? undefined : refuseDirtyLease(io, next, request.policy));
  const ordered = await orderWave(io, request, survey, planned.plan, next);
  if (ordered.kind === 'stopped') {
    return ordered;
  }
  const { plan, wave } = ordered;
  if (request.planOnly) {
    await preview(io, request, ordered.survey, wave);
    return { kind: 'planned', plan, wave };
  }
  // Grammar and tokenizer take longer to load than a plan takes to make, so packets load them, and not the plan.
  const [{ answerTasks }, { proveWave }] = await Promise.all([import('./answer-tasks.js'), import('./prove-wave.js')]);
  const answers = await answerTasks(io, request, ordered.survey, wave);
  if (answers.kind === 'stopped') {
    return { plan, wave, ...answers };
  }
  const proof = await proveWave(io, request, ordered.survey, answers);
  return proof.kind === 'proved' ? { kind: 'ready', plan, wave, answers: proof.answers } : { plan, wave, ...proof };
}

async function preview(io: Io, request: WaveRequest, survey: Survey, wave: Wave): Promise<void> {
  if (request.preview) {
    const { previewPrompts } = await import('./preview-prompts.js');
    await previewPrompts(io, request, survey, wave);
  }
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
