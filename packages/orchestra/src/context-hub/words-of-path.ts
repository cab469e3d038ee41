import { folderOf } from './join-path';
import { stemOf } from './path-kind';
import { splitWords } from './split-words';

export interface PathWords {
  readonly stem: readonly string[];
  readonly folders: readonly string[];
}

const folders = new Map<string, readonly string[]>();
const mostKnown = 20_000;

/** The words of a file's name and of its folders. Neighbours share their folders, so these are kept. */
export function wordsOfPath(path: string): PathWords {
  const folder = folderOf(path);
  let words = folders.get(folder);
  if (words === undefined) {
    if (folders.size >= mostKnown) folders.clear();
    folders.set(folder, (words = splitWords(folder.replaceAll('/', ' '))));
  }
  return { stem: splitWords(stemOf(path)), folders: words };
}
