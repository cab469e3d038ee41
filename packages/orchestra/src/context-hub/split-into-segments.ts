/** Files of a segment, on average; a changed file costs reading so many others. */
const usualLength = 64;
/** Nobody chooses the hashes of a repository's paths, but somebody may. */
const longest = 4 * usualLength;

/**
 * Runs of neighbouring paths. Where a run ends depends on its last path alone, so a file that comes or goes changes one run and shifts none.
 * @param paths sorted
 */
export function splitIntoSegments(paths: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = [];
  let run: string[] = [];
  for (const path of paths) {
    run.push(path);
    if (hashOf(path) % usualLength !== 0 && run.length < longest) continue;
    runs.push(run);
    run = [];
  }
  return run.length === 0 ? runs : [...runs, run];
}

/** FNV-1a. */
function hashOf(path: string): number {
  let hash = 0x811c9dc5;
  for (let position = 0; position < path.length; position += 1) hash = Math.imul(hash ^ path.charCodeAt(position), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
