import type { FileIndex } from '../context-hub/file-index';
import type { RankingInput } from '../context-hub/rank-files';
import type { CommitRecord, Io, TreeEntry } from '../io/ports';
import type { OrchestrationGoal, Policy } from '../model';
import type { SpecialistDomain } from './plan/choose-specialist';
import { inReachOf } from './plan/in-reach-of';
import { readRegister, withRegister } from './read-register';

export interface RankingRequest {
  readonly goal: OrchestrationGoal;
  readonly tree: ReadonlyMap<string, TreeEntry>;
  readonly indexes: ReadonlyMap<string, FileIndex>;
  readonly history: readonly CommitRecord[];
  readonly policy: Policy;
  readonly specialists: readonly SpecialistDomain[];
}

/** What a goal is searched for and ranked by: one answer for plans, packets and the backtest that measures them. */
export async function rankingOf(io: Pick<Io, 'repository'>, { goal, tree, indexes, history, policy, specialists }: RankingRequest): Promise<RankingInput> {
  const sought = withRegister(goal, await readRegister(io, tree, goal));
  return { goal: sought, files: indexes, history, inReach: inReachOf(specialists), weights: policy.ranking.weights };
}
