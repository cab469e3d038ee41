import type { FileIndex } from './file-index';
import type { ImportLine } from '../syntax/source-survey';
import { moduleResolver, packageFolders, placedAliases, type ResolveModule } from './resolve-module';

export interface ImportEdge {
  readonly to: string;
  readonly names: readonly string[];
  readonly line: number;
}

/** Path → the files of the workspace it imports, in source order. Packages from outside are left out. */
export type ImportGraph = ReadonlyMap<string, readonly ImportEdge[]>;

const graphs = new WeakMap<ReadonlyMap<string, FileIndex>, ImportGraph>();

/** Remembered per map object: packing, companions and the gate ask for the same one. */
export function importGraph(files: ReadonlyMap<string, FileIndex>): ImportGraph {
  const known = graphs.get(files);
  if (known !== undefined) return known;
  const resolve = moduleResolver({ paths: files, packages: packageFolders(files), aliases: placedAliases(files) });
  const graph = new Map<string, readonly ImportEdge[]>();
  for (const path of [...files.keys()].sort()) graph.set(path, edgesOf(files.get(path), resolve, path));
  graphs.set(files, graph);
  return graph;
}

const turned = new WeakMap<ImportGraph, ImportGraph>();

/** Who imports whom, turned round; remembered like the graph itself. */
export function importersOf(graph: ImportGraph): ImportGraph {
  const known = turned.get(graph);
  if (known !== undefined) return known;
  const importers = turnRound(graph);
  turned.set(graph, importers);
  return importers;
}

function turnRound(graph: ImportGraph): ImportGraph {
  const importers = new Map<string, ImportEdge[]>();
  for (const [from, edges] of graph) {
    for (const { to, names, line } of edges) {
      const known = importers.get(to);
      if (known === undefined) importers.set(to, [{ to: from, names, line }]);
      else known.push({ to: from, names, line });
    }
  }
  return importers;
}

export function edgesOf(file: Pick<FileIndex, 'imports'> | undefined, resolve: ResolveModule, path: string): readonly ImportEdge[] {
  return (file?.imports ?? []).flatMap(({ from, names, line }: ImportLine) => {
    const to = resolve(path, from);
    return to === undefined || to === path ? [] : [{ to, names, line }];
  });
}
