import type { FileIndex } from './file-index';
import { indexStems, type StemIndex } from './match-path';
import { pathKind, type PathKind } from './path-kind';
import { wordsOfPath } from './words-of-path';

export interface Document {
  readonly path: string;
  readonly kind: PathKind;
  readonly index: FileIndex;
  readonly stem: readonly string[];
  readonly folders: readonly string[];
}

/** The files of one tree, sorted by path, with what only the path tells. */
export interface Corpus {
  readonly files: ReadonlyMap<string, FileIndex>;
  /** What can be ranked: sources, migrations, configuration. */
  readonly documents: readonly Document[];
  /** Word → positions of the documents whose stem or folders hold it, ascending. */
  readonly wordsOfPaths: ReadonlyMap<string, readonly number[]>;
  readonly stems: StemIndex;
}

const corpora = new WeakMap<ReadonlyMap<string, FileIndex>, Corpus>();

/** Remembered per map object, like the import graph: candidates, packet and companions ask for the same one. A ranking asks a `TreeIndex`. */
export function buildCorpus(files: ReadonlyMap<string, FileIndex>): Corpus {
  const known = corpora.get(files);
  if (known !== undefined) return known;
  const paths = [...files.keys()].sort();
  const documents = paths.flatMap((path) => {
    const index = files.get(path);
    const kind = pathKind(path);
    if (index === undefined || (kind !== 'source' && kind !== 'schema' && kind !== 'config')) return [];
    return [{ path, kind, index, ...wordsOfPath(path) }];
  });
  const corpus = { files, documents, wordsOfPaths: wordsOfPaths(documents), stems: indexStems(paths) };
  corpora.set(files, corpus);
  return corpus;
}

function wordsOfPaths(documents: readonly Document[]): ReadonlyMap<string, readonly number[]> {
  const positions = new Map<string, number[]>();
  for (const [position, { stem, folders }] of documents.entries()) {
    for (const word of new Set([...stem, ...folders])) {
      const known = positions.get(word);
      if (known === undefined) positions.set(word, [position]);
      else known.push(position);
    }
  }
  return positions;
}
