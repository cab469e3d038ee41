import { pathKind } from '../../context-hub/path-kind';
import type { ChangedFile, Policy } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';

/** Sources that were there before and that a commit changed: what a search could have found. */
export function goldOf(changes: readonly ChangedFile[], policy: Policy): readonly string[] {
  return changes
    .filter(({ path, status }) => status === 'modified' && pathKind(path) === 'source' && !matchesGlobs(path, [...policy.tests, ...policy.testSupport]))
    .map(({ path }) => path);
}
