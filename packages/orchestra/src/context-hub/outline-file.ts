import { isSource } from '../syntax/parse-source';
import { emptyOutline, type FileOutline } from '../model/file-outline';
import { outlineSource } from '../syntax/outline-source';
import { outlineSql } from '../syntax/outline-sql';
import { toLineFeeds } from '../syntax/source-lines';

export type { FileOutline } from '../model/file-outline';

/** What other code can rely on in a file; empty for what is neither source nor SQL. Total: broken text gives less, never an error. */
export function outlineFile(path: string, text: string): FileOutline {
  const clean = toLineFeeds(text);
  if (path.endsWith('.sql')) return outlineSql(path, clean);
  if (!isSource(path) || path.endsWith('.d.ts')) return emptyOutline(path);
  try {
    return outlineSource(path, clean);
  } catch (error) {
    // Nesting too deep for a recursive parser is the file's fault.
    if (error instanceof RangeError) return emptyOutline(path);
    throw error;
  }
}
