import type { FileIndex } from './file-index';

/** The file of the workspace that an import specifier means; undefined for packages from outside. */
export type ResolveModule = (importer: string, specifier: string) => string | undefined;

type FindModule = (path: string) => string | undefined;

/** What a specifier may mean. */
export interface PathSet {
  readonly paths: Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;
  /** Package name → folder. */
  readonly packages: ReadonlyMap<string, string>;
}

/** Thousands of imports name the same few hundred modules: every answer on the way is kept. */
export function moduleResolver({ paths, packages }: PathSet): ResolveModule {
  const find = remembered((path: string) => findModule(paths, path));
  const basesOf = remembered(aliasBases(foldersOf(paths)));
  return (importer, specifier) => {
    const clean = specifier.replace(/[?#].*$/, '');
    if (clean.startsWith('.')) return find(joinPath(folderOf(importer), clean));
    if (/^[@~]\/./.test(clean)) return firstFound(find, basesOf(folderOf(importer)), clean.slice(2));
    return inPackage(packages, find, clean);
  };
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

function remembered<T>(answer: (question: string) => T): (question: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (question) => {
    let found = known.get(question);
    if (found === undefined) known.set(question, (found = { answer: answer(question) }));
    return found.answer;
  };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function foldersOf(paths: PathSet['paths']): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths.keys()) {
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

/** `@/x` is `src/x` beside or above the importer, or `x` in the `src` it stands in: bundler settings are not read, the nearest that exists is taken. */
function aliasBases(folders: ReadonlySet<string>): (folder: string) => readonly string[] {
  return (folder) => {
    const parts = folder === '' ? [] : folder.split('/');
    const above = parts.map((_, depth) => parts.slice(0, parts.length - depth).join('/'));
    return [...above, ''].flatMap((one) => {
      const beside = joinPath(one, 'src');
      return [...(folders.has(beside) ? [beside] : []), ...(one === 'src' || one.endsWith('/src') ? [one] : [])];
    });
  };
}

function firstFound(find: FindModule, bases: readonly string[], rest: string): string | undefined {
  for (const base of bases) {
    const found = find(joinPath(base, rest));
    if (found !== undefined) return found;
  }
  return undefined;
}

function inPackage(packages: ReadonlyMap<string, string>, find: FindModule, specifier: string): string | undefined {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const root = packages.get(name);
  if (root === undefined) return undefined;
  const rest = specifier.slice(name.length + 1);
  return find(joinPath(root, `src/${rest}`)) ?? find(joinPath(root, rest === '' ? 'index' : rest));
}

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs'];

function findModule(paths: PathSet['paths'], path: string): string | undefined {
  if (paths.has(path)) return path;
  const bare = path.replace(/\.[cm]?jsx?$/, '');
  for (const extension of extensions) {
    if (paths.has(path + extension)) return path + extension;
    if (bare !== path && paths.has(bare + extension)) return bare + extension;
  }
  const index = path === '' ? 'index' : `${path.replace(/\/$/, '')}/index`;
  return extensions.map((extension) => index + extension).find((candidate) => paths.has(candidate));
}

function joinPath(folder: string, relative: string): string {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
