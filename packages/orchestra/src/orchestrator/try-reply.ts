import type { Edit, FileTexts, Rejection, Task } from '../model';
import { applyEdits } from '../patch/apply-edits';
import { checkLease } from '../patch/check-lease';
import type { AskContext } from './ask-task';
import type { Conversation } from './conversation';
import { escapeGlob } from './escape-glob';
import type { WaveView } from './wave-view';

/** Edits that hold: whole texts, ready for a scratch tree or the Nx Tree. */
export interface AppliedReply {
  readonly changed: FileTexts;
  readonly deleted: readonly string[];
  readonly tolerances: readonly string[];
}

/**
 * Every guard a reply passes before its text goes anywhere: path, lease, symlinks on disk, then the anchors.
 * All of them are reported at once, and any of them refuses the whole reply.
 */
export async function tryReply(
  context: AskContext, task: Task, view: WaveView, conversation: Conversation, edits: readonly Edit[],
): Promise<AppliedReply | { readonly rejections: readonly Rejection[] }> {
  const leased: Task = { ...task, mayTouch: [...conversation.grants.map(escapeGlob), ...task.mayTouch] };
  const refused = edits.flatMap((edit, position) =>
    pathsOf(edit).flatMap((path) => {
      const rejection = checkLease(path, leased, context.policy);
      return rejection === undefined ? [] : [{ ...rejection, edit: position }];
    }),
  );
  if (refused.length > 0) {
    return { rejections: refused };
  }
  const paths = [...new Set(edits.flatMap(pathsOf))].sort();
  const onDisk = await context.io.checkRealPaths(paths);
  if (onDisk.length > 0) {
    return { rejections: onDisk };
  }
  if (paths.length > task.budget.files) {
    const because = `${paths.length} files are edited and the task may edit ${task.budget.files}: ${paths.join(', ')}`;
    return { rejections: [{ kind: 'too-many-files', because }] };
  }
  const { changed, deleted, rejections, tolerances } = applyEdits(await view.read(paths), edits);
  return rejections.length > 0 ? { rejections } : { changed, deleted, tolerances };
}

function pathsOf(edit: Edit): readonly string[] {
  return edit.kind === 'rename' ? [edit.path, edit.to] : [edit.path];
}
