import type { ModelRequest } from '../io/ports';
import type { TestRun } from '../model';
import { fakeIo } from './fake-io';
import { fakeLanguageModel } from './fake-language-model';
import { fakeRepository } from './fake-repository';
import { graphOf } from './graph-of';

const request: ModelRequest = { goalId: 'leak', taskId: 'w1-test', round: 1, prompt: 'the prompt', files: {} };

describe('graphOf', () => {
  it('makes every project that is named, sorted, under packages/', () => {
    const graph = graphOf({ shop: ['ui', 'data'], '@scope/web': ['ui'] }, { ui: { root: 'libs/ui', tags: ['scope:ui'] } });
    expect(graph.projects.map(({ name, root, tags }) => [name, root, tags.length])).toEqual([['@scope/web', 'packages/web', 0], ['data', 'packages/data', 0], ['shop', 'packages/shop', 0], ['ui', 'libs/ui', 1]]);
    expect(graph.edges).toEqual([{ from: '@scope/web', to: 'ui' }, { from: 'shop', to: 'data' }, { from: 'shop', to: 'ui' }]);
    expect(graphOf({})).toEqual({ projects: [], edges: [] });
  });

  it.each([
    ['a project that depends on itself', () => graphOf({ a: ['a'] })],
    ['an edge twice', () => graphOf({ a: ['b', 'b'] })],
    ['an empty name', () => graphOf({ a: [''] })],
    ['details of nobody', () => graphOf({ a: [] }, { b: {} })],
    ['two projects at one root', () => graphOf({ a: [], '@x/a': [] })],
  ])('refuses %s', (what, make) => {
    expect(make).toThrow(what);
  });
});

describe('fakeLanguageModel', () => {
  it('answers in order, records what it was asked and has nothing more to say than its script', async () => {
    const model = fakeLanguageModel(['one', { kind: 'pending', promptPath: 'p', replyPath: 'r' }]);
    expect(await model.ask(request)).toEqual({ kind: 'reply', text: 'one', model: 'fake-model' });
    expect(await model.ask(request)).toMatchObject({ kind: 'pending' });
    await expect(model.ask({ ...request, round: 3 })).rejects.toThrow(/no reply is scripted for w1-test, round 3 \(call 3\)[\s\S]*the prompt/);
    expect(model.calls.map((call) => call.round)).toEqual([1, 1, 3]);
  });

  it('may compute its answers, and throws where the function has none', async () => {
    const model = fakeLanguageModel(({ round }) => (round === 1 ? 'first' : undefined));
    expect(await model.ask(request)).toMatchObject({ text: 'first' });
    await expect(model.ask({ ...request, round: 2 })).rejects.toThrow('no reply is scripted');
  });
});

describe('fakeRepository', () => {
  const repository = fakeRepository({
    commits: { first: { 'a.ts': 'a', 'b.ts': 'b', 'c.ts': 'c' }, second: { 'a.ts': 'a2', 'moved.ts': 'b', 'c.ts': 'c' } },
    working: { 'a.ts': 'a2', 'moved.ts': 'b', 'c.ts': 'c', 'new.ts': 'n' },
    subjects: { second: 'fix: a' },
  });

  it('tells the difference of two commits, renames included, and of the working tree', async () => {
    expect((await repository.changes('first', 'second')).map(({ path, status, previousPath }) => [path, status, previousPath])).toEqual([['a.ts', 'modified', undefined], ['moved.ts', 'renamed', 'b.ts']]);
    expect(await repository.changes('second')).toEqual([{ path: 'new.ts', status: 'added', head: 'n', headMode: '100644' }]);
    expect((await repository.changes('second', 'first')).map(({ path, status }) => [path, status])).toEqual([['a.ts', 'modified'], ['b.ts', 'renamed']]);
    expect(await repository.dirtyPaths()).toEqual(['new.ts']);
  });

  it('reads trees, texts, blobs and history as of a commit', async () => {
    const blob = (await repository.listTree('first')).get('b.ts')?.blob ?? '';
    expect(await repository.readBlobTexts(new Map([['x', blob], ['y', 'unknown']]))).toEqual(new Map([['x', 'b']]));
    expect(await repository.readTexts('HEAD', ['a.ts', 'b.ts', 'constructor'])).toEqual(new Map([['a.ts', 'a2']]));
    expect((await repository.history('HEAD', 9)).map(({ subject, files }) => [subject, files])).toEqual([['fix: a', ['a.ts', 'moved.ts']], ['first', ['a.ts', 'b.ts', 'c.ts']]]);
    expect(await repository.mergeBase('second', 'first')).toBe('first');
    await expect(repository.resolve('third')).rejects.toThrow('no commit "third"');
  });
});

describe('fakeIo', () => {
  const run: TestRun = { runner: 'jest', files: [], cases: [], suiteErrors: [], timedOut: false, tail: '' };

  it('runs scripted tests on the texts of a scratch tree and tells which trees were left open', async () => {
    const io = fakeIo({ commits: { base: { 'a.ts': 'a', 'b.ts': 'b' } }, runTests: ({ texts }) => ({ ...run, tail: texts.get('a.ts') ?? 'gone' }) });
    const tree = await io.scratch.create('HEAD');
    await tree.write(new Map([['a.ts', 'fixed']]), ['b.ts']);
    expect(await io.tests.run({ tree, projectRoot: '.', files: ['a.spec.ts'], timeoutMs: 1 })).toMatchObject({ tail: 'fixed' });
    expect([io.testRuns[0]?.commit, [...(io.testRuns[0]?.texts.keys() ?? [])], io.openTrees.size]).toEqual(['base', ['a.ts'], 1]);
    await tree.dispose();
    expect(io.openTrees.size).toBe(0);
    await expect(io.tests.run({ tree, projectRoot: '.', files: [], timeoutMs: 1 })).rejects.toThrow('no open scratch tree');
    await expect(tree.write(new Map())).rejects.toThrow('disposed');
    expect((await io.repository.readTexts('base', ['a.ts'])).get('a.ts')).toBe('a');
  });

  it('throws on every run that nobody scripted', async () => {
    const io = fakeIo({ commits: { base: {} }, graph: graphOf({ api: [] }) });
    const tree = await io.scratch.create('base');
    await expect(io.tests.run({ tree, projectRoot: '.', files: ['x.spec.ts'], timeoutMs: 1 })).rejects.toThrow('no run is scripted for tests x.spec.ts');
    await expect(io.targets.run({ projects: ['api'], targets: ['test'] })).rejects.toThrow('api:test');
    await expect(io.model.ask(request)).rejects.toThrow('no reply is scripted');
  });

  it('runs the targets a project has, finds secrets, refuses paths and keeps records', async () => {
    const io = fakeIo({
      commits: { base: {} }, graph: graphOf({ web: ['api'] }), runTarget: (project) => (project === 'api' ? 'failed' : 'passed'), secrets: ['s3cret'], refusedPaths: { 'a.ts': 'a link' },
    });
    expect((await io.targets.run({ projects: ['web', 'api'], targets: ['test', 'deploy'] })).map(({ project, status }) => [project, status])).toEqual([['api', 'failed'], ['web', 'passed']]);
    expect((await io.workspace.affected(['packages/api/src/a.ts', 'README.md'])).map(({ name, because }) => [name, because[0]?.kind])).toEqual([['api', 'touched'], ['web', 'depends-on']]);
    expect(await io.secrets.scan(new Map([['a', 's3cret s3cret'], ['b', '']]))).toEqual(new Map([['a', 2]]));
    expect(await io.secrets.redact('a s3cret')).toEqual({ text: 'a [redacted]', secrets: 1 });
    expect(await io.checkRealPaths(['a.ts', 'b.ts'])).toEqual([{ kind: 'path-refused', path: 'a.ts', because: 'a link' }]);
    await io.records.writeState({ version: 1, goalId: 'leak', wave: 1, state: 'asked', base: 'base', provider: 'fake', rounds: {}, sent: {}, findings: [], applied: {} });
    expect((await io.records.states()).map(({ state }) => state)).toEqual(['asked']);
    await io.index.write('index-v1', new Map([['k', { a: 1, b: undefined }]]));
    expect(await io.index.read('index-v1', ['k', 'none'])).toEqual(new Map([['k', { a: 1 }]]));
    io.progress.step('working');
    io.progress.note('read this');
    expect([io.steps, io.notes]).toEqual([['working'], ['read this']]);
  });
});
