import type { Edit, FileTexts, Rejection } from '../model';
import { countDirectionMarks } from './direction-marks';
import { locateText } from './locate-text';
import { mergeLines } from './merge-lines';
import { nearestLines } from './nearest-lines';
import { proposedLines, splitLines, type TextLines } from './text-lines';
import { openFiles, type WorkingFiles } from './working-files';

export interface AppliedEdits {
  /** Path → whole new text, of changed and new files only, sorted by path. */
  readonly changed: ReadonlyMap<string, string>;
  /** Paths that are gone, sorted. */
  readonly deleted: readonly string[];
  readonly rejections: readonly Rejection[];
  /** `<kind>: <path>` for every leniency that was needed, in the order of the edits. */
  readonly tolerances: readonly string[];
}

export interface ApplyOptions {
  /** Whether a path exists whose text was not given (binary, too large). Defaults to "has a text". */
  readonly exists?: (path: string) => boolean;
}

type Outcome = { readonly tolerance?: string } | Omit<Rejection, 'edit' | 'path'>;

/**
 * The edits of one reply, made in order on `texts`. All or nothing: with any rejection nothing is changed, and all
 * rejections are told at once. An edit never reaches another file than the one it names. Lines that no edit changes
 * keep their bytes; new lines take the file's line ending; byte order mark and final newline stay as they were.
 */
export function applyEdits(texts: FileTexts, edits: readonly Edit[], options: ApplyOptions = {}): AppliedEdits {
  const files = openFiles(texts, options.exists ?? ((path) => texts.has(path)));
  const rejections: Rejection[] = [];
  const tolerances: string[] = [];
  edits.forEach((edit, index) => {
    const outcome = applyEdit(files, edit, index);
    if ('kind' in outcome) rejections.push({ ...outcome, edit: index, path: edit.path });
    else if (outcome.tolerance !== undefined) tolerances.push(`${outcome.tolerance}: ${edit.path}`);
  });
  const { changed, deleted } = files.result();
  if (rejections.length === 0 && changed.size === 0 && deleted.length === 0) {
    rejections.push({ kind: 'no-effect', because: 'the edits leave every file as it is' });
  }
  return rejections.length > 0 ? { changed: new Map(), deleted: [], rejections, tolerances } : { changed, deleted, rejections, tolerances };
}

function applyEdit(files: WorkingFiles, edit: Edit, index: number): Outcome {
  const unwritable = unwritableText(edit);
  if (unwritable !== undefined) return { kind: 'malformed', because: unwritable };
  switch (edit.kind) {
    case 'create':
      return create(files, edit);
    case 'replace':
      return replace(files, edit, index);
    case 'delete':
      return files.remove(edit.path) === undefined ? missing(files, edit.path) : {};
    case 'rename':
      return rename(files, edit);
  }
}

/**
 * A NUL makes a file binary to git, and no rule looks into binary files; a lone surrogate is written as another
 * character than the one that was hashed.
 */
function unwritableText(edit: Edit): string | undefined {
  const text = edit.kind === 'create' ? edit.text : edit.kind === 'replace' ? edit.with : '';
  if (text.includes('\0')) return 'the text to write contains a NUL character';
  const before = edit.kind === 'replace' ? edit.find : '';
  if (countDirectionMarks(text) > countDirectionMarks(before)) return 'the text to write contains an invisible character that makes code read otherwise than it runs (Unicode bidirectional control)';
  return /\p{Cs}/u.test(text) ? 'the text to write is not valid Unicode' : undefined;
}

function create(files: WorkingFiles, edit: Extract<Edit, { kind: 'create' }>): Outcome {
  if (files.exists(edit.path)) return { kind: 'exists', because: 'the file exists already; change it with SEARCH/REPLACE' };
  files.write(edit.path, splitLines(edit.text));
  return {};
}

function rename(files: WorkingFiles, edit: Extract<Edit, { kind: 'rename' }>): Outcome {
  if (edit.to === edit.path) return { tolerance: 'no-op-edit' };
  if (files.exists(edit.to)) return { kind: 'exists', because: `"${edit.to}" exists already` };
  const file = files.remove(edit.path);
  if (file === undefined) return missing(files, edit.path);
  files.write(edit.to, file);
  return {};
}

function replace(files: WorkingFiles, edit: Extract<Edit, { kind: 'replace' }>, index: number): Outcome {
  const file = files.read(edit.path);
  if (file === undefined) return missing(files, edit.path);
  if (edit.find === '') return fillEmpty(files, file, edit);
  if (edit.find === edit.with) return { tolerance: 'no-op-edit' };
  const located = locateText(file.lines.map((line) => line.text), edit.find, edit.with);
  if (located.kind === 'ambiguous') return ambiguous(located.starts);
  if (located.kind === 'none') return notFound(files, file, edit);
  const end = located.start + located.count;
  const author = file.lines.slice(located.start, end).find((line) => line.writtenBy !== undefined)?.writtenBy;
  // A tolerant match on lines another edit has just written would be a guess about a guess.
  if (author !== undefined && located.tolerance !== undefined) return overlap(author);
  const merged = mergeLines({ path: edit.path, lines: file.lines, located, edit: index, crlf: file.crlf });
  if (merged === undefined) return notFound(files, file, edit);
  files.write(edit.path, { ...file, lines: [...file.lines.slice(0, located.start), ...merged, ...file.lines.slice(end)] });
  return located.tolerance === undefined ? {} : { tolerance: located.tolerance };
}

function fillEmpty(files: WorkingFiles, file: TextLines, edit: Extract<Edit, { kind: 'replace' }>): Outcome {
  if (file.lines.some((line) => line.text.trim() !== '')) {
    return { kind: 'ambiguous-match', because: 'the SEARCH text is empty, which fits everywhere; quote the lines to change' };
  }
  files.write(edit.path, { ...splitLines(edit.with), byteOrderMark: file.byteOrderMark });
  return {};
}

function ambiguous(starts: readonly number[]): Outcome {
  const lines = starts.map((start) => start + 1).join(', ');
  return { kind: 'ambiguous-match', because: `the SEARCH text fits more than one place (lines ${lines}); quote more of the lines around the right one` };
}

function overlap(author: number): Outcome {
  return { kind: 'overlap', because: `edit ${author + 1} of the same reply has changed these lines; make it one edit` };
}

function missing(files: WorkingFiles, path: string): Outcome {
  return { kind: 'missing', because: files.exists(path) ? 'the file is not a text that can be edited' : 'there is no such file' };
}

function notFound(files: WorkingFiles, file: TextLines, edit: Extract<Edit, { kind: 'replace' }>): Outcome {
  const original = files.original(edit.path);
  if (original !== undefined && locateText(original, edit.find, edit.with).kind === 'found') {
    const author = file.lines.find((line) => line.writtenBy !== undefined)?.writtenBy;
    if (author !== undefined) return overlap(author);
  }
  const nearest = nearestLines(file.lines.map((line) => line.text), proposedLines(edit.find));
  if (nearest === undefined) return { kind: 'no-match', because: 'the SEARCH text is not in the file, and no lines of the file are like it' };
  const [from, to] = nearest.range;
  const where = nearest.difference === undefined ? '' : `; line ${nearest.difference.index + 1} of the SEARCH text differs`;
  return { kind: 'no-match', because: `the SEARCH text is not in the file; the nearest are lines ${from} to ${to}${where}`, nearest: nearest.text };
}
