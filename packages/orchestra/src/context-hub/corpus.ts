import type { FileIndex } from './file-index';
import { indexStems, type StemIndex } from './match-path';
import { pathKind, stemOf, type PathKind } from './path-kind';
import { splitWords } from './split-words';

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
  readonly stems: StemIndex;
}

export function buildCorpus(files: ReadonlyMap<string, FileIndex>): Corpus {
  const paths = [...files.keys()].sort();
  const documents = paths.flatMap((path) => {
    const index = files.get(path);
    const kind = pathKind(path);
    if (index === undefined || (kind !== 'source' && kind !== 'schema' && kind !== 'config')) return [];
    return [{ path, kind, index, stem: splitWords(stemOf(path)), folders: splitWords(path.split('/').slice(0, -1).join(' ')) }];
  });
  return { files, documents, stems: indexStems(paths) };
}
