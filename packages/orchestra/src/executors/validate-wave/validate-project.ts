import type { ExecutorContext } from '@nx/devkit';
import { readNxDefaultBase } from '../../io/nx-workspace';
import { publishReport } from '../../io/publish-report';
import { createIo } from '../../io/real-io';
import { type Evidence, OrchestraError, type WaveReport } from '../../model';
import { readPolicy } from '../../orchestrator/read-policy';
import { orchestraVersion } from '../../io/orchestra-version';
import { buildReport } from '../../report/build-report';
import { touchedPaths } from '../../validator/classify-path';
import { decide } from '../../validator/decide';
import { judge, staticChecks } from '../../validator/judge';
import { measureWave } from '../../validator/measure-wave';
import { chooseDiffRange } from './choose-range';
import { renderGateReport } from './render-gate-report';
import type { ValidateWaveSchema } from './schema';

/** The static part for one project: rules and integrity over its own changed files. Runs nothing, so Nx may cache it. */
export async function validateProject(options: ValidateWaveSchema, context: ExecutorContext): Promise<WaveReport> {
  const name = context.projectName ?? '';
  const projectRoot = context.projectsConfigurations.projects[name]?.root ?? '.';
  const io = await createIo(context.root, { provider: 'handoff', quiet: true });
  refuseNames(options);
  const range = await chooseDiffRange(options, io.repository, readNxDefaultBase(context.root));
  const policy = await readPolicy(io, range.base);
  const isOwn = ownPaths(projectRoot, Object.values(context.projectsConfigurations.projects).map(({ root }) => root));
  const changes = (await io.repository.changes(range.base, range.head)).filter((change) => touchedPaths(change).some(isOwn));
  const evidence: Evidence = {
    kind: options.type ?? 'change', base: range.base, head: range.head ?? 'working-tree', shallow: await io.repository.isShallow(), policy, changes,
  };
  const findings = judge(evidence, staticChecks);
  const report = buildReport({ evidence, measures: measureWave(evidence), findings, verdict: decide(findings), notes: [], followUps: [], versions: { orchestra: orchestraVersion } });
  const rendered = renderGateReport(report);
  await publishReport(context.root, [`.orchestra/reports/projects/${projectRoot}`], rendered);
  process.stdout.write(`${rendered.terminal}Compared with ${range.base}.\n`);
  return report;
}

/** Nx caches the answer under the option as it was typed; a branch moves on, and the old answer would stay. */
function refuseNames({ base, head }: ValidateWaveSchema): void {
  const names = Object.entries({ base, head }).filter(([, value]) => value !== undefined && !/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(value));
  if (names.length > 0) {
    const given = names.map(([name, value]) => `--${name}=${value}`).join(' and ');
    throw new OrchestraError('input', `${given}: the static part is cached, so it takes full commit ids here. NX_BASE and NX_HEAD may hold names.`);
  }
}

/** As Nx gives files to projects: what lies in a project below this one is that one's, and is judged there. */
function ownPaths(root: string, roots: readonly string[]): (path: string) => boolean {
  const inside = (folder: string, path: string): boolean => folder === '.' || path.startsWith(`${folder}/`);
  const below = roots.filter((other) => other !== root && inside(root, other));
  return (path) => inside(root, path) && !below.some((other) => inside(other, path));
}
