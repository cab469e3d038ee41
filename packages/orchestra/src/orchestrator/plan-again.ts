import type { Io } from '../io/ports';
import { ownerOfFile } from '../graph/owner-of-file';
import type { Evidence, FiledFollowUp, OrchestrationGoal, PlanRefinement, WavePlan, WorkspaceGraph } from '../model';
import { canonicalJson } from '../model/canonical-json';
import { specialistsOf } from '../specialists/registry';
import type { EvidenceRequest } from './collect-evidence';
import { planFrom, planInput, planOneFrom, surveyWorkspace, type PlanRequest, type Survey } from './make-plan';
import { goalOfFollowUps } from './plan/follow-ups';
import { leasedBeyond, refinePlan } from './plan/refine-plan';
import { readInbox, type CommittedGoal } from './read-inbox';
import { filedBy, withGrants, type DiffRecords } from './read-records';

export interface PlansAgain {
  readonly plans: readonly WavePlan[];
  readonly followUps: NonNullable<Evidence['followUps']>;
  readonly refinements: NonNullable<Evidence['refinements']>;
}

interface FollowUpWave {
  readonly index: number;
  readonly followUps: readonly FiledFollowUp[];
}

/**
 * Every goal that the diff is about, planned again from base tree and base policy. A wave of follow-ups is planned from what was
 * filed: the diff's plan only names them. Where the diff brings nothing but such waves, their lease is all there is. Of a plan that a model made, the
 * choice of specialists and projects is read and nothing else: tasks and leases are made of it here, where base offers those projects.
 */
export async function planAgain(io: Io, request: EvidenceRequest, records: DiffRecords): Promise<PlansAgain> {
  const plans: WavePlan[] = [];
  const told: PlansAgain['followUps'][number][] = [];
  const refinements: PlansAgain['refinements'][number][] = [];
  for (const goal of records.goals) {
    io.progress.step(`gate: planning ${goal.id} again from the base commit`);
    const committed = await readInbox(io.repository, request.base, goal.id);
    const graph = await io.workspace.graph();
    // The command plans none that no specialist could write for, so a plan with one was not made by it.
    const waves = followUpWaves(goal, records, committed).filter(({ followUps }) => goalOfFollowUps(goal, followUps, { policy: request.policy, graph }).unusable.length === 0);
    const surveyed = await surveyFor(io, request, records, goal);
    const plain = planFrom(surveyed.survey, surveyed.planRequest);
    const hub = withGrants(plain, records.locks, surveyed.planRequest.specialists, request.policy, graph);
    const locked = records.locks.filter(({ goalId }) => goalId === goal.id);
    const refined = refinedOf(surveyed, plain, records, committed);
    const own = refined.plan ?? hub;
    refinements.push(...refined.rewritten);
    if (waves.length === 0 || locked.some(({ wave }) => waves.every(({ index }) => index !== wave))) {
      plans.push(own);
      refinements.push(...refined.told);
    }
    for (const wave of waves) {
      const plan = await planOfFollowUps(io, request, records, goal, wave);
      plans.push(plan);
      told.push(...wave.followUps.map((each) => ({ ...each, goalId: goal.id, ...originOf(each, committed, { own, plan }) })));
    }
  }
  return { plans, followUps: told, refinements };
}

type ToldRefinement = PlansAgain['refinements'][number];

interface Refined {
  /** Absent where nothing was chosen, or base does not offer it: then the hub's lease is all there is. */
  readonly plan?: WavePlan;
  /** Of the choice that the plan was made by. */
  readonly told: readonly ToldRefinement[];
  /** Of one that the diff puts in its place. It leases nothing yet, and would be agreed to as soon as it is committed. */
  readonly rewritten: readonly ToldRefinement[];
}

/**
 * The plan as a model refined it, made again. The choice is taken from base where base has one, so that the diff cannot change what was committed; what comes with
 * the diff and leases more than the hub would, now or once it is committed, is told, for a person.
 */
function refinedOf(surveyed: SurveyedDiff, plain: WavePlan, records: DiffRecords, committed: CommittedGoal): Refined {
  const { goal } = surveyed.planRequest;
  const atBase = committed.plan?.refinement;
  const written = records.plans.find((each) => each.goal.id === goal.id)?.refinement;
  const changed = written !== undefined && canonicalJson(written.waves) !== canonicalJson(atBase?.waves ?? []);
  if ([atBase, written].every((each) => each === undefined || each.waves.length === 0)) return { told: [], rewritten: [] };
  const refineAs = (refinement: PlanRefinement, held: boolean) => refineAgain(surveyed, plain, refinement, held);
  const used = atBase ?? written;
  const own = used === undefined || used.waves.length === 0 ? undefined : refineAs(used, atBase !== undefined);
  return {
    ...(own?.plan === undefined ? {} : { plan: own.plan }),
    told: own === undefined ? [] : [own.told],
    rewritten: atBase === undefined || !changed || written.waves.length === 0 ? [] : [{ ...refineAs(written, false).told, replaces: true }],
  };
}

interface SurveyedDiff {
  readonly survey: Survey;
  readonly planRequest: PlanRequest;
  readonly locks: DiffRecords['locks'];
}

/** What a model may say of its plan; a record can hold a megabyte of it, and a report has other things to tell. */
const longestWords = 300;

function refineAgain({ survey, planRequest, locks }: SurveyedDiff, plain: WavePlan, refinement: PlanRefinement, atBase: boolean): { readonly plan?: WavePlan; readonly told: ToldRefinement } {
  const { goal, policy, specialists } = planRequest;
  const { graph } = survey;
  const refined = refinePlan(planInput(survey, planRequest), plain, refinement.waves, atBase ? refinement.waves.flatMap((tasks) => tasks.flatMap(({ projects }) => projects)) : []);
  const told = { goalId: goal.id, model: refinement.model.slice(0, longestWords), why: (refinement.why ?? '').slice(0, longestWords), atBase };
  if (refined.kind === 'refused') return { told: { ...told, beyond: [], refused: [...refined.mistakes] } };
  const beyond = atBase ? [] : [...new Set([...leasedBeyond(graph, plain, refined.plan), ...targetsTaken(graph, plain, refined.plan)])].sort();
  return { plan: withGrants(refined.plan, locks, specialists, policy, graph), told: { ...told, beyond, refused: [] } };
}

/** A file that the goal names outside the hub's projects is a person's to allow, and not less so because a choice makes its project a planned one. */
function targetsTaken(graph: WorkspaceGraph, hub: WavePlan, plan: WavePlan): readonly string[] {
  const owners = new Set((plan.goal.targetFiles ?? []).flatMap((path) => ownerOfFile(graph, path) ?? []));
  const planned = projectsOf(hub);
  return plan.waves.flatMap(({ tasks }) => tasks.flatMap(({ agent, projects }) => projects.filter((name) => owners.has(name) && !planned.includes(name)).map((name) => `${agent} in ${name}`)));
}

async function surveyFor(io: Io, { base, policy }: EvidenceRequest, { locks }: DiffRecords, goal: OrchestrationGoal): Promise<SurveyedDiff> {
  const planRequest = { goal, base, policy, specialists: specialistsOf(policy) };
  return { survey: await surveyWorkspace(io, planRequest), planRequest, locks };
}

async function planOfFollowUps(io: Io, request: EvidenceRequest, records: DiffRecords, goal: OrchestrationGoal, { index, followUps }: FollowUpWave): Promise<WavePlan> {
  const { policy } = request;
  const asked = goalOfFollowUps(goal, followUps, { policy, graph: await io.workspace.graph() }).goal;
  const { survey, planRequest, locks } = await surveyFor(io, request, records, asked);
  return withGrants(planOneFrom(survey, planRequest, index), locks, planRequest.specialists, policy, survey.graph);
}

/**
 * The waves whose lock the diff holds and whose plan names follow-ups. Words are taken from base where base has them, so that the
 * diff cannot reword what was committed; what an earlier wave was planned for has been spent.
 */
function followUpWaves(goal: OrchestrationGoal, records: DiffRecords, committed: CommittedGoal): readonly FollowUpWave[] {
  const plan = records.plans.find((each) => each.goal.id === goal.id) ?? committed.plan;
  const filed = new Map([...filedBy(records.locks, goal.id), ...committed.filed].map((each) => [each.id, each]));
  const spent = new Set((committed.plan?.waves ?? []).filter(({ index }) => committed.waves.includes(index)).flatMap((wave) => (wave.followUps ?? []).map(({ id }) => id)));
  const locked = new Set(records.locks.filter(({ goalId }) => goalId === goal.id).map(({ wave }) => wave));
  return (plan?.waves ?? []).flatMap(({ index, followUps }) => {
    const named = (followUps ?? []).flatMap(({ id }) => (spent.has(id) ? [] : (filed.get(id) ?? [])));
    return locked.has(index) && named.length > 0 ? [{ index, followUps: named }] : [];
  });
}

/** A follow-up of base was read with the wave that filed it. One that the diff brings along is held against what the goal leases. */
function originOf({ id }: FiledFollowUp, committed: CommittedGoal, { own, plan }: { readonly own: WavePlan; readonly plan: WavePlan }): { readonly atBase: boolean; readonly beyond: readonly string[] } {
  const atBase = committed.filed.some((each) => each.id === id);
  const leased = new Set(projectsOf(own));
  return { atBase, beyond: atBase ? [] : projectsOf(plan).filter((name) => !leased.has(name)) };
}

function projectsOf(plan: WavePlan): readonly string[] {
  return [...new Set(plan.waves.flatMap((wave) => wave.tasks.flatMap((task) => task.projects)))].sort();
}
