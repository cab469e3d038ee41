import { importGraph } from '../context-hub/import-graph';
import type { Io, TargetOutcome } from '../io/ports';
import type { Baseline, Evidence, OrchestrationGoal, Policy, TargetRun, WorkspaceGraph } from '../model';
import { globMatcher } from '../patch/matches-globs';
import { touchedPaths, withoutRecords } from '../validator/classify-path';
import { sameGoal } from '../validator/same-goal';
import { compareWithBase } from './compare-with-base';
import { standIn } from '../validator/stand-in';
import { collectExports } from './collect-exports';
import { collectRoutes } from './collect-routes';
import { explainAffected } from './explain-affected';
import { indexedPaths, loadIndexes } from './load-index';
import { neverRanked } from './make-plan';
import { planAgain } from './plan-again';
import { grantedPaths, notesOf, proposalsOf, readGoalRecord, readRecords, type DiffRecords } from './read-records';
import { goalRecordPath } from './record-files';
import { productionFilesOf } from './rehearse';
import { runProof } from './run-proof';

export interface EvidenceRequest {
  readonly base: string;
  /** Undefined: the working tree. */
  readonly head?: string;
  readonly kind: Evidence['kind'] | undefined;
  /** The open wave that is judged: its goal may have been committed with an earlier wave. */
  readonly goalId?: string;
  /** Policy as it stands at base: the diff cannot loosen its own judge. */
  readonly policy: Policy;
}

export interface CollectedEvidence {
  readonly evidence: Evidence;
  readonly records: DiffRecords;
}

/**
 * Collects what the judge needs, running what has to be run. What could not be collected stays undefined and becomes a
 * finding; nothing here decides anything.
 */
export async function collectEvidence(io: Io, request: EvidenceRequest): Promise<CollectedEvidence> {
  const { policy } = request;
  io.progress.step('gate: reading the change');
  const [changes, shallow, graph] = await Promise.all([io.repository.changes(request.base, request.head), io.repository.isShallow(), io.workspace.graph()]);
  const records = await withGoalsAtBase(io, request, readRecords(changes), changes.map((change) => change.path));
  // Only this run's targets and proof leave our records out; the judge gets the whole diff and decides itself what is a record.
  const judged = withoutRecords(changes, policy);
  const kind = request.kind ?? kindOf(records.goals);
  const planned = shallow ? undefined : await planAgain(io, request, records);
  const tree = await io.repository.listTree(request.base);
  const indexes = await loadIndexes(io, tree, indexedPaths(tree, globMatcher(neverRanked(policy))));
  const atBase = { indexes, read: (paths: readonly string[]) => io.repository.readTexts(request.base, paths) };
  const exports = await collectExports(judged, atBase, policy);
  const routes = await collectRoutes(io.repository, { ...atBase, base: request.base, changes: judged, exports, policy });
  const before = await io.repository.fingerprint();
  const touched = [...new Set(judged.flatMap(touchedPaths))].sort();
  const affected = explainAffected(await io.workspace.affected(touched), touched, graph, importGraph(indexes));
  const head = request.head ?? 'working-tree';
  const outcomes = await runTargets(io, graph, affected.map((each) => each.name), { policy, head });
  const baselines = await compareWithBase({ io, graph, policy, base: request.base, changes: judged, outcomes });
  const proof = kind === 'bugfix'
    ? await runProof({ io, graph, policy, base: request.base, changes: judged, productionFiles: productionFilesOf([...new Set([...tree.keys(), ...judged.map((change) => change.path)])], policy) })
    : undefined;
  const after = await io.repository.fingerprint();
  return {
    records,
    evidence: {
      kind, base: request.base, head, shallow, policy, changes, graph, affected, exports, routes,
      targets: outcomes.map((outcome) => toTargetRun(outcome, baselines)), baselines,
      goals: records.goals, goalsAtBase: records.goalsAtBase, notes: notesOf(records.locks),
      disturbed: differences(before, after), containment: [...(await io.tests.containment()), ...(await io.targets.containment())],
      ...(planned === undefined ? {} : { plans: planned.plans }),
      ...(planned === undefined || planned.followUps.length === 0 ? {} : { followUps: planned.followUps }),
      ...(planned === undefined || planned.refinements.length === 0 ? {} : { refinements: planned.refinements }),
      ...(grantedPaths(records.locks).length === 0 ? {} : { granted: grantedPaths(records.locks) }),
      ...(records.unreadable.length === 0 ? {} : { unreadableRecords: records.unreadable }),
      ...(records.locks.length === 0 ? {} : { proposals: proposalsOf(records.locks) }),
      ...(proof === undefined ? {} : { proof }),
    },
  };
}

/**
 * Every wave that the diff touches, or that is judged, belongs to a goal. A goal that was committed with an earlier wave is not in
 * the diff; it is read at base, or the second wave of a feature would be a diff that nobody planned.
 */
async function withGoalsAtBase(io: Io, request: EvidenceRequest, records: DiffRecords, paths: readonly string[]): Promise<DiffRecords> {
  const touched = paths.flatMap((path) => /^orchestra\/waves\/([a-z0-9-]+)\//.exec(path)?.[1] ?? []);
  const ids = [...new Set([...touched, ...(request.goalId === undefined ? [] : [request.goalId])])].filter((id) => !records.goals.some((goal) => goal.id === id)).sort();
  const own = records.goals.map((goal) => goal.id);
  const texts = await io.repository.readTexts(request.base, [...ids.map(goalRecordPath), ...own.map(goalFilePath)]);
  const found = ids.map((id) => ({ path: goalRecordPath(id), goal: readGoalRecord(texts.get(goalRecordPath(id))) }));
  const goals = found.flatMap(({ goal }) => (goal === undefined ? [] : [goal]));
  const known = new Set(records.unreadable.map((each) => each.path));
  return {
    ...records,
    goals: [...records.goals, ...goals],
    // The record of an earlier wave stands last: it is what an edited goal is held against.
    goalsAtBase: [...committedGoals(records.goals, texts), ...records.goalsAtBase, ...goals],
    unreadable: [...records.unreadable, ...found.flatMap(({ path, goal }) => (goal === undefined && !known.has(path) ? [{ path, because: 'neither the change nor its base holds a valid goal for this wave' }] : []))],
  };
}

const goalFilePath = (id: string): string => `orchestra/goals/${id}.json`;

/**
 * Goals whose file was committed before the wave began, as it is. Secrets may have been taken out of the record, and a YAML file
 * is not read here: such a goal counts as brought along by the diff, which asks for more and never for less.
 */
function committedGoals(goals: readonly OrchestrationGoal[], texts: ReadonlyMap<string, string>): readonly OrchestrationGoal[] {
  return goals.filter((goal) => {
    const file = readGoalRecord(texts.get(goalFilePath(goal.id)));
    return file !== undefined && sameGoal(goal, file);
  });
}

/** A diff that carries a bugfix goal is held to the bugfix law, whatever else it carries. */
function kindOf(goals: readonly OrchestrationGoal[]): Evidence['kind'] {
  if (goals.length === 0) {
    return 'change';
  }
  return goals.some((goal) => goal.type === 'bugfix') ? 'bugfix' : 'feature';
}

/** Without the whole output, which only the comparison needs. */
function toTargetRun({ project, target, status, tail }: TargetOutcome, baselines: readonly Baseline[]): TargetRun {
  const onBase = baselines.find((each) => each.project === project && each.target === target)?.status ?? 'not-run';
  return { project, target, status, tail, ...(status !== 'failed' || onBase === 'not-run' ? {} : { failsOnBase: onBase === 'failed' }) };
}

/** Every pair that should run comes back; a project without the target is not asked for it. One child nx for all that want the same targets. */
async function runTargets(io: Io, graph: WorkspaceGraph, affected: readonly string[], asked: Pick<Evidence, 'policy' | 'head'>): Promise<readonly TargetOutcome[]> {
  const groups = new Map<string, { readonly projects: string[]; readonly targets: readonly string[] }>();
  for (const project of graph.projects.filter(({ name }) => affected.includes(name))) {
    const targets = asked.policy.targets.map((target) => standIn(asked, project.name, target) ?? target);
    if (!project.targets.some((target) => targets.includes(target))) continue;
    const key = targets.join('\0');
    groups.set(key, { targets, projects: [...(groups.get(key)?.projects ?? []), project.name] });
  }
  const outcomes: TargetOutcome[] = [];
  for (const { projects, targets } of groups.values()) {
    io.progress.step(`gate: ${targets.join(', ')} of ${projects.join(', ')}`);
    outcomes.push(...(await io.targets.run({ projects, targets })));
  }
  return outcomes;
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
}
