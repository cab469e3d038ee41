import { placeFiles } from '../../context-hub/place-files';
import { rankFiles, scoreLists } from '../../context-hub/rank-files';
import type { BacktestCase, Policy, RankingWeights } from '../../model';
import type { PlacedCase } from './fit-weights';
import { goldOf } from './gold-of';
import { readCase } from './read-case';
import type { CaseWorld } from './run-case';

/** Ranked under several weights at once: the tree is read once. Ranks from 1; `null` beyond what a ranking keeps. */
export async function rankCase<Name extends string>(
  world: CaseWorld, one: BacktestCase, history: boolean, weights: Readonly<Record<Name, RankingWeights>>,
): Promise<Readonly<Record<Name, readonly (number | null)[]>>> {
  const { ranking, policy } = await readCase(world, one, history);
  const gold = await goldIn(world, one, policy);
  const ranks = (each: RankingWeights): readonly (number | null)[] => {
    const paths = rankFiles({ ...ranking, weights: each }).map(({ path }) => path);
    return gold.map((path) => (paths.includes(path) ? paths.indexOf(path) + 1 : null));
  };
  return Object.fromEntries(Object.entries<RankingWeights>(weights).map(([name, each]) => [name, ranks(each)])) as Record<Name, readonly (number | null)[]>;
}

/** All that fusing with other weights needs. Past company is left out: it depends on the files that lead, and so on the weights. */
export async function placeCase(world: CaseWorld, one: BacktestCase, history: boolean): Promise<PlacedCase> {
  const { ranking: { weights: _current, ...ranking }, policy } = await readCase(world, one, history);
  const gold = await goldIn(world, one, policy);
  // With every list at its built-in weight: a list that the policy leaves out could not be taken up again.
  const { lists, evidence } = scoreLists(ranking);
  return { id: one.id, gold, placed: placeFiles(ranking.tree, lists, evidence, gold) };
}

async function goldIn({ repository }: CaseWorld, one: BacktestCase, policy: Policy): Promise<readonly string[]> {
  return one.sourceFiles ?? goldOf(await repository.changes(one.parent, one.sha), policy);
}
