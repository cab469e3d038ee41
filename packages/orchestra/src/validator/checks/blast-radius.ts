import type { Evidence, ExportChange, Finding, Forecast, RouteChange, SizeLimits } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
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
    'too-many-files', 'too-many-lines', 'too-many-projects', 'too-many-new-files', 'over-forecast', 'export-removed', 'export-changed', 'route-removed', 'route-changed', 'new-dependency',
    'unread-change', 'evidence-missing',
  ],
  needs: [],
  judge: (evidence, find) => {
    const measured = measureChange(evidence);
    return [
      ...sizes(measured, evidence, find),
      ...overForecast(measured.actual, evidence, find),
      ...(evidence.exports ?? []).flatMap((change) => exportChange(change, find)),
      ...(evidence.routes ?? []).flatMap((change) => routeChange(change, find)),
      ...dependencies(evidence, find),
    ];
  },
});

function sizes(measured: Measured, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const limits = evidence.policy.limits[evidence.kind];
  const { files, lines, churn, newFiles } = measured.source;
  const counted = toldByLaw(evidence) ? newFiles.filter((path) => matchesGlobs(path, evidence.policy.appendOnly)) : newFiles;
  const unmapped = evidence.graph === undefined ? [evidenceMissing(find, 'graph')] : [];
  return [
    ...over('too-many-files', files, limits.files, `${files} source files are touched`, find),
    ...over('too-many-lines', lines, limits.lines, `${lines} source lines are added or removed${churn > 0 ? ` (and ${churn} only reformatted)` : ''}`, find),
    ...over('too-many-projects', measured.projects.length, limits.projects, `${measured.projects.length} projects are touched (${measured.projects.join(', ')})`, find),
    ...over('too-many-new-files', counted.length, limits.newFiles, `${counted.length} source files are new (${counted.slice(0, 10).join(', ')})`, find),
    ...unmapped,
  ];
}

/** The bugfix law names and blocks every new file but those that are only ever added; their number says nothing more, unless the law is off or the notes justify them. */
function toldByLaw({ kind, policy: { checks }, notes }: Evidence): boolean {
  const enforced = ['new-file-in-bugfix', 'bugfix-law'].every((name) => !Object.hasOwn(checks, name) || checks[name] === 'enforced');
  return kind === 'bugfix' && enforced && !(notes ?? []).some(({ justification }) => (justification ?? '').trim() !== '');
}

function over(rule: FindingRule, actual: number, limit: SizeLimits['files'], seen: string, find: FindingMaker): readonly Finding[] {
  const data = { actual, ...limit };
  if (actual > limit.block) return [find(rule, { because: `${seen}; the limit is ${limit.block}.`, data })];
  if (actual > limit.warn) return [find(rule, { because: `${seen}; ${limit.warn} is usual, more than ${limit.block} would block.`, data, severity: 'warn' })];
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
  const { path, name, usedBy, stillUsedBy, movedTo } = change;
  if (change.change === 'added') return [];
  const facts = { subject: { path, where: name }, data: { name, before: change.before ?? null, after: change.after ?? null, usedBy, ...(stillUsedBy === undefined ? {} : { stillUsedBy }) } };
  if (change.change === 'changed') {
    return [find('export-changed', { ...facts, because: `Export "${name}" changed: ${usersOf(usedBy)}${untouched(stillUsedBy, 'not touched here')}.` })];
  }
  const gone = movedTo === undefined ? `Export "${name}" is gone` : `Export "${name}" went to ${movedTo}`;
  // It is still there for whoever looks in the right place, and nobody is left looking in the wrong one.
  const followed = movedTo !== undefined && stillUsedBy?.length === 0;
  return [find('export-removed', { ...facts, because: `${gone}: ${usersOf(usedBy)}${untouched(stillUsedBy, 'still importing it')}.`, ...(followed ? { severity: 'info' as const } : {}) })];
}

function usersOf(usedBy: readonly string[]): string {
  return usedBy.length === 0 ? 'no user inside the workspace' : `used by ${usedBy.join(', ')}`;
}

function untouched(users: readonly string[] | undefined, how: string): string {
  return users === undefined || users.length === 0 ? '' : `; ${how}: ${users.join(', ')}`;
}

function routeChange({ path, method, route, change, before, after, because, usedBy }: RouteChange, find: FindingMaker): readonly Finding[] {
  if (change === 'added') return [];
  const facts = { subject: { path, where: `${method} ${route}` }, data: { before: before ?? null, after: after ?? null, usedBy } };
  const users = usedBy.length === 0 ? 'no file of the workspace names it' : `named by ${usedBy.join(', ')}`;
  return change === 'removed'
    ? [find('route-removed', { ...facts, because: `${method} ${route} is gone: ${users}.` })]
    : [find('route-changed', { ...facts, because: `${method} ${route}: ${because.join(', ')}; ${users}.` })];
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
