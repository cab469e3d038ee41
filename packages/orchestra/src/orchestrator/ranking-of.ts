import type { FileIndex } from '../context-hub/file-index';
import { lookForEvidence } from '../context-hub/look-for-evidence';
import type { RankingInput } from '../context-hub/rank-files';
import type { TreeIndex } from '../context-hub/tree-index';
import type { CommitRecord, Io, TreeEntry } from '../io/ports';
import type { OrchestrationGoal, Policy } from '../model';
import { loadIndexes } from './load-index';
import type { SpecialistDomain } from './plan/choose-specialist';
import { inReachOf } from './plan/in-reach-of';
import { readRegister, withRegister } from './read-register';

export interface RankingRequest {
  readonly goal: OrchestrationGoal;
  readonly tree: ReadonlyMap<string, TreeEntry>;
  readonly index: TreeIndex;
  readonly history: readonly CommitRecord[];
  readonly policy: Policy;
  readonly specialists: readonly SpecialistDomain[];
}

type World = Pick<Io, 'index' | 'repository' | 'progress'>;

/** What a goal is searched for and ranked by: one answer for plans, packets and the backtest that measures them. */
export async function rankingOf(io: World, { goal, tree, index, history, policy, specialists }: RankingRequest): Promise<RankingInput> {
  const sought = withRegister(goal, await readRegister(io, tree, goal));
  const evidence = await gatherEvidence(io, tree, sought, index);
  return { goal: sought, tree: index, evidence, history, inReach: inReachOf(specialists), weights: policy.ranking.weights };
}

/** Every round reads more of the tree than the one before, or is the last: a cached segment may tell of a file whose blob can no longer be read. */
async function gatherEvidence(io: World, tree: RankingRequest['tree'], goal: OrchestrationGoal, index: TreeIndex): Promise<RankingInput['evidence']> {
  const files = new Map<string, FileIndex>();
  for (;;) {
    const { evidence, missing } = lookForEvidence(goal, index, files);
    const found = await loadIndexes(io, tree, missing);
    if (found.size === 0) return evidence;
    for (const [path, file] of found) files.set(path, file);
  }
}
