import type { Opener } from './block-markers';
import { pathInFenceInfo, pathOnLine, spellPath } from './clean-path';

/** A code fence that is open. */
export interface Fence {
  readonly tick: string;
  readonly info: string;
  readonly line: number;
}

export type FoundPath =
  | { readonly path: string; readonly tolerances: readonly string[] }
  | { readonly path: undefined; readonly because: string; readonly tolerances: readonly string[] };

/**
 * The path that a block names: on its marker line, on the line above it, in the fence's info or above the fence. A block
 * right after another one in the same fence may leave it out. Nothing else stands in for a path, and two different
 * ones are a fault: an edit is never taken to another file than the one it names.
 */
export function findBlockPath(lines: readonly string[], index: number, opener: Opener, fence: Fence | undefined, previous: { end: number; path: string } | undefined): FoundPath {
  const floor = Math.max(fence?.line ?? -1, previous?.end ?? -1);
  const above = lastFilled(lines, index, floor);
  const onMarker = opener.kind === 'RENAME' ? undefined : pathOnLine(opener.rest, true);
  const inside = above === undefined ? undefined : pathOnLine(lines[above] ?? '', fence !== undefined && fence.line >= (previous?.end ?? -1));
  const inInfo = fence === undefined || (previous?.end ?? -1) > fence.line ? undefined : pathInFenceInfo(fence.info);
  const named = [inside, onMarker, inInfo].filter((path) => path !== undefined);
  if (new Set(named.map((path) => spellPath(path).path)).size > 1) return { path: undefined, because: `the block that begins in line ${index + 1} of the reply names two paths: ${named.join(' and ')}`, tolerances: [] };
  const [path] = named;
  if (path !== undefined) return { path, tolerances: pathTolerances(lines[above ?? -1] ?? '', path, inside, onMarker, fence) };
  if (above === undefined && previous !== undefined && previous.end === floor) return { path: previous.path, tolerances: ['path-carried-on'] };
  const overFence = above === undefined && fence !== undefined ? lastFilled(lines, fence.line, previous?.end ?? -1) : undefined;
  const outer = overFence === undefined ? undefined : pathOnLine(lines[overFence] ?? '', false);
  if (outer !== undefined) return { path: outer, tolerances: ['path-above-fence', ...((lines[overFence ?? -1] ?? '').trim() === outer ? [] : ['decorated-path'])] };
  return { path: undefined, because: `the block that begins in line ${index + 1} of the reply has no path in the line above it`, tolerances: [] };
}

function pathTolerances(line: string, path: string, inside: string | undefined, onMarker: string | undefined, fence: Fence | undefined): readonly string[] {
  const unfenced = fence === undefined ? ['no-fence'] : [];
  if (inside !== undefined) return line.trim() === path ? unfenced : [...unfenced, 'decorated-path'];
  return [...unfenced, onMarker === undefined ? 'path-in-fence-info' : 'path-on-marker'];
}

/** The nearest line above `index`, and below `floor`, that is not blank. */
function lastFilled(lines: readonly string[], index: number, floor: number): number | undefined {
  for (let above = index - 1; above > floor; above--) {
    if ((lines[above] ?? '').trim() !== '') return above;
  }
  return undefined;
}
