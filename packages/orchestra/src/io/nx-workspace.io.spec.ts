import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphOf } from '../testing/graph-of';
import { reasonsByProject } from './nx-affected';
import { createWorkspace, readNxDefaultBase } from './nx-workspace';
import type { Workspace } from './ports';
import type { TempRepository } from './testing/temp-repository';
import { tempWorkspace } from './testing/temp-workspace';

describe('the workspace as Nx sees it', () => {
  let temp: TempRepository;
  let workspace: Workspace;
  const manifest = (name: string, dependencies: object = {}, nx: object = {}) => JSON.stringify({ name: `@shop/${name}`, version: '1.0.0', dependencies, scripts: { test: 'true', build: 'true' }, nx: { name, ...nx } });
  beforeAll(() => {
    temp = tempWorkspace({
      'nx.json': '{\n  // comments are allowed\n  "analytics": false, "neverConnectToCloud": true, "targetDefaults": { "test": { "inputs": ["{projectRoot}/**/*", "{workspaceRoot}/shared.txt"] } },\n}\n',
      'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
      'shared.txt': '', 'README.md': '',
      'packages/data/package.json': manifest('data'), 'packages/data/a.txt': '', 'packages/data/with, comma.txt': '',
      'packages/ui/package.json': manifest('ui', { '@shop/data': '1.0.0', picomatch: '*' }, { tags: ['scope:ui', 'a'], implicitDependencies: [] }),
      'packages/shop/package.json': manifest('shop', { '@shop/ui': '1.0.0' }),
      'packages/alone/package.json': manifest('alone'),
    });
    workspace = createWorkspace(temp.root);
  });
  afterAll(() => temp.dispose());

  it('is a plain sorted graph without npm packages, the same object every time', async () => {
    const graph = await workspace.graph();
    expect(graph.projects.map(({ name, root }) => [name, root])).toEqual([['alone', 'packages/alone'], ['data', 'packages/data'], ['shop', 'packages/shop'], ['ui', 'packages/ui']]);
    expect(graph.edges).toEqual([{ from: 'shop', to: 'ui' }, { from: 'ui', to: 'data' }]);
    expect(graph.projects.find(({ name }) => name === 'ui')).toMatchObject({ tags: expect.arrayContaining(['a', 'scope:ui']), targets: expect.arrayContaining(['build', 'test']) });
    expect(await workspace.graph()).toBe(graph);
  });

  it('names the affected projects with the chain that reaches them', async () => {
    expect(await workspace.affected(['packages/data/a.txt'])).toEqual([
      { name: 'data', because: [{ kind: 'touched', detail: 'packages/data/a.txt' }] },
      { name: 'shop', because: [{ kind: 'depends-on', detail: 'shop → ui → data' }] },
      { name: 'ui', because: [{ kind: 'depends-on', detail: 'ui → data' }] },
    ]);
  });

  it('a path that nobody owns touches nobody, and nothing changed affects nothing', async () => {
    expect(await workspace.affected(['README.md', 'packages/gone/x.ts'])).toEqual([]);
    expect(await workspace.affected([])).toEqual([]);
  });

  it.each(['nx.json', 'package.json', 'package-lock.json'])('a change of the root %s touches every project', async (path) => {
    const affected = await workspace.affected([path]);
    expect(affected.map(({ name }) => name)).toEqual(['alone', 'data', 'shop', 'ui']);
    for (const { because } of affected) expect(because[0]).toEqual({ kind: 'touched', detail: `${path}: counts for every project` });
  });

  it('says which projects only Nx names, and which only the graph does', async () => {
    const shared = await workspace.affected(['shared.txt']);
    expect(shared.map(({ name }) => name)).toEqual(['alone', 'data', 'shop', 'ui']);
    expect(shared[0]?.because).toEqual([{ kind: 'dependency', detail: expect.stringContaining('named by nx affected alone') }]);
    // Nx takes the comma for the end of a file name.
    const comma = await workspace.affected(['packages/data/with, comma.txt']);
    expect(comma.map(({ name }) => name)).toEqual(['data', 'shop', 'ui']);
  });

  it('takes more changed files than one command line can hold', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `packages/alone/${'x'.repeat(60)}${index}.txt`);
    const affected = await workspace.affected([...many, 'packages/ui/b.txt']);
    expect(affected.map(({ name }) => name)).toEqual(['alone', 'shop', 'ui']);
    expect(affected[0]?.because[0]?.detail).toMatch(/ and 2998 more$/);
  });

  it('a broken workspace is told in the words of Nx', async () => {
    const broken = tempWorkspace({ 'nx.json': '{}', 'packages/a/project.json': '{"name":', 'packages/b/project.json': '{"name":"twin"}', 'packages/c/project.json': '{"name":"twin"}' });
    try {
      await expect(createWorkspace(broken.root).graph()).rejects.toMatchObject({ kind: 'world', message: expect.stringMatching(/^Nx could not make the project graph: [\s\S]*packages\/a\/project\.json[\s\S]*twin/) });
    } finally {
      broken.dispose();
    }
  });
});

describe('reasonsByProject', () => {
  const graph = graphOf({ shop: ['ui'], ui: ['data'] });

  it('names up to three files and counts the rest', () => {
    const paths = (count: number) => Array.from({ length: count }, (_, index) => `packages/data/${index}.ts`);
    expect(reasonsByProject(graph, paths(3)).get('data')?.[0]?.detail).toBe('packages/data/0.ts, packages/data/1.ts, packages/data/2.ts');
    expect(reasonsByProject(graph, [...paths(5), ...paths(5)]).get('data')?.[0]?.detail).toBe('packages/data/0.ts, packages/data/1.ts and 3 more');
  });

  it('tells both when a project is touched and a global file is', () => {
    expect(reasonsByProject(graph, ['yarn.lock', 'packages/ui/a.ts']).get('ui')?.map(({ kind }) => kind)).toEqual(['touched', 'touched']);
  });

  it("a project's own package.json is no global file", () => {
    expect([...reasonsByProject(graph, ['packages/shop/package.json']).keys()]).toEqual(['shop']);
  });
});

describe('readNxDefaultBase', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'default-base-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ['{"defaultBase":"develop","affected":{"defaultBase":"old"}}', 'develop'],
    ['{"affected":{"defaultBase":"old"}}', 'old'],
    ['// a comment\n{ "defaultBase": "trunk", /* and */ }\n', 'trunk'],
    ['{}', 'main'],
  ])('reads %s as %s', (text, base) => {
    writeFileSync(join(root, 'nx.json'), text);
    expect(readNxDefaultBase(root)).toBe(base);
  });

  it('is main where there is no nx.json', () => {
    expect(readNxDefaultBase(root)).toBe('main');
  });

  it.each(['{"defaultBase":', '[', '', '{"defaultBase":7}', 'null'])('refuses %j instead of guessing', (text) => {
    writeFileSync(join(root, 'nx.json'), text);
    expect(() => readNxDefaultBase(root)).toThrow('nx.json');
  });
});
