import type { Io } from '../io/ports';
import { OrchestraError, type Policy, type Wave } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

/**
 * Edits are made against the base commit, so what the lease reaches must be committed. A person's open work elsewhere
 * is left alone.
 */
export async function refuseDirtyLease(io: Io, wave: Wave, policy: Policy): Promise<void> {
  const dirty = (await io.repository.dirtyPaths()).filter(
    (path) => !matchesGlobs(path, policy.generated) && wave.tasks.some((task) => matchesGlobs(path, task.mayTouch)),
  );
  if (dirty.length > 0) {
    throw new OrchestraError('state', [`The wave may edit files that have uncommitted changes. Commit or stash them first:`, ...dirty.map((path) => `  - ${path}`)].join('\n'));
  }
}
