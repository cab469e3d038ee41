import { indexAll, smallCrm } from './__fixtures__/small-crm';
import { treeOf } from './__fixtures__/tree-of';
import { buildCorpus } from './corpus';
import { readGoal } from './read-goal';
import { chunkScorer } from './score-chunks';
import { scoreText } from './score-text';

const files = indexAll(smallCrm);

it('a packet weighs the chunks of a file as the ranking does: rarities and averages are those of the same files', () => {
  const query = readGoal({ id: 'g', type: 'bugfix', title: 'Nothing is found', description: 'maybeSingle() of the tenant answers "No such contact in this tenant" for data that is there; formatted dates are wrong.' });
  const tree = treeOf(files);
  const text = scoreText(tree, query);
  const score = chunkScorer(buildCorpus(files), query);
  const silent = tree.paths.filter((path, file) => (text.fields[file] ?? 0) > 0 && ![...query.words.keys()].some((word) => path.toLowerCase().includes(word)));
  expect(silent.length).toBeGreaterThan(3);
  for (const path of silent) {
    const best = [...score(files.get(path) as NonNullable<ReturnType<typeof files.get>>)].sort((a, b) => b - a);
    // A file's chunks count with falling shares; its path, which says nothing here, would come on top.
    const expected = [1, 0.7, 0.5, 0.35].reduce((sum, share, rank) => sum + share * (best[rank] ?? 0), 0);
    expect(text.chunks[tree.numberOf.get(path) ?? -1]).toBeCloseTo(expected, 9);
  }
});
