import { policySchema } from '../model';
import { fakeIo } from '../testing/fake-io';
import { loadTreeIndex } from './load-tree-index';
import { rankingOf } from './ranking-of';

const goal = { id: 'g', type: 'bugfix', title: 'It fails', description: '`totalOf` answers nothing' } as const;

describe('rankingOf', () => {
  it('ends with what can be read when a cached segment tells of a file whose blob is gone', async () => {
    const world = fakeIo({ commits: { base: { 'src/total.ts': 'export function totalOf() { return 0; }\n' } } });
    const tree = await world.repository.listTree('base');
    const index = await loadTreeIndex(world, tree, () => false);
    let reads = 0;
    const readBlobTexts = async () => {
      reads += 1;
      if (reads > 3) throw new Error('it is asked for again and again');
      return new Map<string, string>();
    };
    const io = { ...world, index: fakeIo({ commits: { base: {} } }).index, repository: { ...world.repository, readBlobTexts } };
    const { evidence } = await rankingOf(io, { goal, tree, index, history: [], policy: policySchema.parse({}), specialists: [] });
    expect(evidence.map(({ path, focus }) => [path, focus])).toEqual([['src/total.ts', undefined]]);
  });
});
