import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { encodePack } from './cache-pack';
import { createIndexCache } from './index-cache';
import { tempRepository } from './testing/temp-repository';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'index-cache-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const kind = 'index-v2';
const folder = () => join(root, '.orchestra/cache', kind);
const packs = () => readdirSync(folder()).filter((name) => name.endsWith('.pack')).sort();
const only = () => join(folder(), packs()[0] ?? '');
const entries = (from: number, to: number) => new Map(Array.from({ length: to - from }, (_, index) => [`key-${from + index}`, { index: from + index, text: 'ü€😀'.repeat(20) }] as const));
const keysOf = (values: ReadonlyMap<string, unknown>) => [...values.keys()];

test('answers what was written and leaves out what was not', async () => {
  const cache = createIndexCache(root);
  expect(await cache.read(kind, ['key-0'])).toEqual(new Map());
  await cache.write(kind, entries(0, 3));
  expect(await createIndexCache(root).read(kind, ['key-2', 'nobody', 'key-0'])).toEqual(new Map([...entries(2, 3), ...entries(0, 1)]));
  expect(await cache.read('index-v1', ['key-0'])).toEqual(new Map());
});

test('finds one entry among very many, and another whose key looks like it', async () => {
  const many = new Map(Array.from({ length: 200 }, (_, at) => [`blob-${at} src/["a",${at}].ts`, { at }] as const));
  await createIndexCache(root).write(kind, many);
  for (const [key, value] of [...many].slice(0, 40)) expect(await createIndexCache(root).read(kind, [key, `${key}x`, key.slice(1)])).toEqual(new Map([[key, value]]));
  expect(await createIndexCache(root).read(kind, [...many.keys()])).toEqual(many);
});

test('an entry that is no JSON is a miss', async () => {
  mkdirSync(folder(), { recursive: true });
  const planted = ['{"at":', '', '{"at":3}'].map((text, at) => ({ key: `key-${at}`, bytes: Buffer.from(text) }));
  writeFileSync(join(folder(), `${'0'.repeat(32)}.pack`), encodePack(planted));
  expect(await createIndexCache(root).read(kind, ['key-0', 'key-1', 'key-2'])).toEqual(new Map([['key-2', { at: 3 }]]));
});

test('answers a few entries of a large file without what lies between them', async () => {
  const large = new Map([0, 1, 2, 3].map((at) => [`large-${at}`, { at, text: 'x'.repeat(400_000) }] as const));
  await createIndexCache(root).write(kind, large);
  expect(await createIndexCache(root).read(kind, ['large-3', 'large-0'])).toEqual(new Map([...large].filter(([key]) => key === 'large-0' || key === 'large-3')));
});

test('any JSON value under any key comes back as it was', async () => {
  const values = fc.uniqueArray(fc.tuple(fc.string({ unit: 'binary' }), fc.jsonValue()), { maxLength: 12, selector: ([key]) => key });
  await fc.assert(
    fc.asyncProperty(values, async (pairs) => {
      const map = new Map(pairs.map(([key, value]) => [key, JSON.parse(JSON.stringify(value)) as unknown] as const));
      const cache = createIndexCache(mkdtempSync(join(root, 'any-')));
      await cache.write(kind, map);
      expect(await cache.read(kind, keysOf(map))).toEqual(map);
    }),
    { numRuns: 25 },
  );
});

test('two processes that write and merge at the same time lose nothing', async () => {
  const script = `
    const { createIndexCache } = require(${JSON.stringify(join(__dirname, 'index-cache.ts'))});
    const own = process.argv[1];
    (async () => {
      const cache = createIndexCache(${JSON.stringify(root)}, { packBytes: 1 << 20, smallPacks: 2, kindBytes: 1 << 24 });
      for (let round = 0; round < 15; round += 1) await cache.write('index-v2', new Map([[own + round, { own, round }], ['shared' + round, { round }]]));
    })();`;
  const run = (name: string) => promisify(execFile)(process.execPath, ['-r', '@swc-node/register', '-e', script, name], { cwd: __dirname });
  await Promise.all(['a', 'b'].map(run));
  const wanted = ['a', 'b', 'shared'].flatMap((name) => Array.from({ length: 15 }, (_, round) => `${name}${round}`));
  expect([...(await createIndexCache(root).read(kind, wanted)).keys()].sort()).toEqual(wanted.sort());
  expect(readdirSync(folder()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(packs().length).toBeLessThanOrEqual(6);
});

test('a flipped bit costs the entry it is in and no other', async () => {
  const cache = createIndexCache(root);
  await cache.write(kind, entries(0, 10));
  const bytes = readFileSync(only());
  const at = bytes.indexOf('"index":4');
  bytes[at + 8] = '9'.charCodeAt(0);
  writeFileSync(only(), bytes);
  expect([...(await cache.read(kind, keysOf(entries(0, 10)))).keys()]).toEqual(keysOf(entries(0, 10)).filter((key) => key !== 'key-4'));
});

test('a pack cut anywhere, or no pack at all, is a miss and is written anew', async () => {
  const cache = createIndexCache(root);
  await cache.write(kind, entries(0, 5));
  const size = statSync(only()).size;
  for (const length of [size - 1, size - 500, 120, 20, 8, 3, 0]) {
    truncateSync(only(), length);
    const found = await cache.read<{ index: number }>(kind, keysOf(entries(0, 5)));
    expect(found.size).toBeLessThan(5);
    for (const [key, value] of found) expect(key).toBe(`key-${value.index}`);
  }
  for (const text of ['ffffffff[]', 'zzzzzzzz', '00000004null', '00000006[1,2]x', '-0000001', '0000001a[["key-1",5,1],["key-2",1]]']) {
    writeFileSync(only(), text);
    expect(await cache.read(kind, ['key-1', 'key-2'])).toEqual(new Map());
  }
  mkdirSync(join(folder(), 'folder.pack'));
  await cache.write(kind, entries(0, 5));
  expect(await cache.read(kind, keysOf(entries(0, 5)))).toEqual(entries(0, 5));
});

test('many small writes are merged and stay readable', async () => {
  const cache = createIndexCache(root);
  for (let index = 0; index < 40; index += 1) await cache.write(kind, entries(index, index + 1));
  expect(packs().length).toBeLessThanOrEqual(17);
  expect(await cache.read(kind, keysOf(entries(0, 40)))).toEqual(entries(0, 40));
});

test('growth is bounded: what was used longest ago goes first', async () => {
  const roomy = { packBytes: 1 << 20, smallPacks: 100, kindBytes: 1 << 24 };
  const size = () => packs().reduce((sum, name) => sum + statSync(join(folder(), name)).size, 0);
  for (let index = 0; index < 4; index += 1) await createIndexCache(root, roomy).write(kind, entries(index * 10, index * 10 + 10));
  for (const name of packs()) utimesSync(join(folder(), name), 1000, 1000);
  const cache = createIndexCache(root, { ...roomy, kindBytes: size() });
  await cache.read(kind, ['key-0']);
  await cache.write(kind, entries(40, 50));
  expect(packs()).toHaveLength(3);
  const found = async (from: number) => (await cache.read(kind, keysOf(entries(from, from + 10)))).size;
  expect([await found(0), (await found(10)) + (await found(20)) + (await found(30)), await found(40)]).toEqual([10, 10, 10]);
});

test('a new version takes the place of the earlier ones and of nobody else', async () => {
  const cache = createIndexCache(root);
  for (const each of ['index-v1', 'index-v9', 'outline-v1', 'indexes']) await cache.write(each, entries(0, 1));
  await cache.write('index-v2', entries(0, 1));
  await cache.write('index-v10', entries(0, 1));
  expect(readdirSync(join(root, '.orchestra/cache')).sort()).toEqual(['index-v10', 'indexes', 'outline-v1']);
});

test('drafts of killed processes are removed once nobody can be writing them', async () => {
  const cache = createIndexCache(root);
  await cache.write(kind, entries(0, 1));
  for (const name of ['old.pack.1-a.tmp', 'new.pack.2-b.tmp']) writeFileSync(join(folder(), name), 'half');
  utimesSync(join(folder(), 'old.pack.1-a.tmp'), 1000, 1000);
  await cache.write(kind, entries(1, 2));
  expect(readdirSync(folder()).filter((name) => name.endsWith('.tmp'))).toEqual(['new.pack.2-b.tmp']);
});

test('a cache that cannot be written is no error', async () => {
  writeFileSync(join(root, '.orchestra'), 'a file where the folder belongs');
  const cache = createIndexCache(root);
  await cache.write(kind, entries(0, 1));
  expect(await cache.read(kind, ['key-0'])).toEqual(new Map());
});

test.each(['../v1', 'a/b', '', 'A', '.'])('the kind %j reaches no path', async (name) => {
  const cache = createIndexCache(root);
  await expect(cache.read(name, ['k'])).rejects.toThrow('does not name a kind');
  await expect(cache.write(name, entries(0, 1))).rejects.toThrow('does not name a kind');
  expect(existsSync(join(root, '.orchestra'))).toBe(false);
});

test('a cache that came with a commit is refused: it would decide what a plan rests on', async () => {
  const temp = tempRepository({ '.orchestra/cache/index-v2/planted.pack': '00000002[]' });
  try {
    await expect(createIndexCache(temp.root).read(kind, ['k'])).rejects.toMatchObject({ kind: 'input' });
  } finally {
    temp.dispose();
  }
});
