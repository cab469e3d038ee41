import type { FileTexts } from '../model';
import { renderLines, splitLines, type TextLines } from './text-lines';

/** The files as the edits so far have left them. Lives for one call of `applyEdits`. */
export interface WorkingFiles {
  exists(path: string): boolean;
  read(path: string): TextLines | undefined;
  write(path: string, file: TextLines): void;
  /** The file that was there, or `undefined` when there was none. */
  remove(path: string): TextLines | undefined;
  /** Lines of the file before the reply. */
  original(path: string): readonly string[] | undefined;
  /** What differs from before, sorted by path. */
  result(): { readonly changed: ReadonlyMap<string, string>; readonly deleted: readonly string[] };
}

export function openFiles(texts: FileTexts, existsOutside: (path: string) => boolean): WorkingFiles {
  /** `undefined` stands for a removed file. */
  const current = new Map<string, TextLines | undefined>();
  const read = (path: string): TextLines | undefined => {
    if (current.has(path)) return current.get(path);
    const text = texts.get(path);
    const file = text === undefined ? undefined : splitLines(text);
    if (file !== undefined) current.set(path, file);
    return file;
  };
  return {
    read,
    exists: (path) => (current.has(path) ? current.get(path) !== undefined : texts.has(path) || existsOutside(path)),
    write: (path, file) => void current.set(path, file),
    remove: (path) => {
      const file = read(path);
      if (file !== undefined) current.set(path, undefined);
      return file;
    },
    original: (path) => {
      const text = texts.get(path);
      return text === undefined ? undefined : splitLines(text).lines.map((line) => line.text);
    },
    result: () => differences(texts, current),
  };
}

function differences(texts: FileTexts, current: ReadonlyMap<string, TextLines | undefined>): ReturnType<WorkingFiles['result']> {
  const changed = new Map<string, string>();
  const deleted: string[] = [];
  for (const path of [...current.keys()].sort()) {
    const file = current.get(path);
    const before = texts.get(path);
    const after = file === undefined ? undefined : renderLines(file);
    if (after === before) continue;
    if (after === undefined) deleted.push(path);
    else changed.set(path, after);
  }
  return { changed, deleted };
}
