import type { Evidence, Finding, TargetRun } from '../../model';
import { defineCheck, type FindingMaker } from '../define-check';

/** Every target of every affected project was run and passed. What did not run is never counted as passed. */
export const tasks = defineCheck({
  name: 'tasks',
  rules: ['target-failed', 'target-failed-on-base', 'target-not-run', 'evidence-missing'],
  needs: ['targets'],
  judge: (evidence, find) => {
    const runs = evidence.targets ?? [];
    return [...runs.filter((run) => exists(run, evidence)).flatMap((run) => judgeRun(run, find)), ...neverAsked(evidence, runs, find)];
  },
});

/** A project without a `build` has not left one out. */
function exists({ project, target, status }: TargetRun, { graph }: Evidence): boolean {
  const known = graph?.projects.find((each) => each.name === project);
  return status !== 'not-run' || known === undefined || known.targets.includes(target);
}

function judgeRun(run: TargetRun, find: FindingMaker): readonly Finding[] {
  const { project, target, status, tail, failsOnBase } = run;
  if (status === 'passed') return [];
  const facts = { subject: { project }, data: { target, tail } };
  if (status === 'not-run') return [find('target-not-run', { ...facts, because: `"${project}:${target}" was not run.` })];
  return failsOnBase === true
    ? [find('target-failed-on-base', { ...facts, because: `"${project}:${target}" fails, and fails on base as well.` })]
    : [find('target-failed', { ...facts, because: `"${project}:${target}" fails${failsOnBase === false ? ' and passes on base' : ''}.` })];
}

/** A pair that should have been run and is not even listed: leaving a line out must not be a way to pass. */
function neverAsked(evidence: Evidence, runs: readonly TargetRun[], find: FindingMaker): readonly Finding[] {
  const { graph, affected, policy } = evidence;
  if (graph === undefined || affected === undefined) return [];
  const names = new Set(affected.map((project) => project.name));
  const listed = new Set(runs.map((run) => `${run.project}:${run.target}`));
  return graph.projects
    .filter((project) => names.has(project.name))
    .flatMap((project) => policy.targets.filter((target) => project.targets.includes(target)).map((target) => ({ project: project.name, target })))
    .filter(({ project, target }) => !listed.has(`${project}:${target}`))
    .map(({ project, target }) =>
      find('target-not-run', { subject: { project }, data: { target }, because: `"${project}:${target}" belongs to an affected project and was not run.` }),
    );
}
