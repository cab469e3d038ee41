import type { FileIndex } from './file-index';
import type { ImportLine } from '../syntax/source-survey';

export interface ImportEdge {
  readonly to: string;
  readonly names: readonly string[];
  readonly line: number;
}

/** Path → the files of the workspace it imports, in source order. Packages from outside are left out. */
export type ImportGraph = ReadonlyMap<string, readonly ImportEdge[]>;

const graphs = new WeakMap<ReadonlyMap<string, FileIndex>, ImportGraph>();

/** Remembered per map object: ranking, packing and companions ask for the same one. */
export function importGraph(files: ReadonlyMap<string, FileIndex>): ImportGraph {
  const known = graphs.get(files);
  if (known !== undefined) return known;
  const packages = packageFolders(files);
  const graph = new Map<string, readonly ImportEdge[]>();
  for (const path of [...files.keys()].sort()) graph.set(path, edgesOf(files, packages, path));
  graphs.set(files, graph);
  return graph;
}

/** Who imports whom, turned round. */
export function importersOf(graph: ImportGraph): ReadonlyMap<string, readonly ImportEdge[]> {
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

function edgesOf(files: ReadonlyMap<string, FileIndex>, packages: ReadonlyMap<string, string>, path: string): readonly ImportEdge[] {
  return (files.get(path)?.imports ?? []).flatMap(({ from, names, line }: ImportLine) => {
    const to = resolveSpecifier(files, packages, path, from);
    return to === undefined || to === path ? [] : [{ to, names, line }];
  });
}

/** Package name → folder. `indexFile` keeps a package.json's name as its only definition. */
export function packageFolders(files: ReadonlyMap<string, FileIndex>): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const [path, index] of files) {
    const name = index.definitions[0]?.[0];
    if (name !== undefined && path.endsWith('/package.json')) folders.set(name, path.slice(0, -'/package.json'.length));
  }
  return folders;
}

function resolveSpecifier(
  files: ReadonlyMap<string, FileIndex>, packages: ReadonlyMap<string, string>, importer: string, specifier: string,
): string | undefined {
  const clean = specifier.replace(/[?#].*$/, '');
  const folder = importer.includes('/') ? importer.slice(0, importer.lastIndexOf('/')) : '';
  if (clean.startsWith('.')) return findModule(files, joinPath(folder, clean));
  const alias = /^[@~]\/(.+)$/.exec(clean)?.[1];
  if (alias !== undefined) return resolveAlias(files, folder, alias);
  const name = clean.split('/').slice(0, clean.startsWith('@') ? 2 : 1).join('/');
  const root = packages.get(name);
  if (root === undefined) return undefined;
  const rest = clean.slice(name.length + 1);
  return findModule(files, joinPath(root, `src/${rest}`)) ?? findModule(files, joinPath(root, rest === '' ? 'index' : rest));
}

/** `@/x` is `src/x` beside or above the importer: bundler settings are not read, the nearest that exists is taken. */
function resolveAlias(files: ReadonlyMap<string, FileIndex>, folder: string, rest: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const above = parts.slice(0, depth).join('/');
    const found = findModule(files, joinPath(above, `src/${rest}`)) ?? (parts[depth - 1] === 'src' ? findModule(files, joinPath(above, rest)) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs'];

function findModule(files: ReadonlyMap<string, FileIndex>, path: string): string | undefined {
  if (files.has(path)) return path;
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  for (const extension of extensions) {
    if (files.has(path + extension)) return path + extension;
    if (bare !== path && files.has(bare + extension)) return bare + extension;
  }
  const index = path === '' ? 'index' : `${path.replace(/\/$/, '')}/index`;
  return extensions.map((extension) => index + extension).find((candidate) => files.has(candidate));
}

function joinPath(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
