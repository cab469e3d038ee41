import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { undoJournal } from '../../io/journal';
import { OrchestraError, type PacketNote, type WaveState } from '../../model';
import { waveRecordFolder } from '../../orchestrator/record-files';
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
  const edited = await undoJournal(tree.root, { goalId: state.goalId, wave: state.wave }, (path) => matchesGlobs(path, policy.generated));
  if (edited.length > 0) {
    throw new OrchestraError('state', ['These files were edited by hand since the wave wrote them, so nothing was touched:', ...edited.map((path) => `  - ${path}`), 'Commit the wave with your edits, or put the files back as the wave left them.'].join('\n'));
  }
  const folder = retry || state.wave > 1 ? waveRecordFolder(state.goalId, state.wave) : `orchestra/waves/${state.goalId}`;
  await rm(join(tree.root, folder), { recursive: true, force: true });
  await io.records.writeState({ ...state, state: 'undone', applied: {} });
  if (!retry) {
    return { exitCode: 0, say: `Wave ${state.wave} of "${state.goalId}" is undone: the tree is as it was before it.` };
  }
  if (plan === undefined) {
    throw new OrchestraError('state', `The wave is undone, but orchestra/waves/${state.goalId}/plan.json is gone: start again with the goal file.`);
  }
  return startWave(context, { goal: plan.goal, wave: state.wave, findings, plan, rounds: state.rounds });
}

/** What blocked the last try, worded for the specialists. */
async function findingsOf(context: CommandContext, state: WaveState): Promise<readonly PacketNote[]> {
  const report = await context.io.records.readReport(state.goalId, state.wave);
  const blocking = report?.verdict.blocking ?? [];
  return blocking.length === 0
    ? []
    : [{ title: 'Why the last try was blocked', text: blocking.map((finding) => `- ${finding.rule}${finding.subject.path === undefined ? '' : ` (${finding.subject.path})`}: ${finding.because}`).join('\n') }];
}
