import { placeCase, rankCase } from './rank-case';
import { fitWeights, type PlacedCase } from './fit-weights';
import type { BacktestCase, Calibration, RankingFigures, RankingWeights } from '../../model';
import type { CaseWorld } from './run-case';

/** One fix in so many is held out: the newest third. */
const heldOutOf = 3;

export interface CalibrationRequest {
  /** Newest first. */
  readonly cases: readonly BacktestCase[];
  /** What the policy has now. */
  readonly current: RankingWeights;
  readonly history: boolean;
}

/** Answers what an earlier run kept, or makes and keeps it. */
export type Kept = <T>(what: object, make: () => Promise<T>) => Promise<T>;

/**
 * Fits the weights on the older two thirds and asks the newest third, which the fit has not seen, whether they are any better. They are
 * proposed only then. Nothing is written: a policy is a person's.
 */
export async function calibrate(world: CaseWorld, kept: Kept, { cases, current, history }: CalibrationRequest): Promise<Calibration> {
  const newer = cases.slice(0, Math.floor(cases.length / heldOutOf));
  const older = cases.slice(newer.length);
  const placed: PlacedCase[] = [];
  for (const [position, one] of older.entries()) {
    placed.push(await kept({ placed: one, history }, () => {
      world.progress.step(`fix ${position + 1} of ${older.length}: ${one.id}`);
      return placeCase(world, one, history);
    }));
  }
  const weights = fitWeights(placed, current);
  const found = [];
  for (const [position, one] of newer.entries()) {
    found.push(await kept({ ranked: one, history, current, weights }, () => {
      world.progress.step(`held out: fix ${position + 1} of ${newer.length}: ${one.id}`);
      return rankCase(world, one, history, { current, fitted: weights });
    }));
  }
  const before = figuresOf(found.flatMap((one) => one.current));
  const after = figuresOf(found.flatMap((one) => one.fitted));
  return { fitted: older.length, heldOut: newer.length, current, weights, before, after, better: gainOf(after) > gainOf(before) };
}

type Rank = number | null;

/** What the built-in weights were chosen by. */
function gainOf({ recall }: RankingFigures): number {
  return recall[5] + recall[10];
}

function figuresOf(ranks: readonly Rank[]): RankingFigures {
  const among = (first: number): number => (ranks.length === 0 ? 0 : Math.round((ranks.filter((rank) => rank !== null && rank <= first).length / ranks.length) * 10_000) / 10_000);
  return { goldFiles: ranks.length, recall: { 1: among(1), 5: among(5), 10: among(10), 20: among(20) } };
}
