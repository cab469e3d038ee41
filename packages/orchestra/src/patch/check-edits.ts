import type { Edit, Rejection, Task } from '../model';
import { checkLease, type LeasePolicy } from './check-lease';
import type { FoldedPaths } from './fold-paths';

/** The lease check for a whole reply: every path of every edit, both ends of a rename, and the task's budget of files. */
export function checkEdits(
  edits: readonly Edit[],
  task: Pick<Task, 'mayTouch' | 'budget'>,
  policy: LeasePolicy,
  existing?: FoldedPaths,
): readonly Rejection[] {
  const rejections = edits.flatMap((edit, index) =>
    pathsOf(edit).flatMap((path) => {
      const rejection = checkLease(path, task, policy, existing);
      return rejection === undefined ? [] : [{ ...rejection, edit: index }];
    }),
  );
  const files = new Set(edits.flatMap(pathsOf)).size;
  if (files <= task.budget.files) return rejections;
  const because = `the reply touches ${files} files and the task may touch ${task.budget.files}`;
  return [...rejections, { kind: 'too-many-files', because }];
}

/** Every path an edit reads or writes. */
export function pathsOf(edit: Edit): readonly string[] {
  return edit.kind === 'rename' ? [edit.path, edit.to] : [edit.path];
}
