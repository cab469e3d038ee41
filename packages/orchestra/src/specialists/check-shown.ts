import type { Edit, PacketFile, Rejection } from '../model';
import { locateText } from '../patch/locate-text';

/**
 * Refuses edits to what the specialist has not seen: text of a file shown as outline, lines outside the shown slices,
 * whole files that were not in the packet. What an earlier edit of the same reply wrote counts as seen.
 *
 * A SEARCH text that happens to fit unseen lines was remembered or guessed, and the lines around it are not known to
 * whoever wrote it. The answer to a `not-shown` is to show the lines, which costs a round and no guess.
 *
 * @param files the files of every packet the task has had so far
 */
export function checkShown(edits: readonly Edit[], files: readonly PacketFile[]): readonly Rejection[] {
  const seen = new Map<string, string[]>();
  const whole = new Set<string>();
  for (const file of files) {
    if (file.mode === 'outline') continue;
    if (file.mode === 'whole') whole.add(file.path);
    seen.set(file.path, [...(seen.get(file.path) ?? []), file.text]);
  }
  return edits.flatMap((edit, index) => {
    const because = unseen(edit, seen, whole);
    record(edit, seen, whole);
    return because === undefined ? [] : [{ kind: 'not-shown' as const, edit: index, path: edit.path, because }];
  });
}

function unseen(edit: Edit, seen: ReadonlyMap<string, readonly string[]>, whole: ReadonlySet<string>): string | undefined {
  if (edit.kind === 'create' || whole.has(edit.path)) return undefined;
  const texts = seen.get(edit.path);
  if (texts === undefined) return 'the file was not shown, or only as an outline';
  if (edit.kind === 'delete') return 'only a part of the file was shown, and it would be deleted whole';
  if (edit.kind === 'rename') return undefined;
  const shown = texts.some((text) => locateText(text.split('\n'), edit.find, '').kind !== 'none');
  return shown ? undefined : 'the SEARCH text is not in the lines that were shown';
}

function record(edit: Edit, seen: Map<string, string[]>, whole: Set<string>): void {
  switch (edit.kind) {
    case 'create':
      whole.add(edit.path);
      break;
    case 'replace':
      seen.get(edit.path)?.push(edit.with);
      break;
    case 'rename':
      seen.set(edit.to, seen.get(edit.path) ?? []);
      if (whole.has(edit.path)) whole.add(edit.to);
      break;
    case 'delete':
      break;
  }
}
