import { rankingLists, type Calibration, type RankingFigures, type RankingWeights } from '../model';

/** What a person decides on: the figures of the fixes that the fit has not seen, and what would go into the policy. */
export function renderCalibration({ fitted, heldOut, current, weights, before, after, better }: Calibration): string {
  const moved = rankingLists.filter((list) => weights[list] !== current[list]);
  const proposal = [
    'They find more there. To take them, put this into orchestra/orchestra.json and commit it; nothing was written:',
    JSON.stringify({ ranking: { weights: changedOf(weights) } }, null, 2),
  ];
  return `${[
    `Fitted on ${fitted} older fixes: ${moved.length === 0 ? 'no weight moved' : moved.map((list) => `${list} ${current[list]} to ${weights[list]}`).join(', ')}.`,
    `The ${heldOut} newest, which the fit has not seen (${before.goldFiles} files):`,
    `  weights of the policy  ${recallOf(before)}`,
    `  fitted weights         ${recallOf(after)}`,
    ...(better ? proposal : ['They do not find more there, so nothing is proposed. The policy keeps its weights.']),
  ].join('\n')}\n`;
}

/** 1 is what a policy without the key has. */
function changedOf(weights: RankingWeights): Partial<RankingWeights> {
  return Object.fromEntries(rankingLists.filter((list) => weights[list] !== 1).map((list) => [list, weights[list]]));
}

function recallOf({ recall }: RankingFigures): string {
  return ([1, 5, 10, 20] as const).map((first) => `R@${first} ${(recall[first] * 100).toFixed(1)}`).join('  ');
}
