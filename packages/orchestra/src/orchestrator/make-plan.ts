import { readGoal } from '../context-hub/read-goal';
import { rankForGoal } from '../context-hub/rank-files';
import type { FileIndex } from '../context-hub/file-index';
import type { CommitRecord, Io, TreeEntry } from '../io/ports';
import type { GoalClarity, OrchestrationGoal, Policy, RankedFile, WavePlan, WorkspaceGraph } from '../model';
import { globMatcher } from '../patch/matches-globs';
import type { Specialist } from '../specialists/define-specialist';
import { loadIndexes } from './load-index';
import { loadTreeIndex } from './load-tree-index';
import type { PlanInput } from './plan/make-tasks';
import { planOneWave, planWaves } from './plan/plan-waves';
import { rankingOf } from './ranking-of';

/** What planning learnt on the way and packets need again. */
export interface Survey {
  readonly base: string;
  /** The goal with what the bug registers say of it: what is searched for. */
  readonly sought: OrchestrationGoal;
  readonly tree: ReadonlyMap<string, TreeEntry>;
  readonly graph: WorkspaceGraph;
  /** The indexed files, sorted. */
  readonly paths: readonly string[];
  /** The index of each, read when it is first asked for: a plan needs none, a packet many. */
  readonly indexes: () => Promise<ReadonlyMap<string, FileIndex>>;
  readonly ranked: readonly RankedFile[];
  readonly clarity: GoalClarity;
  /** Ancestors of the base commit, newest first. */
  readonly history: readonly CommitRecord[];
}

export interface PlanRequest {
  readonly goal: OrchestrationGoal;
  readonly base: string;
  readonly policy: Policy;
  readonly specialists: readonly Specialist[];
}

/** Commits of history that are read. */
export const historyDepth = 2000;

/** Goals and bug registers describe the bug in the goal's own words: ranking them would point every goal at its own text. */
export function neverRanked(policy: Policy): readonly string[] {
  return [...policy.generated, 'orchestra/**'];
}

/** Reads the base commit once and ranks its files for the goal. Knowledge stops at that commit. */
export async function surveyWorkspace(io: Io, request: PlanRequest): Promise<Survey> {
  const { goal, base, policy, specialists } = request;
  const [tree, graph, history] = await Promise.all([io.repository.listTree(base), io.workspace.graph(), io.repository.history(base, historyDepth)]);
  const index = await loadTreeIndex(io, tree, globMatcher(neverRanked(policy)));
  const ranking = await rankingOf(io, { goal, tree, index, history, policy, specialists });
  const { paths } = index;
  const { files: ranked, clarity } = rankForGoal(ranking);
  let indexes: ReturnType<Survey['indexes']> | undefined;
  return { base, sought: ranking.goal, tree, graph, paths, indexes: () => (indexes ??= loadIndexes(io, tree, paths)), ranked, clarity, history };
}

export function planFrom(survey: Survey, request: PlanRequest): WavePlan {
  return planWaves(planInput(survey, request));
}

/** The same for a goal that is to be one wave, with this number. */
export function planOneFrom(survey: Survey, request: PlanRequest, index: number): WavePlan {
  return planOneWave(planInput(survey, request), index);
}

/** Of a survey, what planning rests on. */
export function planInput({ base, graph, ranked, clarity, sought }: Survey, { goal, policy, specialists }: PlanRequest): PlanInput {
  return { goal, base, graph, ranked, policy, specialists, clarity, quotes: readGoal(sought).quotes.length > 0 };
}
