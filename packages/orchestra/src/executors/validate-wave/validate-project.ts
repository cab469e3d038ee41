import type { ExecutorContext } from '@nx/devkit';
import { readNxDefaultBase } from '../../io/nx-workspace';
import { publishReport } from '../../io/publish-report';
import { createIo } from '../../io/real-io';
import type { Evidence, WaveReport } from '../../model';
import { readPolicy } from '../../orchestrator/read-policy';
import { orchestraVersion } from '../../io/orchestra-version';
import { buildReport } from '../../report/build-report';
import { touchedPaths } from '../../validator/classify-path';
import { decide } from '../../validator/decide';
import { judge, staticChecks } from '../../validator/judge';
import { measureWave } from '../../validator/measure-wave';
import { chooseRange } from './choose-range';
import { renderGateReport } from './render-gate-report';
import type { ValidateWaveSchema } from './schema';

/** The static part for one project: rules and integrity over its own changed files. Runs nothing, so Nx may cache it. */
export async function validateProject(options: ValidateWaveSchema, context: ExecutorContext): Promise<WaveReport> {
  const name = context.projectName ?? '';
  const projectRoot = context.projectsConfigurations.projects[name]?.root ?? '.';
  const io = await createIo(context.root, { provider: 'handoff', quiet: true });
  const range = await chooseRange(options, io.repository, io.records, readNxDefaultBase(context.root));
  const policy = await readPolicy(io, range.base);
  const changes = (await io.repository.changes(range.base, range.head)).filter(
    (change) => projectRoot === '.' || touchedPaths(change).some((path) => path.startsWith(`${projectRoot}/`)),
  );
  const evidence: Evidence = {
    kind: options.type ?? 'change', base: range.base, head: range.head ?? 'working-tree', shallow: await io.repository.isShallow(), policy, changes,
  };
  const findings = judge(evidence, staticChecks);
  const report = buildReport({ evidence, measures: measureWave(evidence), findings, verdict: decide(findings), notes: [], followUps: [], versions: { orchestra: orchestraVersion } });
  const rendered = renderGateReport(report);
  await publishReport(context.root, [`.orchestra/reports/projects/${projectRoot}`], rendered);
  process.stdout.write(rendered.terminal);
  return report;
}
