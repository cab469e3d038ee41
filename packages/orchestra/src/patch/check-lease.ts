import type { Policy, Rejection, Task } from '../model';
import { checkPath } from './check-path';
import { collisionOf, type FoldedPaths } from './fold-paths';
import { isSecretPath } from './is-secret-path';
import { matchesGlobs } from './matches-globs';
import { protectedGlobs, type Protection } from './protected-globs';

/** What of the policy decides who may write where. */
export type LeasePolicy = Protection & Pick<Policy, 'generated'>;

/**
 * Why `task` may not change `path`, or `undefined` when it may. The order is from the path itself to the permission:
 * a path that nobody may write is refused as such, also where the lease would cover it.
 *
 * @param existing paths of the workspace (`foldPaths`); with it, another spelling of an existing file or
 * folder is refused, and a file where a folder is.
 */
export function checkLease(
  path: string,
  task: Pick<Task, 'mayTouch'>,
  policy: LeasePolicy,
  existing?: FoldedPaths,
): Rejection | undefined {
  const refused = checkPath(path);
  if (refused !== undefined) return { kind: 'path-refused', path, because: refused };
  const collision = existing && collisionOf(path, existing);
  if (collision !== undefined) return { kind: 'path-refused', path, because: collision };
  const guard = guardOf(path, policy);
  if (guard !== undefined) return { kind: 'protected', path, because: guard };
  if (!matchesGlobs(path, task.mayTouch)) {
    return { kind: 'outside-lease', path, because: 'the task may not touch this path' };
  }
  return undefined;
}

/**
 * Our own records are guarded like protected files: the judge leaves them out of the diff, so whatever a reply
 * hid there would never be looked at.
 */
function guardOf(path: string, policy: LeasePolicy): string | undefined {
  const ignoreCase = { ignoreCase: true };
  if (isSecretPath(path)) return 'files that may hold keys are never written';
  if (matchesGlobs(path, policy.generated, ignoreCase)) return 'the path belongs to the records of this tool';
  if (matchesGlobs(path, protectedGlobs(policy), ignoreCase)) return 'the path is protected: only a person may change it';
  return undefined;
}
