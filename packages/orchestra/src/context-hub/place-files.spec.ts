import fc from 'fast-check';
import { mostWeight, rankingLists, rankingWeightsSchema, type OrchestrationGoal, type RankingWeights } from '../model';
import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { rankedFrom } from './__fixtures__/tree-of';
import { fusePlaced, placeFiles } from './place-files';
import { rankFiles, scoreLists } from './rank-files';

const goal: OrchestrationGoal = { id: 'g', type: 'bugfix', title: 'Contacts of another tenant can be opened', description: 'GET /api/contacts/7 answers with the contact of tenant A. The date format is wrong as well.' };
const ranked = rankedFrom(indexAll(smallCrm), goal);
const history = [
  { sha: 'a1', time: 2_000_000, subject: 'fix: date format', body: '', files: ['packages/web/src/format-date.ts'] },
  { sha: 'a2', time: 1_000_000, subject: 'feat: tenant of contacts', body: '', files: ['packages/api/src/routes/contacts.ts'] },
];
const weights = fc.record(Object.fromEntries(rankingLists.map((list) => [list, fc.double({ min: 0, max: mostWeight, noNaN: true })]))) as fc.Arbitrary<RankingWeights>;

describe('placeFiles', () => {
  it('fuses to the scores that a ranking with these weights has, whatever they are', () => {
    fc.assert(
      fc.property(weights, fc.boolean(), fc.constantFrom('', 'packages/api', 'packages/web'), (some, withHistory, reach) => {
        const input = { ...ranked, history: withHistory ? history : [], inReach: (path: string) => path.startsWith(reach) };
        const { lists, evidence } = scoreLists(input);
        const placed = placeFiles(ranked.tree, lists, evidence, []);
        const scores = fusePlaced(placed, some);
        const best = rankFiles({ ...input, weights: some });
        // Past company comes on top of the fused lists; these commits changed one file each, so there is none.
        for (const { path, score } of best) expect(scores[placed.files.findIndex((file) => file.path === path)]).toBeCloseTo(score, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps a wanted file that no list holds, and nothing that cannot be ranked', () => {
    const { lists, evidence } = scoreLists({ ...rankedFrom(indexAll(smallCrm), { ...goal, title: 'zzz', description: 'yyy' }), history: [] });
    const placed = placeFiles(ranked.tree, lists, evidence, ['packages/web/src/format-date.ts', 'nowhere.ts']);
    expect(placed.files.filter(({ path }) => path === 'packages/web/src/format-date.ts')).toHaveLength(1);
    expect(placed.files.map(({ path }) => path)).not.toContain('nowhere.ts');
  });
});

describe('weights of a policy', () => {
  it('change the order of a ranking, and a list of weight 0 is no reason', () => {
    const order = (some: Partial<RankingWeights>): readonly string[] => rankFiles({ ...ranked, history, weights: rankingWeightsSchema.parse(some) }).map(({ path }) => path);
    const none = Object.fromEntries(rankingLists.map((list) => [list, 0]));
    expect(order({ ...none, recency: 1 })).not.toEqual(order({}));
    const kinds = rankFiles({ ...ranked, history, weights: rankingWeightsSchema.parse({ recency: 0 }) }).flatMap(({ because }) => because.map(({ kind }) => kind));
    expect(kinds).not.toContain('recency');
    expect(order({})).toEqual(rankFiles({ ...ranked, history }).map(({ path }) => path));
  });

  it('are refused all at once where they are none', () => {
    const { error } = rankingWeightsSchema.safeParse({ text: -1, chunks: 4.1, pairs: '1', surprise: 1 });
    expect(error?.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([['text', 'too_small'], ['chunks', 'too_big'], ['pairs', 'invalid_type'], ['', 'unrecognized_keys']]);
  });
});
