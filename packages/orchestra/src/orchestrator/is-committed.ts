import type { Io } from '../io/ports';
import type { WaveState } from '../model';

/**
 * Committed means by content: every file the wave wrote is clean in the working tree and stands at HEAD otherwise than it
 * stood at the wave's base. A person's amendment before the commit counts; a `git checkout` of the old text does not.
 */
export async function isCommitted(io: Io, state: WaveState): Promise<boolean> {
  const paths = Object.keys(state.applied);
  if (paths.length === 0) {
    return false;
  }
  const dirty = new Set(await io.repository.dirtyPaths());
  if (paths.some((path) => dirty.has(path))) {
    return false;
  }
  const [base, head] = await Promise.all([io.repository.listTree(state.base), io.repository.head().then((commit) => io.repository.listTree(commit))]);
  return paths.every((path) => base.get(path)?.blob !== head.get(path)?.blob);
}
