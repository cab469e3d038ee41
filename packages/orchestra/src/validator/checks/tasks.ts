import type { Evidence, Finding, TargetRun } from '../../model';
import { touchedPaths } from '../classify-path';
import { defineCheck, type FindingMaker } from '../define-check';
import { judgeBaseline } from '../judge-baseline';
import { standIn } from '../stand-in';

/** Every target of every affected project was run and passed. What did not run is never counted as passed. */
export const tasks = defineCheck({
  name: 'tasks',
  core: true,
  rules: ['target-failed', 'target-failed-on-base', 'target-unclear-on-base', 'target-not-run', 'target-left-to-ci', 'evidence-missing'],
  needs: ['targets'],
  judge: (evidence, find) => {
    const runs = evidence.targets ?? [];
    return [...runs.filter((run) => exists(run, evidence)).flatMap((run) => judgeRun(run, evidence, find)), ...neverAsked(evidence, runs, find), ...leftToCi(evidence, runs, find)];
  },
});

/** A project without a `build` has not left one out. */
function exists({ project, target, status }: TargetRun, { graph }: Evidence): boolean {
  const known = graph?.projects.find((each) => each.name === project);
  return status !== 'not-run' || known === undefined || known.targets.includes(target);
}

const ruleOf = { new: 'target-failed', same: 'target-failed-on-base', unclear: 'target-unclear-on-base' } as const;

function judgeRun(run: TargetRun, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const { project, target, status, tail } = run;
  if (status === 'passed') return [];
  if (status === 'not-run') return [find('target-not-run', { subject: { project }, data: { target, tail }, because: `"${project}:${target}" was not run.` })];
  const baseline = evidence.baselines?.find((each) => each.project === project && each.target === target);
  const judged = judgeBaseline(baseline, new Set(evidence.changes.flatMap(touchedPaths)));
  const data = { target, tail, ...(judged.tests.length === 0 ? {} : { tests: judged.tests }) };
  return [find(ruleOf[judged.status], { subject: { project }, data, because: `"${project}:${target}" ${judged.because}` })];
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
    .filter(({ project, target }) => !listed.has(`${project}:${standIn(evidence, project, target) ?? target}`))
    .map(({ project, target }) =>
      find('target-not-run', { subject: { project }, data: { target }, because: `"${project}:${target}" belongs to an affected project and was not run.` }),
    );
}

/** Said, so that nobody takes the part for the whole. */
function leftToCi(evidence: Evidence, runs: readonly TargetRun[], find: FindingMaker): readonly Finding[] {
  return evidence.policy.targets.flatMap((target) =>
    runs
      .filter((run) => run.status === 'passed' && standIn(evidence, run.project, target) === run.target)
      .map((run) => find('target-left-to-ci', { subject: { project: run.project }, data: { target }, because: `"${run.project}:${run.target}" ran in the place of "${target}", which is left to CI.` })),
  );
}
