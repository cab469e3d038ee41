import { indexFile } from './index-file';
import { rankAfterTest } from './rank-after-test';
import type { RankedFile } from '../model';

const texts: Record<string, string> = {
  'src/routes.ts': 'export const routes = [];\n',
  'src/words.ts': 'export const words = [];\n',
  'src/replay.ts': 'export function replay() {}\n',
  'src/order.ts': 'export function order() {}\n',
  'src/a.ts': 'export const a = 1;\n',
  'src/b.ts': 'export const b = 1;\n',
  'src/testing/store.ts': 'export const store = 1;\n',
  'src/replay.spec.ts': "import { replay } from './replay';\nimport { order } from './order';\nimport { store } from './testing/store';\nimport fs from 'node:fs';\n",
  'src/wide.spec.ts': "import './a';\nimport './b';\nimport './replay';\nimport './order';\nimport './words';\n",
};
const indexes = new Map(Object.entries(texts).map(([path, text]) => [path, indexFile(path, text)]));
const isTest = (path: string): boolean => path.endsWith('.spec.ts') || path.includes('/testing/');
const ranked: readonly RankedFile[] = ['routes', 'words', 'order'].map((name, rank) => ({ path: `src/${name}.ts`, score: 3 - rank, because: [{ kind: 'text', detail: 'words' }] }));
const order = (files: readonly RankedFile[]): readonly string[] => files.map(({ path }) => path.slice(4, -3));

it('what the reproducing test imports comes next after the best file, known ones first, unknown ones as well', () => {
  const after = rankAfterTest(ranked, indexes, ['src/replay.spec.ts'], isTest);
  expect(order(after)).toEqual(['routes', 'order', 'replay', 'words']);
  expect(after[1]?.because.map(({ kind }) => kind)).toEqual(['import', 'text']);
  expect(after[2]).toEqual({ path: 'src/replay.ts', score: 3, because: [{ kind: 'import', detail: 'src/replay.spec.ts, which reproduces the goal, imports it' }] });
});

it('a test with many imports moves three, and none without a test', () => {
  expect(order(rankAfterTest(ranked, indexes, ['src/wide.spec.ts'], isTest))).toEqual(['routes', 'words', 'order', 'a']);
  expect(rankAfterTest(ranked, indexes, [], isTest)).toBe(ranked);
  expect(rankAfterTest([], indexes, ['src/wide.spec.ts'], isTest)).toEqual([]);
});

it('the best file stays the best when the test imports it', () => {
  expect(order(rankAfterTest([...ranked].reverse(), indexes, ['src/replay.spec.ts'], isTest))).toEqual(['order', 'replay', 'words', 'routes']);
});
