import { ranksOf } from './fuse-lists';

describe('ranksOf', () => {
  it('counts what can be changed among its equals, however many others stand before it', () => {
    const scores = Float64Array.from({ length: 3000 }, (_, file) => 3000 - file);
    const ranks = ranksOf(scores, (file) => file >= 2500);
    expect([ranks[0], ranks[2000], ranks[2499]]).toEqual([0, 2000, 2499]);
    expect([ranks[2500], ranks[2501], ranks[2999]]).toEqual([0, 1, 499]);
  });

  it('no longer asks of what stands behind thousands that can be changed', () => {
    const asked: number[] = [];
    const ranks = ranksOf(Float64Array.from({ length: 3000 }, (_, file) => 3000 - file), (file) => asked.push(file) > 0);
    expect([asked.length, ranks[2999]]).toEqual([2000, 2999]);
  });

  it('gives no place to what has no score', () => {
    expect([...ranksOf(Float64Array.from([0, 2, -1, 2]), () => true)]).toEqual([-1, 0, -1, 1]);
  });
});
