import type { Evidence, ExportChange, Finding, Forecast, SizeLimits } from '../../model';
import { defineCheck, evidenceMissing, type FindingMaker } from '../define-check';
import type { FindingRule } from '../finding-catalogue';
import { measureChange, type Measured } from '../measure-change';
import { addedDependencies } from '../added-dependencies';

/** How far the change reaches: sizes against the policy at base, forecast against actual, exports and dependencies. */
export const blastRadius = defineCheck({
  name: 'blast-radius',
  scope: 'diff',
  onlyWhenPlanned: true,
  rules: [
    'too-many-files', 'too-many-lines', 'too-many-projects', 'too-many-new-files', 'over-forecast', 'export-removed', 'export-changed', 'new-dependency',
    'unread-change', 'evidence-missing',
  ],
  needs: [],
  judge: (evidence, find) => {
    const measured = measureChange(evidence);
    return [
      ...sizes(measured, evidence, find),
      ...overForecast(measured.actual, evidence, find),
      ...(evidence.exports ?? []).flatMap((change) => exportChange(change, find)),
      ...dependencies(evidence, find),
    ];
  },
});

function sizes(measured: Measured, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const limits = evidence.policy.limits[evidence.kind];
  const { files, lines, churn, newFiles } = measured.source;
  const unmapped = evidence.graph === undefined ? [evidenceMissing(find, 'graph')] : [];
  return [
    ...over('too-many-files', files, limits.files, `${files} source files are touched`, find),
    ...over('too-many-lines', lines, limits.lines, `${lines} source lines are added or removed${churn > 0 ? ` (and ${churn} only reformatted)` : ''}`, find),
    ...over('too-many-projects', measured.projects.length, limits.projects, `${measured.projects.length} projects are touched (${measured.projects.join(', ')})`, find),
    ...over('too-many-new-files', newFiles.length, limits.newFiles, `${newFiles.length} source files are new (${newFiles.slice(0, 10).join(', ')})`, find),
    ...unmapped,
  ];
}

function over(rule: FindingRule, actual: number, limit: SizeLimits['files'], seen: string, find: FindingMaker): readonly Finding[] {
  const data = { actual, ...limit };
  if (actual > limit.block) return [find(rule, { because: `${seen}; the limit is ${limit.block}.`, data })];
  if (actual > limit.warn) return [find(rule, { because: `${seen}; ${limit.warn} is usual, the limit is ${limit.block}.`, data, severity: 'warn' })];
  return [];
}

/** A forecast is a median: only a multiple of it is worth a reader's time. */
function overForecast(actual: Forecast, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const plans = evidence.plans ?? [];
  if (plans.length === 0) return [];
  const forecast = sumForecasts(plans.map((plan) => plan.forecast));
  const strayed = actual.projects.filter((project) => !forecast.projects.includes(project));
  const surprises = [
    ...(actual.files > forecast.files * 2 + 2 ? [`${actual.files} files instead of ${forecast.files}`] : []),
    ...(actual.lines > forecast.lines * 3 + 30 ? [`${actual.lines} lines instead of ${forecast.lines}`] : []),
    ...(strayed.length > 0 ? [`also ${strayed.join(', ')}`] : []),
  ];
  return surprises.length === 0 ? [] : [find('over-forecast', { because: `Against the plan: ${surprises.join('; ')}.`, data: { forecast, actual } })];
}

export function sumForecasts(forecasts: readonly Forecast[]): Forecast {
  return {
    projects: [...new Set(forecasts.flatMap((forecast) => forecast.projects))].sort(),
    files: forecasts.reduce((total, forecast) => total + forecast.files, 0),
    lines: forecasts.reduce((total, forecast) => total + forecast.lines, 0),
  };
}

function exportChange(change: ExportChange, find: FindingMaker): readonly Finding[] {
  const { path, name, usedBy } = change;
  if (change.change === 'added') return [];
  const users = usedBy.length === 0 ? 'no user inside the workspace' : `used by ${usedBy.join(', ')}`;
  const facts = { subject: { path, where: name }, data: { name, before: change.before ?? null, after: change.after ?? null, usedBy } };
  return change.change === 'removed'
    ? [find('export-removed', { ...facts, because: `Export "${name}" is gone: ${users}.` })]
    : [find('export-changed', { ...facts, because: `Export "${name}" changed: ${users}.` })];
}

function dependencies(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const explained = (evidence.notes ?? []).some((notes) => (notes.dependenciesExplained ?? '').trim() !== '');
  return evidence.changes.flatMap((change) => {
    const added = addedDependencies(change);
    if (added === 'unreadable') return [find('unread-change', { subject: { path: change.path }, because: `${change.path} is not valid JSON.` })];
    return added.map(({ name, range, group, was }) =>
      find('new-dependency', {
        subject: { path: change.path, where: name },
        because: `"${name}": "${range}" ${was === undefined ? `is new in ${group}` : `in ${group} now comes from elsewhere (was "${was}")`}${explained ? '; the notes explain it' : ''}.`,
        data: { name, range, group, explained },
        ...(explained ? { severity: evidence.kind === 'bugfix' ? ('person' as const) : ('info' as const) } : {}),
      }),
    );
  });
}
