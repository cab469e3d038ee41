import type { RankingInput } from '../../context-hub/rank-files';
import type { CommitRecord, TreeEntry } from '../../io/ports';
import type { BacktestCase, OrchestrationGoal, Policy } from '../../model';
import { globMatcher } from '../../patch/matches-globs';
import { specialistsOf } from '../../specialists/registry';
import { loadTreeIndex } from '../load-tree-index';
import { historyDepth, neverRanked } from '../make-plan';
import type { SpecialistDomain } from '../plan/choose-specialist';
import { parsePolicy } from '../plan/parse-policy';
import { policyPath } from '../policy-path';
import { rankingOf } from '../ranking-of';
import { goalOfCase } from './goal-of-case';
import type { CaseWorld } from './run-case';

export interface ReadCase {
  /** As a person would file it; `ranking.goal` is what is searched for. */
  readonly goal: OrchestrationGoal;
  readonly tree: ReadonlyMap<string, TreeEntry>;
  readonly policy: Policy;
  readonly history: readonly CommitRecord[];
  readonly ranking: RankingInput;
  /** Milliseconds that reading and indexing took. */
  readonly indexMs: number;
}

/** A past fix's parent, as a plan for the goal would have read it there. */
export async function readCase(world: CaseWorld, one: BacktestCase, withHistory: boolean): Promise<ReadCase> {
  const { repository, clock } = world;
  const goal = goalOfCase(one);
  const tree = await repository.listTree(one.parent);
  const { policy, specialists } = await policyAt(world, tree, one);
  const begun = clock();
  const index = await loadTreeIndex(world, tree, globMatcher(neverRanked(policy)));
  const history = withHistory ? await repository.history(one.parent, historyDepth) : [];
  const indexMs = clock() - begun;
  return { goal, tree, policy, history, indexMs, ranking: await rankingOf(world, { goal, tree, index, history, policy, specialists }) };
}

/** Where nobody has said yet who changes what: the built-in domains guess at folders, and where a fix was is asked here, not who may make it. */
const everybody: readonly SpecialistDomain[] = [{ name: 'backtest', domain: ['**'] }];

/** As the parent commit has it: a policy written later is later knowledge. */
async function policyAt({ repository }: CaseWorld, tree: ReadonlyMap<string, TreeEntry>, one: BacktestCase): Promise<{ readonly policy: Policy; readonly specialists: readonly SpecialistDomain[] }> {
  const blob = tree.get(policyPath)?.blob;
  const texts = blob === undefined ? new Map<string, string>() : await repository.readBlobTexts(new Map([[policyPath, blob]]));
  const policy = parsePolicy(texts.get(policyPath), `${policyPath} at ${one.parent.slice(0, 12)}`);
  return { policy, specialists: blob === undefined ? everybody : specialistsOf(policy) };
}
