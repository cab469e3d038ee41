import type { FileTexts, Rejection } from '../model';

/** One import or re-export of a file, as a parser found it. */
export interface ImportedNames {
  /** As written: `./price`, `@aisha/contracts`, `node:fs`. */
  readonly specifier: string;
  /** Imported names, `default` for the default; none for `import 'x'`, `import *` and calls. */
  readonly names: readonly string[];
}

/** What the caller knows of the workspace, with the reply's own changes in it. `syntax/` can read imports and exports. */
export interface ImportKnowledge {
  importsOf(text: string, path: string): readonly ImportedNames[];
  /** Whether a file stands at the path after the edits. */
  exists(path: string): boolean;
  /** Names a file exports after the edits; `undefined` when that is not known, e.g. for `export *` from elsewhere. */
  exportsOf(path: string): readonly string[] | undefined;
  /** Package names that a file may import: declared by the nearest package.json, the workspace's own, Node's. */
  readonly packages: ReadonlySet<string>;
  /** File of a specifier that is neither relative nor a package: path aliases, the workspace's own packages. */
  resolveAlias?(specifier: string, from: string): string | undefined;
}

/** In the order in which a bundler or TypeScript would try them. */
const extensions = ['', '.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte'];
const emittedAs: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx']], ['.jsx', ['.tsx']], ['.mjs', ['.mts']], ['.cjs', ['.cts']],
]);

/**
 * Imports of changed files that cannot work: packages nobody declared, files that are not there, names that a known
 * file does not export. Caught before anything runs, because a test that cannot load is red for the wrong reason.
 * Only what is known to be wrong is refused: an export list that could not be read refuses nothing.
 *
 * @param changed path → new text
 * @param before texts the files had: an import that was there already is not the reply's fault
 */
export function checkImports(changed: FileTexts, knowledge: ImportKnowledge, before: FileTexts = new Map()): readonly Rejection[] {
  return [...changed].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, text]) => {
    const known = new Set(importsIn(before.get(path), path, knowledge).flatMap(keysOf));
    const faults = importsIn(text, path, knowledge).flatMap((each) => {
      const added = { ...each, names: each.names.filter((name) => !known.has(`${each.specifier}#${name}`)) };
      return known.has(each.specifier) && added.names.length === 0 ? [] : faultsOf(added, path, knowledge);
    });
    return [...new Set(faults)].map((because) => ({ kind: 'unknown-import' as const, path, because }));
  });
}

function importsIn(text: string | undefined, path: string, knowledge: ImportKnowledge): readonly ImportedNames[] {
  return text === undefined ? [] : knowledge.importsOf(text, path);
}

function keysOf({ specifier, names }: ImportedNames): readonly string[] {
  return [specifier, ...names.map((name) => `${specifier}#${name}`)];
}

function faultsOf(imported: ImportedNames, from: string, knowledge: ImportKnowledge): readonly string[] {
  const { specifier } = imported;
  const relative = specifier.startsWith('.');
  const target = relative ? resolveRelative(specifier, from, knowledge) : knowledge.resolveAlias?.(specifier, from);
  if (target !== undefined) return missingNames(imported, target, knowledge);
  if (relative) return [`"${specifier}" is imported and no such file exists`];
  const name = packageOf(specifier);
  if (specifier.startsWith('node:') || knowledge.packages.has(name) || knowledge.packages.has(specifier)) return [];
  return [`"${name}" is imported and the package does not declare it`];
}

function missingNames({ specifier, names }: ImportedNames, target: string, knowledge: ImportKnowledge): readonly string[] {
  const exported = knowledge.exportsOf(target);
  if (exported === undefined || /\.(json|vue|svelte)$/.test(target)) return [];
  return names.filter((name) => !exported.includes(name)).map((name) => `"${name}" is imported from "${specifier}", and ${target} does not export it${hint(exported)}`);
}

function hint(exported: readonly string[]): string {
  const names = [...exported].sort().slice(0, 12);
  return names.length === 0 ? '' : ` (it exports ${names.join(', ')}${exported.length > names.length ? ', …' : ''})`;
}

function resolveRelative(specifier: string, from: string, knowledge: ImportKnowledge): string | undefined {
  const path = joinRelative(from, specifier.replace(/[?#].*$/, ''));
  if (path === undefined) return undefined;
  const extension = /\.[mc]?jsx?$/.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - extension.length);
  const candidates = [
    ...extensions.map((each) => path + each),
    ...(emittedAs.get(extension) ?? []).map((each) => stem + each),
    ...extensions.slice(1).map((each) => `${path === '' ? '' : `${path}/`}index${each}`),
  ];
  return candidates.find((candidate) => candidate !== '' && knowledge.exists(candidate));
}

/** `undefined` when the specifier climbs out of the workspace. */
function joinRelative(from: string, specifier: string): string | undefined {
  const segments = from.split('/').slice(0, -1);
  for (const segment of specifier.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
