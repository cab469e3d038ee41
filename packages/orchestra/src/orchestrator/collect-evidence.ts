import type { Io } from '../io/ports';
import type { Evidence, OrchestrationGoal, Policy, TargetRun, WavePlan, WorkspaceGraph } from '../model';
import { matchesGlobs } from '../patch/matches-globs';
import { specialistsOf } from '../specialists/registry';
import { touchedPaths, withoutRecords } from '../validator/classify-path';
import { collectExports } from './collect-exports';
import { loadIndex } from './load-index';
import { planFrom, surveyWorkspace } from './make-plan';
import { notesOf, proposalsOf, readRecords, withGrants, type DiffRecords } from './read-records';
import { productionFilesOf } from './rehearse';
import { runProof } from './run-proof';

export interface EvidenceRequest {
  readonly base: string;
  /** Undefined: the working tree. */
  readonly head?: string;
  readonly kind: Evidence['kind'] | undefined;
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
  const records = readRecords(changes);
  // Only this run's targets and proof leave our records out; the judge gets the whole diff and decides itself what is a record.
  const judged = withoutRecords(changes, policy);
  const kind = request.kind ?? kindOf(records.goals);
  const planned = shallow ? undefined : await planAgain(io, request, records);
  const tree = await io.repository.listTree(request.base);
  const exports = collectExports(judged, await loadIndex(io, tree, (path) => matchesGlobs(path, [...policy.generated, 'orchestra/**'])), policy);
  const before = await io.repository.fingerprint();
  const affected = await io.workspace.affected([...new Set(judged.flatMap(touchedPaths))].sort());
  const targets = await runTargets(io, graph, affected.map((each) => each.name), policy);
  const proof = kind === 'bugfix'
    ? await runProof({ io, graph, policy, base: request.base, changes: judged, productionFiles: productionFilesOf([...new Set([...tree.keys(), ...judged.map((change) => change.path)])], policy) })
    : undefined;
  const after = await io.repository.fingerprint();
  return {
    records,
    evidence: {
      kind, base: request.base, head: request.head ?? 'working-tree', shallow, policy, changes, graph, affected, targets, exports,
      goals: records.goals, goalsAtBase: records.goalsAtBase, notes: notesOf(records.locks),
      disturbed: differences(before, after), containment: [...(await io.tests.containment()), ...(await io.targets.containment())],
      ...(planned === undefined ? {} : { plans: planned }),
      ...(records.unreadable.length === 0 ? {} : { unreadableRecords: records.unreadable }),
      ...(records.locks.length === 0 ? {} : { proposals: proposalsOf(records.locks) }),
      ...(proof === undefined ? {} : { proof }),
    },
  };
}

/** A diff that carries a bugfix goal is held to the bugfix law, whatever else it carries. */
function kindOf(goals: readonly OrchestrationGoal[]): Evidence['kind'] {
  if (goals.length === 0) {
    return 'change';
  }
  return goals.some((goal) => goal.type === 'bugfix') ? 'bugfix' : 'feature';
}

async function planAgain(io: Io, request: EvidenceRequest, records: DiffRecords): Promise<readonly WavePlan[]> {
  const specialists = specialistsOf(request.policy);
  const plans: WavePlan[] = [];
  for (const goal of records.goals) {
    io.progress.step(`gate: planning ${goal.id} again from the base commit`);
    const planRequest = { goal, base: request.base, policy: request.policy, specialists };
    const survey = await surveyWorkspace(io, planRequest);
    plans.push(withGrants(planFrom(survey, planRequest), records.locks, specialists, request.policy));
  }
  return plans;
}

/** Every pair that should run comes back; a project without the target is not asked for it. */
async function runTargets(io: Io, graph: WorkspaceGraph, affected: readonly string[], policy: Policy): Promise<readonly TargetRun[]> {
  const projects = graph.projects.filter((project) => affected.includes(project.name) && project.targets.some((target) => policy.targets.includes(target)));
  if (projects.length === 0) {
    return [];
  }
  io.progress.step(`gate: ${policy.targets.join(', ')} of ${projects.map((project) => project.name).join(', ')}`);
  return io.targets.run({ projects: projects.map((project) => project.name), targets: policy.targets });
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
}
