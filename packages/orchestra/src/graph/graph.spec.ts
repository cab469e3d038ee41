import fc from 'fast-check';
import type { WorkspaceGraph } from '../model';
import { componentsOf } from './components-of';
import { dependentsOf } from './dependents-of';
import { levelsOf } from './levels-of';
import { ownerOfFile } from './owner-of-file';

/** `{ shop: ['ui'] }`: shop depends on ui. Every target must be a key, so that a typo is not a silent extra project. */
function graphOf(targets: Readonly<Record<string, readonly string[]>>): WorkspaceGraph {
  const edges = Object.entries(targets).flatMap(([from, names]) => names.map((to) => ({ from, to })));
  for (const { to } of edges) {
    if (!(to in targets)) throw new Error(`no project "${to}"`);
  }
  return { projects: Object.keys(targets).map((name) => ({ name, root: `packages/${name}`, tags: [], targets: [] })), edges };
}

const crm = graphOf({ contracts: [], data: [], backend: ['contracts', 'data'], frontend: ['contracts'], crm: ['backend', 'frontend'] });

describe('dependentsOf', () => {
  it('follows the edges backwards and keeps the chain', () => {
    expect(dependentsOf(crm, ['contracts'])).toEqual([
      { name: 'backend', chain: ['contracts', 'backend'] },
      { name: 'contracts', chain: ['contracts'] },
      { name: 'crm', chain: ['contracts', 'backend', 'crm'] },
      { name: 'frontend', chain: ['contracts', 'frontend'] },
    ]);
  });

  it('ends on cycles and ignores names it does not know', () => {
    const cyclic = graphOf({ a: ['b'], b: ['a'] });
    expect(dependentsOf(cyclic, ['a', 'nobody']).map((each) => each.name)).toEqual(['a', 'b']);
  });

  it('does not depend on the order of projects and edges', () => {
    const turned = { projects: [...crm.projects].reverse(), edges: [...crm.edges].reverse() };
    expect(dependentsOf(turned, ['data', 'contracts'])).toEqual(dependentsOf(crm, ['contracts', 'data']));
  });
});

describe('levelsOf', () => {
  it('puts dependencies before what depends on them', () => {
    expect(levelsOf(crm)).toEqual([['contracts', 'data'], ['backend', 'frontend'], ['crm']]);
  });

  it('keeps a cycle together and orders the rest around it', () => {
    expect(levelsOf(graphOf({ base: [], a: ['b', 'base'], b: ['c'], c: ['a'], top: ['c'] }))).toEqual([['base'], ['a', 'b', 'c'], ['top']]);
  });

  it('ignores a project that depends on itself and edges to nowhere', () => {
    expect(levelsOf({ ...graphOf({ a: ['a'] }), edges: [{ from: 'a', to: 'a' }, { from: 'a', to: 'npm:x' }] })).toEqual([['a']]);
  });

  it('places every project once and never below one it depends on, unless both are on a cycle', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const edge = fc.record({ from: fc.constantFrom(...names), to: fc.constantFrom(...names) });
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 20 }), (edges) => {
        const graph = { ...graphOf(Object.fromEntries(names.map((name) => [name, []]))), edges };
        const levels = levelsOf(graph);
        expect(levels.flat().sort()).toEqual(names);
        const level = (name: string) => levels.findIndex((each) => each.includes(name));
        const reaches = (from: string, to: string) => dependentsOf(graph, [to]).some((each) => each.name === from);
        for (const { from, to } of edges) {
          if (reaches(to, from)) expect(level(from)).toBe(level(to));
          else expect(level(from)).toBeGreaterThan(level(to));
        }
      }),
    );
  });
});

describe('large graphs', () => {
  const size = 20_000;
  const chain: WorkspaceGraph = {
    projects: Array.from({ length: size }, (_, index) => ({ name: `p${index}`, root: `packages/p${index}`, tags: [], targets: [] })),
    edges: Array.from({ length: size - 1 }, (_, index) => ({ from: `p${index + 1}`, to: `p${index}` })),
  };

  it('takes a chain of twenty thousand projects without running out of stack', () => {
    expect(levelsOf(chain)).toHaveLength(size);
    expect(componentsOf(chain)).toHaveLength(size);
    expect(ownerOfFile(chain, 'packages/p777/src/a.ts')).toBe('p777');
  });
});

describe('ownerOfFile', () => {
  const graph: WorkspaceGraph = {
    projects: [
      { name: 'outer', root: 'packages/a', tags: [], targets: [] },
      { name: 'inner', root: 'packages/a/inner', tags: [], targets: [] },
      { name: 'twin-b', root: 'libs/twin', tags: [], targets: [] },
      { name: 'twin-a', root: 'libs/twin', tags: [], targets: [] },
    ],
    edges: [],
  };

  it.each([
    ['packages/a/src/x.ts', 'outer'],
    ['packages/a/inner/x.ts', 'inner'],
    ['packages/a-b/x.ts', undefined],
    ['packages/a', undefined],
    ['README.md', undefined],
    ['libs/twin/x.ts', 'twin-a'],
  ])('%s belongs to %s', (path, owner) => {
    expect(ownerOfFile(graph, path)).toBe(owner);
  });

  it('gives a project at the root what is left', () => {
    const rooted = { ...graph, projects: [...graph.projects, { name: 'root', root: '.', tags: [], targets: [] }] };
    expect(ownerOfFile(rooted, 'README.md')).toBe('root');
    expect(ownerOfFile(rooted, 'packages/a/x.ts')).toBe('outer');
  });
});
