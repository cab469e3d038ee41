/**
 * Numbers of the files with a score, best first; of equals the one that comes first by path. @param scores by number of the file
 *
 * Sorted are bare numbers, which needs no comparator: a common word gives every file of a workspace a score, in list after list.
 */
export function orderOf(scores: Float64Array): Uint32Array {
  const sorted = scores.filter((score) => score > 0).sort();
  const taken = new Uint32Array(sorted.length);
  const order = new Uint32Array(sorted.length);
  for (let file = 0; file < scores.length; file += 1) {
    const score = scores[file] ?? 0;
    if (!(score > 0)) continue;
    const after = firstAbove(sorted, score);
    const equals = taken[after - 1] ?? 0;
    taken[after - 1] = equals + 1;
    order[sorted.length - after + equals] = file;
  }
  return order;
}

/** @param sorted ascending @returns how many are not above the score */
function firstAbove(sorted: Float64Array, score: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= score) low = middle + 1;
    else high = middle;
  }
  return low;
}
