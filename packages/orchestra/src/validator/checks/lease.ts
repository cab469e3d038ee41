import { sha256, type ChangedFile, type Evidence, type Finding, type OrchestrationGoal, type WavePlan } from '../../model';
import { ownerOfFile } from '../../graph/owner-of-file';
import { canonicalJson } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { classifyPath, touchedPaths, withoutRecords } from '../classify-path';
import { defineCheck, evidenceMissing, type FindingMaker } from '../define-check';
import { sameGoal } from '../same-goal';

/**
 * Nothing changed outside the permission the plan gave, and nobody widened that permission in the diff itself. The plans
 * are those made again from the tree and the policy at base.
 */
export const lease = defineCheck({
  name: 'lease',
  core: true,
  rules: ['outside-lease', 'amended-by-hand', 'goal-edited', 'goal-targets-outside', 'goal-too-wide', 'goal-in-diff', 'follow-up-planned', 'follow-up-beyond-goal', 'plan-by-model', 'plan-beyond-hub', 'history-shallow', 'record-unreadable', 'lease-granted', 'evidence-missing'],
  needs: [],
  // A diff that was read and carries no goal has no lease, whatever law it is judged by; goals that were not read are missing evidence.
  appliesTo: ({ kind, goals, plans, unreadableRecords }) =>
    (goals === undefined ? kind !== 'change' : goals.length > 0) || (plans ?? []).length > 0 || (unreadableRecords ?? []).length > 0,
  judge: (evidence, find) => {
    const goals = [...unreadable(evidence, find), ...judgeGoals(evidence, find)];
    if (evidence.shallow) return [...goals, shallow(find)];
    if (evidence.plans === undefined) return [...goals, evidenceMissing(find, 'plans')];
    // Without a readable goal there is no lease to hold anything against; the unreadable record is then the finding.
    if (evidence.plans.length === 0) return goals;
    return [...goals, ...followUps(evidence, find), ...refinements(evidence, find), ...evidence.plans.flatMap((plan) => judgePlan(plan, evidence, find)), ...paths(evidence, evidence.plans, find), ...granted(evidence, find), ...amendments(evidence, find)];
  },
});

/** A broken goal must not turn a bugfix into a diff without a law. */
function unreadable(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  return (evidence.unreadableRecords ?? []).map(({ path, because }) => find('record-unreadable', { subject: { path }, because: `${path} cannot be read: ${because}` }));
}

function shallow(find: FindingMaker): Finding {
  return find('history-shallow', { because: 'The clone holds no full history, so the plan cannot be made again from base and no lease was compared.' });
}

/** The union of the leases: several goals in one diff each bring their own. */
function paths(evidence: Evidence, plans: readonly WavePlan[], find: FindingMaker): readonly Finding[] {
  const tasks = plans.flatMap((plan) => plan.waves.flatMap((wave) => wave.tasks));
  return withoutRecords(evidence.changes, evidence.policy)
    .flatMap(touchedPaths)
    .filter((path) => classifyPath(path, evidence.policy) !== 'record' && !isGoalFile(path))
    .filter((path) => !tasks.some((task) => matchesGlobs(path, task.mayTouch)))
    .map((path) => find('outside-lease', { subject: { path }, because: `No task of the plan may touch ${path}.`, data: { tasks: tasks.map((task) => task.id) } }));
}

/** Inside the lease, but only because it was asked for on the way: the forecast did not know of it. */
function granted(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const touched = new Set(withoutRecords(evidence.changes, evidence.policy).flatMap(touchedPaths));
  return (evidence.granted ?? []).filter((path) => touched.has(path)).map((path) => find('lease-granted', { subject: { path }, because: `${path} was granted on a specialist's request, beyond the planned projects.` }));
}

/** The goal is the person's own word: it is shown in full and judged apart, not leased to a specialist. */
function isGoalFile(path: string): boolean {
  return /^orchestra\/goals\/[^/]+\.(json|ya?ml|md)$/.test(path);
}

/** Proposals are hashed with LF endings, as packets and replies are. */
function amendments(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const { proposals } = evidence;
  if (proposals === undefined) return [];
  const actual = new Map(withoutRecords(evidence.changes, evidence.policy).flatMap(stateOf));
  const amended = [...new Set([...actual.keys(), ...Object.keys(proposals)])].filter((path) => !agrees(actual.get(path), proposals[path])).sort();
  return amended.map((path) =>
    find('amended-by-hand', { subject: { path }, because: howAmended(path, actual.has(path), proposals[path] !== undefined) }),
  );
}

/** Both hashes of a text: as it stands and with LF endings, because a checkout may have turned one into the other. */
function stateOf(change: ChangedFile): readonly (readonly [string, readonly string[]])[] {
  const head = change.status === 'deleted' || change.head === undefined ? ['deleted'] : hashesOf(change.head);
  const gone = change.status === 'renamed' && change.previousPath !== undefined ? [[change.previousPath, ['deleted']] as const] : [];
  return [...gone, [change.path, head]];
}

function hashesOf(text: string | null): readonly string[] {
  return text === null ? [] : [sha256(text), sha256(text.replaceAll('\r\n', '\n'))];
}

function agrees(actual: readonly string[] | undefined, proposed: string | undefined): boolean {
  return actual !== undefined && proposed !== undefined && actual.includes(proposed);
}

function howAmended(path: string, changed: boolean, proposed: boolean): string {
  if (!proposed) return `${path} was changed, and no specialist proposed that.`;
  return changed ? `${path} is not what the specialist proposed.` : `${path} was proposed and is unchanged.`;
}

function judgeGoals(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const before = new Map((evidence.goalsAtBase ?? []).map((goal) => [goal.id, goal]));
  return (evidence.goals ?? []).flatMap((goal) => {
    const old = before.get(goal.id);
    if (old === undefined) return [shown(goal, find)];
    return sameGoal(goal, old) ? [] : [edited(goal, old, find)];
  });
}

function shown(goal: OrchestrationGoal, find: FindingMaker): Finding {
  return find('goal-in-diff', { because: `Goal "${goal.id}" (${goal.type}): ${goal.title}. ${goal.description}`, data: { goal } });
}

function edited(goal: OrchestrationGoal, old: OrchestrationGoal, find: FindingMaker): Finding {
  const keys = [...new Set([...Object.keys(goal), ...Object.keys(old)])] as (keyof OrchestrationGoal)[];
  const changed = keys.filter((key) => canonicalJson(goal[key] ?? null) !== canonicalJson(old[key] ?? null)).sort();
  return find('goal-edited', {
    because: `Goal "${goal.id}" differs from its version at base in ${changed.join(', ')}.`,
    data: { before: old, after: goal },
  });
}

/** What stands at base was read when it was committed; what comes with the change reaches no further than its goal unless a person agrees. */
function followUps(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  return (evidence.followUps ?? []).flatMap(({ goalId, id, title, detail, paths, atBase, beyond }) => [
    find('follow-up-planned', { because: `Follow-up ${id} of goal "${goalId}", filed ${atBase ? 'in a wave that is committed' : 'in this very change'}: ${title}. ${detail}`, data: { id, paths, atBase } }),
    ...(beyond.length === 0 ? [] : [find('follow-up-beyond-goal', { because: `Follow-up ${id} leases ${beyond.join(', ')}, which goal "${goalId}" does not, and it was filed in this very change.`, data: { id, beyond } })]),
  ]);
}

/**
 * A model's choice of projects is as good as its reasons: what the hub would have leased anyway is told, what it would not is a person's to allow. So is a choice
 * that leases nothing here: committed, it would be one that was agreed to.
 */
function refinements(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  return (evidence.refinements ?? []).flatMap(({ goalId, model, why, atBase, beyond, refused, replaces = false }) => {
    const words = why === '' ? '' : ` It says: ${why}.`;
    const how = replaces ? 'and this change puts it in place of the committed one, which the lease follows' : refused.length > 0 ? `but base does not offer what it chose, so the lease is the hub's: ${refused.join('; ')}` : `and ${atBase ? 'committed before' : 'its choice comes with this change'}`;
    const unoffered = atBase ? [] : refused;
    return [
      find('plan-by-model', { because: `The plan of goal "${goalId}" was made by a model (${model}), ${how}.${words}`, data: { model, atBase, refused } }),
      ...(beyond.length === 0 ? [] : [find('plan-beyond-hub', { because: `The plan of goal "${goalId}" leases to ${beyond.join(', to ')} what the hub's own plan does not; a model (${model}) chose it.${words}`, data: { beyond } })]),
      ...(unoffered.length === 0 ? [] : [find('plan-beyond-hub', { because: `The plan of goal "${goalId}" holds a choice that base does not offer, and would lease by it once it is committed: ${unoffered.join('; ')}.`, data: { refused: unoffered } })]),
    ];
  });
}

function judgePlan(plan: WavePlan, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const planned = [...new Set(plan.waves.flatMap((wave) => wave.tasks.flatMap((task) => task.projects)))].sort();
  // What a committed goal names, a person has agreed to; what the diff brings along, nobody has.
  const agreed = (evidence.goalsAtBase ?? []).some((old) => old.id === plan.goal.id && sameGoal(plan.goal, old));
  return [...(agreed ? [] : targetsOutside(plan.goal, planned, evidence, find)), ...tooWide(plan.goal, planned, evidence, find)];
}

function targetsOutside(goal: OrchestrationGoal, planned: readonly string[], evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const { graph } = evidence;
  if (goal.targetFiles === undefined || goal.targetFiles.length === 0) return [];
  if (graph === undefined) return [evidenceMissing(find, 'graph')];
  const outside = goal.targetFiles.filter((path) => !planned.includes(ownerOfFile(graph, path) ?? '')).sort();
  if (outside.length === 0) return [];
  return [find('goal-targets-outside', { because: `Goal "${goal.id}" names ${outside.join(', ')}; planned are ${planned.join(', ') || 'no projects'}.`, data: { outside, planned } })];
}

function tooWide(goal: OrchestrationGoal, planned: readonly string[], evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const limit = evidence.policy.limits[goal.type].projects.block;
  if (planned.length <= limit) return [];
  return [find('goal-too-wide', { because: `Goal "${goal.id}" leases ${planned.length} projects; a ${goal.type} may touch ${limit}.`, data: { planned, limit } })];
}
