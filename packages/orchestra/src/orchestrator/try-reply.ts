import type { SecretScanner } from '../io/ports';
import type { Edit, FileTexts, Rejection, Task } from '../model';
import { applyEdits } from '../patch/apply-edits';
import { checkEdits, pathsOf } from '../patch/check-edits';
import { foldPaths } from '../patch/fold-paths';
import { plainText } from '../patch/text-lines';
import { checkShown } from '../specialists/check-shown';
import type { AskContext } from './ask-task';
import { checkNewImports } from './check-new-imports';
import type { Conversation } from './conversation';
import { leasedTask } from './leased-task';
import type { WaveView } from './wave-view';

/** Edits that hold: whole texts, ready for a scratch tree or the Nx Tree. */
export interface AppliedReply {
  readonly changed: FileTexts;
  readonly deleted: readonly string[];
  readonly tolerances: readonly string[];
}

/**
 * Every guard a reply passes before its text goes anywhere, in this order: path and lease, lines that were shown, the disk,
 * the anchors, the imports. The first that objects refuses the whole reply, with everything that it has to say.
 */
export async function tryReply(
  context: AskContext, task: Task, view: WaveView, conversation: Conversation, edits: readonly Edit[], sawFiles = false,
): Promise<AppliedReply | { readonly rejections: readonly Rejection[] }> {
  const leased = leasedTask(task, conversation);
  const existing = [...context.survey.tree.keys(), ...view.changed.keys()].filter((path) => !view.deleted.has(path));
  const refused = checkEdits(edits, leased, context.policy, foldPaths(existing));
  if (refused.length > 0) {
    return { rejections: refused };
  }
  const paths = [...new Set(edits.flatMap(pathsOf))].sort();
  // Whoever read the files in a clone has not guessed what is in them: docs/decisions/0008.
  const unseen = sawFiles ? [] : checkShown(edits, conversation.seen);
  if (unseen.length > 0) {
    return { rejections: unseen };
  }
  const onDisk = await context.io.checkRealPaths(paths);
  if (onDisk.length > 0) {
    return { rejections: onDisk };
  }
  const present = new Set(existing);
  const texts = await view.read(paths);
  const { changed, deleted, rejections, tolerances } = applyEdits(texts, edits, { exists: (path) => present.has(path) });
  if (rejections.length > 0) {
    return { rejections: await withoutHiddenLines(context.io.secrets, texts, rejections) };
  }
  const applied = { changed, deleted, tolerances };
  const unknownImports = await checkNewImports(context.survey, view, applied, present);
  return unknownImports.length > 0 ? { rejections: unknownImports } : applied;
}

/** The nearest lines are quoted from the file itself; of one with secrets, only what a packet would show as well. A part of a key is not recognised as one. */
async function withoutHiddenLines(secrets: SecretScanner, texts: FileTexts, rejections: readonly Rejection[]): Promise<readonly Rejection[]> {
  if (rejections.every(({ nearest }) => nearest === undefined)) return rejections;
  const found = await secrets.scan(texts);
  if (found.size === 0) return rejections;
  const shown = await Promise.all([...texts].map(async ([path, text]) => plainText((found.has(path) ? await secrets.cut(path, text) : text) ?? '')));
  return rejections.map(({ nearest, ...rest }) => (nearest !== undefined && shown.some((text) => text.includes(nearest)) ? { ...rest, nearest } : rest));
}
