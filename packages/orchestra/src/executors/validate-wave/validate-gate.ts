import { takeGateTurn } from '../../io/gate-turn';
import { isHalfWritten } from '../../io/journal';
import { readNxDefaultBase } from '../../io/nx-workspace';
import { createIo } from '../../io/real-io';
import { appendStepSummary, publishReport } from '../../io/publish-report';
import { OrchestraError, type WaveReport, type WaveState } from '../../model';
import { runGate } from '../../orchestrator/run-gate';
import { waveRecordFolder } from '../../orchestrator/record-files';
import { orchestraVersion } from '../../io/orchestra-version';
import { renderGateReport } from './render-gate-report';
import { chooseRange } from './choose-range';
import type { ValidateWaveSchema } from './schema';

/** The whole gate: over the wave that lies in the working tree, or over any range, by any author. */
export async function validateGate(options: ValidateWaveSchema, root: string): Promise<WaveReport> {
  const turn = await takeGateTurn(root, 'validate-wave', (line) => process.stderr.write(`${line}\n`));
  try {
    return await judgeTree(options, root);
  } finally {
    await turn.release();
  }
}

async function judgeTree(options: ValidateWaveSchema, root: string): Promise<WaveReport> {
  if (await isHalfWritten(root)) {
    throw new OrchestraError('state', 'A killed run left a wave half written in this tree. Type the wave command again (--continue, or --undo): it finishes or undoes it first.');
  }
  const io = await createIo(root, { provider: 'handoff' });
  const range = await chooseRange(options, io.repository, io.records, readNxDefaultBase(root));
  const folders = ['.orchestra/reports/gate', ...(range.wave === undefined ? [] : [waveRecordFolder(range.wave.goalId, range.wave.index)])];
  const report = await runGate(
    io,
    { base: range.base, ...(range.head === undefined ? {} : { head: range.head }), ...(options.type === undefined ? {} : { kind: options.type }), ...(range.wave === undefined ? {} : { wave: range.wave }), version: orchestraVersion },
    (draft) => publishReport(root, folders, renderGateReport(draft)),
  );
  await recordVerdict(io.records.readState, io.records.writeState, range.wave?.goalId, report);
  const rendered = renderGateReport(report);
  await appendStepSummary(rendered.summary);
  process.stdout.write(rendered.terminal);
  process.stdout.write(`${report.verdict.decision}: ${folders[folders.length - 1]}/report.md\n`);
  return report;
}

async function recordVerdict(
  read: (goalId: string) => Promise<WaveState | undefined>, write: (state: WaveState) => Promise<void>, goalId: string | undefined, report: WaveReport,
): Promise<void> {
  const state = goalId === undefined ? undefined : await read(goalId);
  if (state !== undefined) {
    // A risk was accepted for the verdict that stood then, not for this one.
    const { acceptedRisk: _ofTheLastVerdict, ...rest } = state;
    await write({ ...rest, state: report.verdict.decision });
  }
}
