/** Numbers of the files with a score, best first; of equals the one that comes first by path. @param scores by number of the file */
export function orderOf(scores: Float64Array): Uint32Array {
  let count = 0;
  const files = new Uint32Array(scores.length);
  for (let file = 0; file < scores.length; file += 1) {
    if ((scores[file] ?? 0) <= 0) continue;
    files[count] = file;
    count += 1;
  }
  return files.subarray(0, count).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
}
