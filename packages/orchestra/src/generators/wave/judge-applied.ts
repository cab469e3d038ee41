import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runNx } from '../../io/run-nx';
import type { WavePlan } from '../../model';
import { waveRecordFolder } from '../../orchestrator/record-files';
import type { CommandContext } from './run-wave-command';
import type { WaveStart } from './start-wave';

const exitCodes = { accepted: 0, blocked: 1, unjudged: 2 } as const;

/** Has the gate judge the wave that now lies in the tree, as a child nx, and says what to type next. */
export async function judgeApplied(context: CommandContext, start: WaveStart, plan: WavePlan): Promise<{ readonly exitCode: 0 | 1 | 2; readonly say: string }> {
  const { policy, tree, io, base } = context;
  const id = start.goal.id;
  if (policy.gate === undefined) {
    return { exitCode: 2, say: `unjudged: orchestra/orchestra.json names no "gate" project. Set it, then: nx run <gate>:validate-wave` };
  }
  // An older report of the same wave must not speak for a gate that did not get to write one.
  await rm(join(tree.root, waveRecordFolder(id, start.wave), 'report.json'), { force: true });
  await runNx(tree.root, ['run', `${policy.gate}:validate-wave`, `--base=${base}`, `--goal=${id}`, `--wave=${start.wave}`, '--outputStyle=stream']);
  const report = await io.records.readReport(id, start.wave);
  const decision = report?.verdict.decision ?? 'unjudged';
  const more = plan.waves.some((wave) => wave.index > start.wave);
  const filed = report?.followUps.length ?? 0;
  const next = {
    accepted: [`git add -A && git commit    # review the diff first: a person decides`, ...(more ? [`nx g @aisha/orchestra:wave --continue=${id}    # the next wave, once this one is committed`] : []), ...(filed > 0 && !more ? [`nx g @aisha/orchestra:wave --followUps=${id}    # ${filed === 1 ? 'one follow-up was' : `${filed} follow-ups were`} filed: as one more wave, once this one is committed`] : [])],
    blocked: [`nx g @aisha/orchestra:wave --retry=${id}    # ask again with the findings`, `nx g @aisha/orchestra:wave --undo=${id}    # give the tree back`],
    unjudged: [`nx run ${policy.gate}:validate-wave    # judge it again`, `nx g @aisha/orchestra:wave --undo=${id}    # give the tree back`],
  }[decision];
  return {
    exitCode: exitCodes[decision],
    say: [`Wave ${start.wave} of "${id}": ${decision}`, `Report: ${waveRecordFolder(id, start.wave)}/report.md`, 'Next:', ...next.map((line) => `  ${line}`)].join('\n'),
  };
}
