import { applyOrder } from '../../context-hub/apply-order';
import { buildPacket } from '../../context-hub/build-packet';
import { chooseCandidates } from '../../context-hub/choose-candidates';
import { countTokens } from '../../context-hub/count-tokens';
import { goalKind } from '../../context-hub/goal-kind';
import { rankFiles } from '../../context-hub/rank-files';
import type { Io, TreeEntry } from '../../io/ports';
import type { AgentContextPacket, BacktestCase, CaseResult, RankedFile, Task } from '../../model';
import { loadIndexes } from '../load-index';
import { orderByModel, type OrderAnswer, type OrderWorld } from '../order-by-model';
import { goldOf } from './gold-of';
import { measureCase } from './measure-case';
import { measureCompanions } from './measure-companions';
import { readCase } from './read-case';

export interface CaseWorld extends Pick<Io, 'repository' | 'index' | 'progress'> {
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  /** Asked to put the ranking in order; without it the hub's stands. */
  readonly ranker?: OrderWorld;
}

export interface CaseSettings {
  /** o200k tokens of repository text. */
  readonly budget: number;
  readonly history: boolean;
}

/** Waits for its reply. */
export interface PendingCase {
  readonly replyPath: string;
}

/**
 * Ranks the tree at the case's parent for its statement, packs the best of it, and compares with what the fix then
 * changed. The fix itself is only read for that. The packet is that of one specialist who may touch everything: who
 * is asked is the planner's question. No interfaces pages, and no scan for secrets: a text withheld would be a miss of the scanner's.
 */
export async function runCase(world: CaseWorld, one: BacktestCase, settings: CaseSettings): Promise<CaseResult | PendingCase> {
  const { repository, clock } = world;
  const { goal, tree, policy, history, ranking, indexMs } = await readCase(world, one, settings.history);
  const indexes = await loadIndexes(world, tree, ranking.tree.paths);
  const indexed = clock();
  const alone = rankFiles(ranking);
  const answer = world.ranker === undefined ? undefined : await orderByModel(world.ranker, { goalId: one.id, taskId: 'rank-w1', round: 1, base: one.parent, goal, tree, indexes, ranked: alone });
  if (answer?.kind === 'pending') return { replyPath: answer.replyPath };
  const ranked = applyOrder(alone, answer?.order);
  const selection = { task: taskOf(settings.budget), goal: ranking.goal, policy, ranked, indexes, requested: [], irrelevant: [] };
  const candidates = new Map(chooseCandidates(selection).flatMap((path) => blobOf(tree, path)));
  const texts = await repository.readBlobTexts(candidates);
  const packet = buildPacket({ ...selection, texts, blobs: candidates, interfaces: [], conventions: '', evidence: [], withheld: [] });
  const done = clock();
  const changes = await repository.changes(one.parent, one.sha);
  const gold = measureCase({ gold: one.sourceFiles ?? goldOf(changes, policy), changes, ranked, files: packet.files });
  const companions = await measureCompanions(repository, { tree, gold, changes, indexes, history, ranked });
  return {
    id: one.id, kind: goalKind(goal), ranked: ranked.map(describeRanked), packet: describePacket(packet), gold, ...(companions === undefined ? {} : { companions }), ...(answer === undefined ? {} : { order: describeOrder(answer) }),
    ms: Math.round(done - indexed), indexMs: Math.round(indexMs),
  };
}

function blobOf(tree: ReadonlyMap<string, TreeEntry>, path: string): readonly (readonly [string, string])[] {
  const blob = tree.get(path)?.blob;
  return blob === undefined ? [] : [[path, blob]];
}

function taskOf(contextTokens: number): Task {
  return {
    id: 'backtest', goalId: 'backtest', agent: 'backend', projects: [], summary: '', detail: '', mayTouch: ['**'], needs: [], because: [], budget: { files: 6, contextTokens },
  };
}

function describeOrder({ order: { files, dropped, unused }, prompt }: Extract<OrderAnswer, { kind: 'ordered' }>): CaseResult['order'] {
  return { promptTokens: countTokens(prompt), named: files.length, dropped, ...(unused === undefined ? {} : { unused }) };
}

function describeRanked({ path, score, because }: RankedFile): CaseResult['ranked'][number] {
  return { path, score: Math.round(score * 10_000) / 10_000, because };
}

/** One entry per file: its slices are its ranges. */
function describePacket({ files, tokens, task }: AgentContextPacket): CaseResult['packet'] {
  const byPath = new Map<string, { path: string; mode: 'whole' | 'slice' | 'outline'; ranges: (readonly [number, number])[] }>();
  for (const { path, mode, range } of files) {
    const known = byPath.get(path) ?? { path, mode, ranges: [] };
    if (range !== undefined) known.ranges.push(range);
    byPath.set(path, known);
  }
  return { tokens: tokens.repository, budget: task.budget.contextTokens, files: [...byPath.values()] };
}
