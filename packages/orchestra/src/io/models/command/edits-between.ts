import { structuredPatch } from 'diff';
import type { Edit } from '../../../model';
import { applyEdits } from '../../../patch/apply-edits';

/**
 * Edits that turn one text into another: its hunks, else the whole text. Each proposal is tried with the very function that
 * will apply it. Line endings and a missing final newline are the file's own and no part of a change.
 *
 * @returns an empty list when only those differ, `undefined` when no proposal leads there
 */
export function editsBetween(path: string, before: string, after: string): readonly Edit[] | undefined {
  if (plain(before) === plain(after)) return [];
  const proposals: readonly (readonly Edit[])[] = [
    hunks(path, plain(before), plain(after)),
    [{ kind: 'replace', path, find: withoutLastBreak(plain(before)), with: withoutLastBreak(plain(after)) }],
    [{ kind: 'delete', path }, { kind: 'create', path, text: plain(after) }],
  ];
  return proposals.find((edits) => {
    const result = applyEdits(new Map([[path, before]]), edits);
    return result.rejections.length === 0 && plain(result.changed.get(path) ?? '') === plain(after);
  });
}

function hunks(path: string, before: string, after: string): readonly Edit[] {
  return structuredPatch(path, path, before, after, undefined, undefined, { context: 3 }).hunks.map((hunk) => {
    const side = (other: string): string => hunk.lines.filter((line) => !line.startsWith(other) && !line.startsWith('\\')).map((line) => line.slice(1)).join('\n');
    return { kind: 'replace', path, find: side('+'), with: side('-') };
  });
}

function plain(text: string): string {
  const lines = text.replace(/\r\n/g, '\n');
  return lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`;
}

function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, '');
}
