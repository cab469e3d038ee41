import { placeFiles } from '../../context-hub/place-files';
import { rankFiles, scoreLists, type RankingInput } from '../../context-hub/rank-files';
import type { BacktestCase, RankingWeights } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { loadIndex } from '../load-index';
import { historyDepth, neverRanked } from '../make-plan';
import type { PlacedCase } from './fit-weights';
import { goalOfCase } from './goal-of-case';
import { goldOf } from './gold-of';
import { policyAt, type CaseWorld } from './run-case';

/** Ranked under several weights at once: the tree is read once. Ranks from 1; `null` beyond what a ranking keeps. */
export async function rankCase<Name extends string>(
  world: CaseWorld, one: BacktestCase, history: boolean, weights: Readonly<Record<Name, RankingWeights>>,
): Promise<Readonly<Record<Name, readonly (number | null)[]>>> {
  const { input, gold } = await readCase(world, one, history);
  const ranks = (each: RankingWeights): readonly (number | null)[] => {
    const paths = rankFiles({ ...input, weights: each }).map(({ path }) => path);
    return gold.map((path) => (paths.includes(path) ? paths.indexOf(path) + 1 : null));
  };
  return Object.fromEntries(Object.entries<RankingWeights>(weights).map(([name, each]) => [name, ranks(each)])) as Record<Name, readonly (number | null)[]>;
}

/** All that fusing with other weights needs. Past company is left out: it depends on the files that lead, and so on the weights. */
export async function placeCase(world: CaseWorld, one: BacktestCase, history: boolean): Promise<PlacedCase> {
  const { input, gold } = await readCase(world, one, history);
  const { corpus, lists, evidence } = scoreLists(input);
  return { id: one.id, gold, placed: placeFiles(corpus, lists, evidence, gold) };
}

async function readCase(world: CaseWorld, one: BacktestCase, history: boolean): Promise<{ readonly input: RankingInput; readonly gold: readonly string[] }> {
  const { repository } = world;
  const tree = await repository.listTree(one.parent);
  const policy = await policyAt(world, tree, one);
  const files = await loadIndex(world, tree, (path) => matchesGlobs(path, neverRanked(policy)));
  const commits = history ? await repository.history(one.parent, historyDepth) : [];
  const gold = one.sourceFiles ?? goldOf(await repository.changes(one.parent, one.sha), policy);
  return { input: { goal: goalOfCase(one), files, history: commits }, gold };
}
