import { rankingWeightsSchema } from '../../model';
import { fitWeights, ranksOfGold, type PlacedCase } from './fit-weights';

const built = rankingWeightsSchema.parse({});
const lists = [{ name: 'text' as const, weight: 2, halfAt: 20 }, { name: 'recency' as const, weight: 1, halfAt: 20 }];

/** The gold file leads by recency and stands far down by text; others the other way round. */
const telling = (id: number): PlacedCase => ({
  id: `case ${id}`,
  gold: ['gold.ts'],
  placed: {
    lists,
    files: [{ path: 'gold.ts', ranks: [40, 0], prior: 1, evidence: 0 }, ...Array.from({ length: 30 }, (_, place) => ({ path: `other-${place}.ts`, ranks: [place, null], prior: 1, evidence: 0 }))],
  },
});
const cases = Array.from({ length: 10 }, (_, id) => telling(id));

describe('fitWeights', () => {
  it('raises the list that leads to the files of the fixes, and puts them first with it', () => {
    expect(cases.flatMap((one) => ranksOfGold(one, built))).not.toContain(1);
    const fitted = fitWeights(cases, built);
    expect(fitted.recency / fitted.text).toBeGreaterThan(1);
    expect(new Set(cases.flatMap((one) => ranksOfGold(one, fitted)))).toEqual(new Set([1]));
  });

  it('says the same every time, and moves no weight that changes nothing', () => {
    expect(fitWeights(cases, built)).toEqual(fitWeights([...cases].reverse(), built));
    expect(fitWeights(cases, built)).toMatchObject({ chunks: 1, pairs: 1, fileName: 1, imports: 1, similarCommits: 1, commitMessages: 1 });
    expect(fitWeights([], built)).toEqual(built);
  });

  it('begins with the weights that there are', () => {
    const own = { ...built, recency: 4 };
    expect(fitWeights(cases, own)).toEqual(own);
  });

  it('knows no rank of a file that nothing leads to, and orders equal scores by path', () => {
    const placed = { lists, files: ['a.ts', 'b.ts', 'c.ts'].map((path, place) => ({ path, ranks: [place === 2 ? null : 0, null], prior: 1, evidence: 0 })) };
    expect(ranksOfGold({ id: 'x', gold: ['b.ts', 'c.ts', 'd.ts'], placed }, built)).toEqual([2, undefined, undefined]);
  });
});
