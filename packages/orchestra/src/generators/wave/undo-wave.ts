import { restoreImage } from '../../io/file-image';
import { hasJournal, undoJournal } from '../../io/journal';
import { OrchestraError, type PacketNote, type WaveState } from '../../model';
import { goalRecordPath, planRecordPath, waveRecordFolder } from '../../orchestrator/record-files';
import { matchesGlobs } from '../../patch/matches-globs';
import type { CommandContext, CommandEnding } from './run-wave-command';
import { startWave } from './start-wave';

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
  const edited = await undoJournal(tree.root, { goalId: state.goalId, wave: state.wave }, (path) => matchesGlobs(path, policy.generated));
  if (edited.length > 0) {
    throw new OrchestraError('state', ['These files were edited by hand since the wave wrote them, so nothing was touched:', ...edited.map((path) => `  - ${path}`), 'Commit the wave with your edits, or put the files back as the wave left them.'].join('\n'));
  }
  await removeRecords(context, state, retry);
  await io.records.writeState({ ...state, state: 'undone', applied: {} });
  if (!retry) {
    return { exitCode: 0, say: `Wave ${state.wave} of "${state.goalId}" is undone: the tree is as it was before it.` };
  }
  if (plan === undefined) {
    throw new OrchestraError('state', `The wave is undone, but orchestra/waves/${state.goalId}/plan.json is gone: start again with the goal file.`);
  }
  return startWave(context, { goal: plan.goal, wave: state.wave, findings, plan, rounds: state.rounds });
}

/** Only what waves write, by name: a note that a person has put beside it stays. A plan is kept for another try, and for later waves. */
async function removeRecords(context: CommandContext, state: WaveState, retry: boolean): Promise<void> {
  const folder = waveRecordFolder(state.goalId, state.wave);
  const records = [
    ...['packet.lock.json', 'report.json', 'report.md'].map((name) => `${folder}/${name}`),
    ...(retry || state.wave > 1 ? [] : [goalRecordPath(state.goalId), planRecordPath(state.goalId)]),
  ];
  const committed = await context.io.repository.listTree(context.base);
  const own = records.filter((path) => !committed.has(path));
  if ((await context.io.checkRealPaths(own)).length > 0) {
    return;
  }
  for (const path of own) {
    await restoreImage(context.tree.root, path, { kind: 'absent' });
  }
}

/** What blocked the last try, worded for the specialists. */
async function findingsOf(context: CommandContext, state: WaveState): Promise<readonly PacketNote[]> {
  const report = await context.io.records.readReport(state.goalId, state.wave);
  const blocking = report?.verdict.blocking ?? [];
  return blocking.length === 0
    ? []
    : [{ title: 'Why the last try was blocked', text: blocking.map((finding) => `- ${finding.rule}${finding.subject.path === undefined ? '' : ` (${finding.subject.path})`}: ${finding.because}`).join('\n') }];
}
