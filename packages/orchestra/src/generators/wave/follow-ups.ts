import { dropJournal } from '../../io/journal';
import { type FiledFollowUp, OrchestraError, type WavePlan, type WaveState } from '../../model';
import { openFollowUps } from '../../orchestrator/plan/follow-ups';
import { readInbox } from '../../orchestrator/read-inbox';
import { plainLine } from '../../report/escape-text';
import type { CommandContext, CommandEnding } from './run-wave-command';
import { startWave } from './start-wave';

/**
 * `--followUps`: what lies in the inbox of a goal that is done, as one more wave of it. From there on it is a wave like any other:
 * `--continue`, `--retry` and `--undo` know it, and the same gate judges it.
 */
export async function startFollowUps(context: CommandContext, state: WaveState): Promise<CommandEnding> {
  const { io, base, dryRun, tree } = context;
  const { goalId } = state;
  const [plan, { filed }] = await Promise.all([io.records.readPlan(goalId), readInbox(io.repository, base, goalId)]);
  if (plan === undefined) {
    throw new OrchestraError('state', `orchestra/waves/${goalId}/plan.json is gone. Restore it from the commit of the last wave, then ask again.`);
  }
  const chosen = await Promise.all(choose(context, goalId, plan, filed).map((each) => withoutSecrets(context, each)));
  const wave = Math.max(0, ...plan.waves.map(({ index }) => index)) + 1;
  refuseUnfinished(state, wave);
  if (!dryRun && state.state !== 'undone') {
    await dropJournal(tree.root, state);
    await io.records.writeState({ ...state, state: 'committed' });
  }
  // Prompts of a try that was undone have had their replies: the next ones are asked under new numbers.
  const rounds = state.wave === wave ? { ...state.rounds, ...state.sent } : {};
  return startWave(context, { goal: plan.goal, wave, findings: [], plan, followUps: chosen, rounds });
}

/**
 * The state of a goal that was brought to its end in another clone, from what is committed: its last wave was accepted there.
 * It moves a command of this machine and no verdict.
 */
export async function doneElsewhere({ io, base, provider }: CommandContext, goalId: string): Promise<WaveState | undefined> {
  const { plan, waves } = await readInbox(io.repository, base, goalId);
  const wave = Math.max(0, ...waves);
  if (plan === undefined || plan.waves.every(({ index }) => index !== wave)) {
    return undefined;
  }
  const report = await io.records.readReport(goalId, wave);
  return report?.verdict.decision === 'accepted' ? { version: 1, goalId, wave, state: 'committed', base, provider, rounds: {}, sent: {}, findings: [], applied: {} } : undefined;
}

/** Planned waves of the goal itself come first. */
function refuseUnfinished(state: WaveState, next: number): void {
  const done = state.state === 'undone' ? state.wave - 1 : state.wave;
  if (done + 1 < next) {
    throw new OrchestraError('state', `Wave ${done + 1} of "${state.goalId}" is still to come: --continue=${state.goalId}. Follow-ups are planned once the last wave is accepted and committed.`);
  }
}

function choose({ options }: CommandContext, goalId: string, plan: WavePlan, filed: readonly FiledFollowUp[]): readonly FiledFollowUp[] {
  const open = openFollowUps(filed, plan);
  const ids = options.only ?? open.map(({ id }) => id);
  const unknown = ids.filter((id) => open.every((each) => each.id !== id));
  if (open.length === 0) {
    throw new OrchestraError('input', filed.length === 0 ? `No specialist filed a follow-up for "${goalId}": there is nothing to plan.` : `All ${filed.length} follow-ups of "${goalId}" have been planned: there is nothing left.`);
  }
  if (unknown.length > 0 || ids.length === 0) {
    const wrong = ids.length === 0 ? '--only names no follow-up.' : `No open follow-up of "${goalId}" is called ${unknown.map(plainLine).join(', ')}.`;
    throw new OrchestraError('input', [`${wrong} Open are:`, ...open.map(({ id, title }) => `  - ${id}: ${plainLine(title)}`)].join('\n'));
  }
  return open.filter(({ id }) => ids.includes(id));
}

/** What a model wrote is written to disk and sent again. */
async function withoutSecrets({ io }: CommandContext, followUp: FiledFollowUp): Promise<FiledFollowUp> {
  const [title, detail] = await Promise.all([followUp.title, followUp.detail].map(async (text) => (await io.secrets.redact(text)).text));
  return { ...followUp, title: title ?? '', detail: detail ?? '' };
}
