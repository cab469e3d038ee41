import type { RankedFile } from '../model';
import { applyOrder } from './apply-order';

const file = (path: string, score: number, kind: RankedFile['because'][number]['kind'] = 'text'): RankedFile => ({ path, score, because: [{ kind, detail: path }], focus: [[1, 2]] });
const ranked = [file('a.ts', 9), file('b.ts', 5), file('c.ts', 3), file('d.ts', 1)];
const named = (...paths: readonly string[]) => ({ files: paths.map((path) => ({ path })) });
const pathsOf = (files: readonly RankedFile[]) => files.map(({ path }) => path);

describe("a model's order of the ranking", () => {
  it('puts what it names first; the rest follows as it stood, and every place keeps its score', () => {
    const ordered = applyOrder(ranked, { files: [{ path: 'c.ts', why: 'sets the fee' }, { path: 'b.ts' }] });
    expect(ordered.map(({ path, score }) => [path, score])).toEqual([['c.ts', 9], ['b.ts', 5], ['a.ts', 3], ['d.ts', 1]]);
    expect(ordered[0]).toMatchObject({ focus: [[1, 2]], because: [{ kind: 'text', detail: 'c.ts' }, { kind: 'model', detail: 'a model put it in place 1: sets the fee' }] });
    expect(ordered[2]?.because.map(({ kind }) => kind)).toEqual(['text']);
  });

  it('never brings a file in: not an unknown one, and none from below the thirty that were shown', () => {
    const many = Array.from({ length: 40 }, (_, index) => file(`f${index}.ts`, 40 - index));
    const ordered = applyOrder(many, named('f35.ts', '../../etc/passwd', '.env', 'f29.ts'));
    expect(pathsOf(ordered).slice(0, 3)).toEqual(['f29.ts', 'f0.ts', 'f1.ts']);
    expect([...pathsOf(ordered)].sort()).toEqual([...pathsOf(many)].sort());
    expect(ordered[35]).toEqual(many[35]);
  });

  it('leaves what the goal names as a target in front', () => {
    const withTarget = [file('a.ts', 9), file('target.ts', 8, 'explicit-target'), file('c.ts', 3)];
    expect(pathsOf(applyOrder(withTarget, named('c.ts', 'a.ts')))).toEqual(['target.ts', 'c.ts', 'a.ts']);
  });

  it('counts a file once, and is the ranking itself without an order', () => {
    expect(pathsOf(applyOrder(ranked, named('d.ts', 'd.ts', 'a.ts', 'd.ts')))).toEqual(['d.ts', 'a.ts', 'b.ts', 'c.ts']);
    expect(applyOrder(ranked, undefined)).toBe(ranked);
    expect(applyOrder(ranked, { files: [] })).toBe(ranked);
  });
});
