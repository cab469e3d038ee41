import { hasJournal, undoJournal } from '../../io/journal';
import { OrchestraError, type PacketNote, type WaveState } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { removeRecords, takeBackFollowUps } from './remove-records';
import type { CommandContext, CommandEnding } from './run-wave-command';
import { askersIn, startWave } from './start-wave';
import { whyJudged } from './why-blocked';

/** `--undo` gives the tree back from the journal; `--retry` does the same and asks again with what was found. */
export async function undoWave(context: CommandContext, state: WaveState, retry: boolean): Promise<CommandEnding> {
  const { io, tree, policy } = context;
  if (context.dryRun) {
    return { exitCode: 0, say: `Dry run: wave ${state.wave} of "${state.goalId}" would be undone${retry ? ' and asked again' : ''}. Nothing was touched.` };
  }
  const findings = retry ? await findingsOf(context, state) : [];
  const plan = retry ? await io.records.readPlan(state.goalId) : undefined;
  if (Object.keys(state.applied).length > 0 && !(await hasJournal(tree.root, state))) {
    throw new OrchestraError('state', `The journal of wave ${state.wave} of "${state.goalId}" is gone, so it cannot be undone from here. Its files: ${Object.keys(state.applied).sort().join(', ')}. Put them back with git.`);
  }
  // Without applied files there is no journal of this try; one of an older wave would take back what is committed.
  const edited = Object.keys(state.applied).length === 0 ? [] : await undoJournal(tree.root, { goalId: state.goalId, wave: state.wave }, (path) => matchesGlobs(path, policy.generated));
  if (edited.length > 0) {
    throw new OrchestraError('state', ['These files were edited by hand since the wave wrote them, so nothing was touched:', ...edited.map((path) => `  - ${path}`), 'Commit the wave with your edits, or put the files back as the wave left them.'].join('\n'));
  }
  await removeRecords({ root: tree.root, io, base: context.base }, state, retry);
  const wasOfFollowUps = !retry && (await takeBackFollowUps({ root: tree.root, io }, state));
  const rounds = { ...state.rounds, ...state.sent };
  // A try that is killed from here on is still one: `--continue` goes on with its findings and its next round.
  await io.records.writeState(retry && plan !== undefined ? againState(state, rounds, findings) : { ...withoutAnswers(state), state: 'undone', applied: {} });
  if (!retry) {
    return { exitCode: 0, say: `Wave ${state.wave} of "${state.goalId}" is undone: the tree is as it was before it.\nNext: ${wayOn(state, wasOfFollowUps)}, or leave it.` };
  }
  if (plan === undefined) {
    throw new OrchestraError('state', `The wave is undone, but orchestra/waves/${state.goalId}/plan.json is gone: start again with the goal file.`);
  }
  return startWave(context, { goal: plan.goal, wave: state.wave, findings, plan, rounds, ...askersIn(state) });
}

/** The goal file would begin with wave 1, which is committed when there is a later one. */
function wayOn({ goalId, wave }: WaveState, wasOfFollowUps: boolean): string {
  return wasOfFollowUps ? `plan it again with --followUps=${goalId}` : wave > 1 ? `start it again with --continue=${goalId}` : 'start it again with its goal file';
}

function againState(state: WaveState, rounds: WaveState['rounds'], findings: readonly PacketNote[]): WaveState {
  return { ...withoutAnswers(state), state: 'asked', rounds, sent: {}, findings: [...findings], applied: {} };
}

function withoutAnswers(state: WaveState): WaveState {
  const { question: _answered, acceptedRisk: _ofThatTry, ...rest } = state;
  return rest;
}

/** From the gate's report when there is one; a wave that never reached the tree has none, and its state says why. */
async function findingsOf(context: CommandContext, state: WaveState): Promise<readonly PacketNote[]> {
  const report = await context.io.records.readReport(state.goalId, state.wave);
  const judged = whyJudged(report?.verdict.blocking ?? []);
  return judged.length > 0 ? judged : state.findings;
}
