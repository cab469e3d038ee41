import { type FiledFollowUp, OrchestraError, type OrchestrationGoal, type PacketLock, type PacketNote, type WavePlan, type WaveState } from '../../model';
import { goalOfFollowUps } from '../../orchestrator/plan/follow-ups';
import { planRecords } from '../../orchestrator/record-files';
import { runWave, type WaveOutcome } from '../../orchestrator/run-wave';
import { specialistsOf } from '../../specialists/registry';
import { describePlan, describeStop, describeUnproved } from './describe-outcome';
import { whyRefused, whyUnproved } from './why-blocked';
import type { CommandContext, CommandEnding } from './run-wave-command';

export interface WaveStart {
  readonly goal: OrchestrationGoal;
  readonly wave: number;
  /** What the last try of this wave was blocked for. */
  readonly findings: readonly PacketNote[];
  readonly plan?: WavePlan;
  /** What is to be planned as this wave, on top of `plan`. */
  readonly followUps?: readonly FiledFollowUp[];
  /** Task id → prompts already sent, so that another try asks new questions and not the recorded ones. */
  readonly rounds?: Readonly<Record<string, number>>;
  /** As the wave was started; the command's own flag goes before it. */
  readonly ranker?: WaveState['ranker'];
  readonly planner?: WaveState['planner'];
}

const conventionsPath = 'orchestra/CONVENTIONS.md';

/** Runs one wave up to the Tree and turns its outcome into words, records and a state. */
export async function startWave(context: CommandContext, start: WaveStart): Promise<CommandEnding> {
  const { io, policy, base, options, dryRun } = context;
  const promptPaths = policy.specialists.flatMap((specialist) => (specialist.prompt === undefined ? [] : [specialist.prompt]));
  const texts = await io.repository.readTexts(base, [conventionsPath, ...promptPaths]);
  const outcome = await runWave(io, {
    goal: await goalOfWave(context, start), base, policy, waveIndex: start.wave, findings: start.findings, rounds: start.rounds ?? {},
    specialists: specialistsOf(policy, texts), conventions: texts.get(conventionsPath) ?? '',
    // Nx's dry run must cost no model call, so it stops where --plan does.
    planOnly: options.plan === true || dryRun, preview: !dryRun,
    ...askersOf(context, start),
    ...(start.plan === undefined ? {} : { plan: start.plan }),
    ...(start.followUps === undefined ? {} : { followUps: start.followUps }),
  });
  return finish(context, start, outcome);
}

/** A wave of follow-ups works on their words, however often it is continued; its plan and its records stay the goal's. */
async function goalOfWave({ io, policy }: CommandContext, { goal, plan, wave, followUps }: WaveStart): Promise<OrchestrationGoal> {
  const asked = followUps ?? plan?.waves.find(({ index }) => index === wave)?.followUps;
  if (asked === undefined) {
    return goal;
  }
  const { goal: own, left, unusable } = goalOfFollowUps(goal, asked, { policy, graph: await io.workspace.graph() });
  const lines = left.map(({ id, path, because }) => `${id}: ${JSON.stringify(path)}: ${because}`);
  if (unusable.length > 0) {
    const open = asked.map(({ id }) => id).filter((id) => !unusable.includes(id));
    throw new OrchestraError('input', [
      `No specialist could write any file that ${unusable.join(' and ')} name${unusable.length === 1 ? 's' : ''}, so nothing was planned:`, ...lines.map((line) => `  - ${line}`),
      open.length > 0 ? `Plan the others with --only=${open.join(',')}; these are a person's to do.` : 'It is a person\'s to do.',
    ].join('\n'));
  }
  lines.forEach((line) => io.progress.note(`Left out of the plan: ${line}`));
  return own;
}

/** As it stands in a state. */
export function askersIn({ ranker, planner }: Pick<WaveState, 'ranker' | 'planner'>): Pick<WaveState, 'ranker' | 'planner'> {
  return { ...(ranker === undefined ? {} : { ranker }), ...(planner === undefined ? {} : { planner }) };
}

/** Who plans and ranks. A wave of follow-ups is planned by the hub: its words are a model's already. */
function askersOf({ options }: CommandContext, start: WaveStart): Pick<WaveState, 'ranker' | 'planner'> {
  return { ...askersIn(start), ...askersIn(options) };
}

async function finish(context: CommandContext, start: WaveStart, outcome: WaveOutcome): Promise<CommandEnding> {
  const state = (name: WaveState['state'], more: Partial<WaveState> = {}): WaveState => ({
    version: 1, goalId: start.goal.id, wave: start.wave, state: name, base: context.base, provider: context.provider, rounds: start.rounds ?? {}, sent: {}, findings: [...start.findings], applied: {}, ...askersOf(context, start), ...more,
  });
  switch (outcome.kind) {
    case 'planned':
      return record(context, outcome.plan, state('planned'), { exitCode: 0, say: describePlan(outcome.plan, outcome.wave, context.dryRun) });
    case 'stopped':
      return outcome.question !== undefined
        ? record(context, outcome.plan, state('unjudged', { question: outcome.question, rounds: { ...start.rounds, ...askerOnly(sentWith(outcome.locks), outcome.question) } }), { exitCode: 2, say: describeStop(outcome) })
        : outcome.refusal !== undefined
          ? record(context, outcome.plan, state(outcome.refusal.unjudged ? 'unjudged' : 'blocked', { sent: sentWith(outcome.locks), findings: whyRefused(outcome.refusal) }), { exitCode: outcome.refusal.unjudged ? 2 : 1, say: describeStop(outcome) })
          : record(context, outcome.plan, state('asked'), { exitCode: 0, say: describeStop(outcome) });
    case 'not-proved':
      return record(context, outcome.plan, state('blocked', { sent: sentWith(outcome.answers.tasks.flatMap((each) => each.conversation.locks)), findings: whyUnproved(outcome) }), { exitCode: 1, say: describeUnproved(outcome) });
    case 'ready':
      return (await import('./apply-wave.js')).applyWave(context, start, outcome, state('applied'));
  }
}

/** Task id → the last round it was sent. */
function sentWith(locks: PacketLock['packets']): Readonly<Record<string, number>> {
  const sent = new Map<string, number>();
  for (const { taskId, round } of locks) {
    sent.set(taskId, Math.max(round, sent.get(taskId) ?? 0));
  }
  return Object.fromEntries(sent);
}

/** The answered question was that prompt's reply; the next prompt is another one. What others replied stays theirs. */
function askerOnly(sent: Readonly<Record<string, number>>, { taskId, round }: { readonly taskId: string; readonly round?: number }): Readonly<Record<string, number>> {
  return { [taskId]: round ?? sent[taskId] ?? 0 };
}

/** The plan belongs to the repository even when the wave stops early: a person reads it, and --continue needs it. */
async function record(context: CommandContext, plan: WavePlan, state: WaveState, ending: CommandEnding): Promise<CommandEnding> {
  for (const [path, text] of planRecords(plan)) {
    context.tree.write(path, text);
  }
  if (context.dryRun) {
    return ending;
  }
  return { exitCode: ending.exitCode, say: ending.say, afterFlush: async () => {
    await context.io.records.writeState(state);
    return { exitCode: ending.exitCode, say: '' };
  } };
}
