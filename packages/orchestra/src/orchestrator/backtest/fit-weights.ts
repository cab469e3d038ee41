import { fusePlaced, type PlacedFiles } from '../../context-hub/place-files';
import { rankingLists, type RankingWeights } from '../../model';

export interface PlacedCase {
  readonly id: string;
  readonly gold: readonly string[];
  readonly placed: PlacedFiles;
}

/** Steps of about a half: what lies between two of them is less than a few hundred fixes can tell. */
const steps = [0, 0.5, 0.7, 1, 1.4, 2, 3] as const;
const mostSweeps = 4;
/** Worth of a gold file at a rank (from 1): half at ten. Smooth, because recall at five fits to single files. */
const halfAt = 10;
/** A move has to bring more than this, or noise would move every weight. */
const leastGain = 0.001;

/**
 * Coordinate search over multipliers, from `start`: each list in turn takes the step that serves most, until none does. Deterministic;
 * of equal steps the one nearest to 1 is taken.
 */
export function fitWeights(cases: readonly PlacedCase[], start: RankingWeights): RankingWeights {
  let best = { weights: start, worth: worthOf(cases, start) };
  for (let sweep = 0; sweep < mostSweeps; sweep += 1) {
    const before = best.worth;
    for (const list of rankingLists) {
      for (const step of [...steps].sort((a, b) => Math.abs(Math.log2(Math.max(a, 0.1))) - Math.abs(Math.log2(Math.max(b, 0.1))))) {
        const weights = { ...best.weights, [list]: step };
        const worth = worthOf(cases, weights);
        if (worth > best.worth + leastGain) best = { weights, worth };
      }
    }
    if (best.worth === before) break;
  }
  return best.weights;
}

function worthOf(cases: readonly PlacedCase[], weights: RankingWeights): number {
  const worths = cases.flatMap((one) => ranksOfGold(one, weights).map((rank) => (rank === undefined ? 0 : halfAt / (halfAt + rank - 1))));
  return worths.reduce((sum, worth) => sum + worth, 0) / Math.max(1, worths.length);
}

/** From 1; equal scores are ordered by path, as the ranking does. `undefined` for a file that no list holds. */
export function ranksOfGold({ gold, placed }: PlacedCase, weights: RankingWeights): readonly (number | undefined)[] {
  const scores = fusePlaced(placed, weights);
  return gold.map((path) => {
    const own = placed.files.findIndex((file) => file.path === path);
    const score = scores[own];
    if (score === undefined || score === 0) return undefined;
    let rank = 1;
    for (const [position, other] of scores.entries()) if (other > score || (other === score && position < own)) rank += 1;
    return rank;
  });
}
