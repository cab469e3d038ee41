import type { RankedFile } from '../model';
import { indexAll } from './__fixtures__/small-crm';
import { buildCorpus } from './corpus';
import { listSourceItems } from './list-source-items';
import type { PacketItem } from './packet-item';

const lines = (count: number): string => Array.from({ length: count }, (_, at) => `export function part${at}() {\n${'  work();\n'.repeat(12)}}\n`).join('\n');
const nothing = { tests: [], support: [], callees: [], named: [], callers: [], mounts: [], migrations: [], requested: [], unknown: [], further: [] };

/** Sources of so many functions each, scored by position; every chunk scores what `scores` says, 0 beyond it. */
function itemsOf(sources: readonly (Partial<RankedFile> & { readonly path: string; readonly functions: number })[], scores: readonly number[], editable = (_path: string): boolean => true): readonly PacketItem[] {
  const texts = new Map(sources.map(({ path, functions }) => [path, lines(functions)] as const));
  const indexes = indexAll(texts);
  const files = new Map([...texts].flatMap(([path, text]) => {
    const index = indexes.get(path);
    return index === undefined ? [] : [[path, { path, lines: text.split('\n'), index }] as const];
  }));
  const ranked = sources.map(({ path, score = 1, focus }) => ({ path, score, because: [], ...(focus === undefined ? {} : { focus }) }));
  return listSourceItems({
    selection: { ...nothing, corpus: buildCorpus(indexes), sources: ranked }, files, inLease: editable, writesTests: false,
    scoreChunks: (index) => index.chunks.map((_, position) => scores[position] ?? 0),
  });
}

const valuesOf = (items: readonly PacketItem[], path: string): readonly number[] => items.filter((item) => item.path === path).map(({ value }) => value);
const best = (values: readonly number[]): number => Math.max(...values);
const long = 60;

describe('listSourceItems', () => {
  it('values a chunk by its place among the chunks of its file, however near the scores are', () => {
    const near = valuesOf(itemsOf([{ path: 'a.ts', functions: long }], [8, 0, 10, 0, 9]), 'a.ts');
    const apart = valuesOf(itemsOf([{ path: 'a.ts', functions: long }], [3, 0, 10, 0, 5]), 'a.ts');
    expect(near).toEqual(apart);
    expect([near[2], near[4], near[0]]).toEqual([...near].sort((a, b) => b - a).slice(0, 3));
  });

  it('puts the lines that evidence points at before those with more of the words', () => {
    const items = itemsOf([{ path: 'a.ts', functions: long, focus: [[62, 63]] }], [10, 0, 9, 0, 1]);
    const [first] = [...items].sort((a, b) => b.value - a.value);
    expect(first).toBe(items[4]);
    expect(first).toMatchObject({ start: 60, end: 74 });
  });

  it('values a file less the further its score is below the first, at the same rank', () => {
    const second = (score: number): number => best(valuesOf(itemsOf([{ path: 'a.ts', functions: long, score: 10 }, { path: 'b.ts', functions: long, score }], [3, 2, 1]), 'b.ts'));
    expect(second(9)).toBeGreaterThan(2 * second(6));
  });

  it('still values what a named target needs, though the target scores several times as much', () => {
    const items = itemsOf([{ path: 'target.ts', functions: long, score: 40 }, { path: 'b.ts', functions: long, score: 4 }], [3, 2, 1]);
    expect(best(valuesOf(items, 'b.ts'))).toBeGreaterThan(best(valuesOf(items, 'target.ts')) / 20);
  });

  it('values what may be edited above what may only be read', () => {
    const sources = [{ path: 'a.ts', functions: long }];
    expect(best(valuesOf(itemsOf(sources, [1]), 'a.ts'))).toBeGreaterThan(best(valuesOf(itemsOf(sources, [1], () => false), 'a.ts')));
  });

  it('lets no line of a moderate file at the head fall far behind, so that it comes whole', () => {
    const spread = (functions: number): number => {
      const values = valuesOf(itemsOf([{ path: 'a.ts', functions }], [5, 4, 3, 2, 1]), 'a.ts');
      return Math.min(...values) / best(values);
    };
    expect(spread(40)).toBeCloseTo(0.1);
    expect(spread(120)).toBeLessThan(0.05);
  });

  it('values every chunk when no file of the ranking has a score', () => {
    expect(valuesOf(itemsOf([{ path: 'a.ts', functions: 3, score: 0 }], []), 'a.ts').every((value) => value > 0 && Number.isFinite(value))).toBe(true);
  });
});
