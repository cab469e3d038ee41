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

/** Of one configuration. `byPrefix`: what stands before the `*`; `lengths` of these, longest first, because the longest that fits is meant. */
interface AliasTable {
  readonly exact: ReadonlyMap<string, readonly string[]>;
  readonly byPrefix: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
  readonly lengths: readonly number[];
}

/** Folders above a file, and configurations of a folder, that are asked; a folder in a folder in a folder with its own aliases each is nobody's workspace. */
const most = { scopes: 8, configurations: 8 } as const;

/**
 * `compilerOptions.paths` as TypeScript applies them, with these differences: a configuration holds for all files at and below its folder, which is what a
 * workspace's base configuration is for, and what it `extends` is not read; of several in one folder `tsconfig.json` is asked first; where one leads
 * nowhere, the next is asked and then those above.
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
      for (let at: string | undefined = scope; at !== undefined && asked < most.scopes; at = at === '' ? undefined : scopeOf(folderOf(at))) {
        for (const table of tables.get(at) ?? []) found.push(...targetsOf(table, specifier));
        asked += 1;
      }
      return found;
    },
  };
}

function nearest(tables: ReadonlyMap<string, unknown>, folder: string): string | undefined {
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

/** By folder, each configuration by itself: the one of a test must not take a longer pattern out of the editor's hands. */
function tablesOf(aliases: readonly PlacedAlias[]): ReadonlyMap<string, readonly AliasTable[]> {
  const byConfiguration = new Map<string, PlacedAlias[]>();
  for (const alias of aliases) {
    const known = byConfiguration.get(alias[0]);
    if (known === undefined) byConfiguration.set(alias[0], [alias]);
    else known.push(alias);
  }
  const tables = new Map<string, AliasTable[]>();
  for (const configuration of [...byConfiguration.keys()].sort(editorsFirst)) {
    const folder = folderOf(configuration);
    const beside = tables.get(folder) ?? [];
    tables.set(folder, beside);
    if (beside.length < most.configurations) beside.push(tableOf(folder, byConfiguration.get(configuration) ?? []));
  }
  return tables;
}

function tableOf(folder: string, aliases: readonly PlacedAlias[]): AliasTable {
  const exact = new Map<string, readonly string[]>();
  const byPrefix = new Map<string, Map<string, readonly string[]>>();
  for (const [, pattern, relative] of aliases) {
    const targets = relative.map((target) => (target.startsWith('/') ? target.slice(1) : `${folder}/${target}`));
    const star = pattern.indexOf('*');
    if (star === -1) {
      exact.set(pattern, targets);
      continue;
    }
    const bySuffix = byPrefix.get(pattern.slice(0, star)) ?? new Map<string, readonly string[]>();
    byPrefix.set(pattern.slice(0, star), bySuffix.set(pattern.slice(star + 1), targets));
  }
  return { exact, byPrefix, lengths: [...new Set([...byPrefix.keys()].map(({ length }) => length))].sort((a, b) => b - a) };
}

/** Of one folder's configurations first what editors read, last what only builds and tests do. */
function editorsFirst(one: string, other: string): number {
  return orderOf(one) - orderOf(other) || (one < other ? -1 : 1);
}

function orderOf(configuration: string): number {
  const name = configuration.slice(configuration.lastIndexOf('/') + 1);
  const known = ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json'].indexOf(name);
  return known !== -1 ? known : /\.(?:spec|test|e2e|build)\./.test(name) ? 4 : 3;
}
