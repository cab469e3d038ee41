import type { PathAlias } from '../syntax/path-aliases';
import { folderOf, joinPath } from './join-path';

/** An alias as the index of its configuration has it, and the path of this one: it holds at and below its folder. */
export type PlacedAlias = readonly [configuration: string, ...PathAlias];

export interface AliasTargets {
  /** The nearest folder at or above this one that has aliases; `undefined` when none has. */
  scopeOf(folder: string): string | undefined;
  /** Where a specifier may lead for the files of a scope, best first; none when no alias names it. */
  targetsIn(scope: string, specifier: string): readonly string[];
}

/** Of one folder's configurations. `byPrefix`: what stands before the `*`; `lengths` of these, longest first, because the longest that fits is meant. */
interface AliasTable {
  readonly exact: Map<string, readonly string[]>;
  readonly byPrefix: Map<string, Map<string, readonly string[]>>;
  lengths: readonly number[];
}

/** Configurations above a file that are asked; a folder in a folder in a folder with its own aliases each is nobody's workspace. */
const mostScopes = 8;

/**
 * `compilerOptions.paths` as TypeScript applies them, with these differences: a configuration holds for all files at and below its folder, which is what a
 * workspace's base configuration is for, and what it `extends` is not read; several of one folder are taken together, `tsconfig.json` first; where the nearest
 * leads nowhere, those above it are asked.
 */
export function aliasTargets(aliases: readonly PlacedAlias[]): AliasTargets {
  const tables = tablesOf(aliases);
  const scopes = new Map<string, string | undefined>();
  const scopeOf = (folder: string): string | undefined => {
    if (tables.size === 0) return undefined;
    if (!scopes.has(folder)) scopes.set(folder, nearest(tables, folder));
    return scopes.get(folder);
  };
  return {
    scopeOf,
    targetsIn: (scope, specifier) => {
      const found: string[] = [];
      let asked = 0;
      for (let at: string | undefined = scope; at !== undefined && asked < mostScopes; at = at === '' ? undefined : scopeOf(folderOf(at))) {
        const table = tables.get(at);
        if (table !== undefined) found.push(...targetsOf(table, specifier));
        asked += 1;
      }
      return found;
    },
  };
}

function nearest(tables: ReadonlyMap<string, AliasTable>, folder: string): string | undefined {
  for (let at = folder; ; at = folderOf(at)) {
    if (tables.has(at)) return at;
    if (at === '') return undefined;
  }
}

function targetsOf({ exact, byPrefix, lengths }: AliasTable, specifier: string): readonly string[] {
  const whole = exact.get(specifier);
  if (whole !== undefined) return whole.map((target) => joinPath('', target));
  for (const length of lengths) {
    if (length > specifier.length) continue;
    for (const [suffix, targets] of byPrefix.get(specifier.slice(0, length)) ?? []) {
      if (specifier.length < length + suffix.length || !specifier.endsWith(suffix)) continue;
      const matched = specifier.slice(length, specifier.length - suffix.length);
      // Not a replacement text: `$&` in an import would be one.
      return targets.map((target) => joinPath('', target.replace('*', () => matched)));
    }
  }
  return [];
}

function tablesOf(aliases: readonly PlacedAlias[]): ReadonlyMap<string, AliasTable> {
  const tables = new Map<string, AliasTable>();
  for (const [configuration, pattern, relative] of editorsFirst(aliases)) {
    const folder = folderOf(configuration);
    let table = tables.get(folder);
    if (table === undefined) tables.set(folder, (table = { exact: new Map(), byPrefix: new Map(), lengths: [] }));
    const targets = relative.map((target) => (target.startsWith('/') ? target.slice(1) : `${folder}/${target}`));
    const star = pattern.indexOf('*');
    if (star === -1) addTargets(table.exact, pattern, targets);
    else {
      const prefix = pattern.slice(0, star);
      const bySuffix = table.byPrefix.get(prefix) ?? new Map<string, readonly string[]>();
      table.byPrefix.set(prefix, bySuffix);
      addTargets(bySuffix, pattern.slice(star + 1), targets);
    }
  }
  for (const table of tables.values()) table.lengths = [...new Set([...table.byPrefix.keys()].map(({ length }) => length))].sort((a, b) => b - a);
  return tables;
}

/** Of one folder's configurations first what editors read, last what only builds and tests do. */
function editorsFirst(aliases: readonly PlacedAlias[]): readonly PlacedAlias[] {
  const orders = new Map(aliases.map(([configuration]) => [configuration, orderOf(configuration)] as const));
  return [...aliases].sort(([a], [b]) => (a === b ? 0 : (orders.get(a) ?? 0) - (orders.get(b) ?? 0) || (a < b ? -1 : 1)));
}

function orderOf(configuration: string): number {
  const name = configuration.slice(configuration.lastIndexOf('/') + 1);
  const known = ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json'].indexOf(name);
  return known !== -1 ? known : /\.(?:spec|test|e2e|build)\./.test(name) ? 4 : 3;
}

/** A pattern of a second configuration of the folder leads there where the first one's leads nowhere: one of the two is often that of a build. */
function addTargets(known: Map<string, readonly string[]>, key: string, targets: readonly string[]): void {
  known.set(key, [...(known.get(key) ?? []), ...targets]);
}
