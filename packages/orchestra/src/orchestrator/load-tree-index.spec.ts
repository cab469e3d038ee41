import { filesWith } from '../context-hub/tree-index';
import type { IndexCache } from '../io/ports';
import { fakeIo } from '../testing/fake-io';
import { loadTreeIndex } from './load-tree-index';

const texts = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`src/area-${at % 20}/module-${at}.ts`, `import { part } from './part-${at}';\nexport function answer${at}() { return part('question ${at}'); }\n`]));

/** Counts what is written, by kind. */
function counted(cache: IndexCache): { readonly cache: IndexCache; readonly written: () => Readonly<Record<string, number>> } {
  let written: Record<string, number> = {};
  return {
    cache: {
      read: (kind, keys) => cache.read(kind, keys),
      write: async (kind, values) => {
        written[kind.replace(/-v\d+$/, '')] = values.size;
        await cache.write(kind, values);
      },
    },
    written: () => {
      const all = written;
      written = {};
      return all;
    },
  };
}

async function load(world: ReturnType<typeof fakeIo>, commit: string, index: IndexCache) {
  return loadTreeIndex({ ...world, index }, await world.repository.listTree(commit), () => false);
}

describe('loadTreeIndex', () => {
  it('makes anew what a commit changed, and is then what it would be without a cache', async () => {
    const edited = { ...texts, 'src/area-3/module-3.ts': 'export function replaced() { return 3; }\n' };
    const world = fakeIo({ commits: { base: texts, edited } });
    const { cache, written } = counted(world.index);
    await load(world, 'base', cache);
    const cold = written();
    expect(cold).toMatchObject({ index: 400 });
    expect(cold['segment']).toBeGreaterThan(3);
    await load(world, 'base', cache);
    expect(written()).toEqual({});
    const next = await load(world, 'edited', cache);
    expect(written()).toEqual({ index: 1, segment: 1, links: 1 });
    expect(next).toEqual(await load(world, 'edited', fakeIo({ commits: { edited } }).index));
    expect([filesWith(next, 'definitions', 'replaced'), filesWith(next, 'definitions', 'answer3')]).toEqual([['src/area-3/module-3.ts'], []]);
  });

  it('takes a file whose name holds a line end for no two files', async () => {
    const [a, b] = ['src/a.ts', 'src/b.ts'];
    const two = fakeIo({ commits: { two: { [a]: 'export const one = 1;\n', [b]: 'export const two = 2;\n' } } });
    const blob = (await two.repository.listTree('two')).get(b)?.blob ?? '';
    for (const name of [`${a}\n${blob} ${b}`, `${a}\n${b}`]) {
      const odd = fakeIo({ commits: { odd: { [name]: 'export const one = 1;\n' } } });
      await load(odd, 'odd', two.index);
      expect((await load(two, 'two', two.index)).paths).toEqual([a, b]);
    }
  });

  it('reads a file again that could not be read before', async () => {
    const world = fakeIo({ commits: { base: { 'src/total.ts': 'export const total = 1;\n' } } });
    const gone = { ...world, repository: { ...world.repository, readBlobTexts: async () => new Map<string, string>() } };
    expect((await loadTreeIndex(gone, await world.repository.listTree('base'), () => false)).paths).toEqual([]);
    expect((await load(world, 'base', world.index)).paths).toEqual(['src/total.ts']);
  });

  it('reads imports again when a file comes that they meant all along', async () => {
    const more = { ...texts, 'src/area-7/part-7.ts': 'export const part = String;\n' };
    const world = fakeIo({ commits: { base: texts, more } });
    const before = await load(world, 'base', world.index);
    const after = await load(world, 'more', world.index);
    const importer = after.numberOf.get('src/area-7/module-7.ts') ?? 0;
    expect([...before.links.targets]).toEqual([]);
    expect([...after.links.targets].map((to) => after.paths[to])).toEqual(['src/area-7/part-7.ts']);
    expect(after.links.starts[importer + 1]).toBe((after.links.starts[importer] ?? 0) + 1);
  });
});
