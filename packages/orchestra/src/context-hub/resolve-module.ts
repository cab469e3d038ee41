import { aliasTargets, type PlacedAlias } from './alias-targets';
import type { FileIndex } from './file-index';
import { folderOf, joinPath } from './join-path';

/** The file of the workspace that an import specifier means; undefined for packages from outside. */
export type ResolveModule = (importer: string, specifier: string) => string | undefined;

type FindModule = (path: string) => string | undefined;

/** What a specifier may mean. */
export interface PathSet {
  readonly paths: Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;
  /** Package name → folder. */
  readonly packages: ReadonlyMap<string, string>;
  readonly aliases: readonly PlacedAlias[];
}

/** Thousands of imports name the same few hundred modules: every answer on the way is kept. */
export function moduleResolver({ paths, packages, aliases }: PathSet): ResolveModule {
  const find = remembered((path: string) => findModule(paths, path));
  const basesOf = remembered(sourceBases(foldersOf(paths)));
  const { scopeOf, targetsIn } = aliasTargets(aliases);
  // By scope and not by importer; and targets that lead nowhere are many and not kept.
  const inScope = new Map<string, (specifier: string) => string | undefined>();
  const aliased = (folder: string, specifier: string): string | undefined => {
    const scope = scopeOf(folder);
    if (scope === undefined || specifier.length > longestSpecifier) return undefined;
    let lookUp = inScope.get(scope);
    if (lookUp === undefined) inScope.set(scope, (lookUp = remembered((wanted) => firstOf(targetsIn(scope, wanted), (target) => findModule(paths, target)))));
    return lookUp(specifier);
  };
  return (importer, specifier) => {
    const clean = withoutQuery(specifier);
    if (clean.startsWith('.')) return find(joinPath(folderOf(importer), clean));
    const target = aliased(folderOf(importer), clean);
    if (target !== undefined) return target;
    if (/^[@~]\/./.test(clean)) return firstOf(basesOf(folderOf(importer)), (base) => find(joinPath(base, clean.slice(2))));
    return inPackage(packages, find, clean);
  };
}

/** Characters: a longer one is data in an import. */
const longestSpecifier = 500;

/** `a.css?inline` is `a.css`; `#app/a` is a name. */
function withoutQuery(specifier: string): string {
  const end = specifier.slice(1).search(/[?#]/);
  return end === -1 ? specifier : specifier.slice(0, end + 1);
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

/** Of every configuration among these files. */
export function placedAliases(files: ReadonlyMap<string, FileIndex>): readonly PlacedAlias[] {
  return [...files].flatMap(([path, { aliases }]) => aliases.map(([pattern, targets]) => [path, pattern, targets] as const));
}

function remembered<T>(answer: (question: string) => T): (question: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (question) => {
    let found = known.get(question);
    if (found === undefined) known.set(question, (found = { answer: answer(question) }));
    return found.answer;
  };
}

function foldersOf(paths: PathSet['paths']): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths.keys()) {
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

/** What `@/` stands for where no configuration says it: `src` beside or above the importer, or the `src` it stands in. A bundler's settings are not read, the nearest that exists is taken. */
function sourceBases(folders: ReadonlySet<string>): (folder: string) => readonly string[] {
  return (folder) => {
    const parts = folder === '' ? [] : folder.split('/');
    const above = parts.map((_, depth) => parts.slice(0, parts.length - depth).join('/'));
    return [...above, ''].flatMap((one) => {
      const beside = joinPath(one, 'src');
      return [...(folders.has(beside) ? [beside] : []), ...(one === 'src' || one.endsWith('/src') ? [one] : [])];
    });
  };
}

function firstOf<T>(all: readonly T[], find: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = find(one);
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

const extensions = ['.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.d.ts', '.json', '.vue', '.svelte'];

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
