import type { PathAlias } from '../syntax/path-aliases';
import { joinPath } from './join-path';

/** An alias as the index of its configuration has it, and the folder below which it holds. */
export type PlacedAlias = readonly [folder: string, ...PathAlias];

/** Where a specifier may lead, best first, for files of a folder; none when no alias names it. */
export type AliasTargets = (folder: string, specifier: string) => readonly string[];

/** Of one folder's configurations. `byPrefix`: what stands before the `*`; `lengths` of these, longest first, because the longest that fits is meant. */
interface AliasTable {
  readonly exact: Map<string, readonly string[]>;
  readonly byPrefix: Map<string, { readonly suffix: string; readonly targets: readonly string[] }[]>;
  lengths: readonly number[];
}

/**
 * `compilerOptions.paths` as TypeScript applies them, with two differences: what a configuration `extends` is not followed (an alias holds for all files at and
 * below its own folder, which is what a workspace's base configuration is for), and where the nearest one leads nowhere those above it are asked.
 */
export function aliasTargets(aliases: readonly PlacedAlias[]): AliasTargets {
  const tables = tablesOf(aliases);
  return (folder, specifier) => {
    if (tables.size === 0) return [];
    return foldersAbove(folder).flatMap((above) => {
      const table = tables.get(above);
      return table === undefined ? [] : targetsIn(table, specifier);
    });
  };
}

function foldersAbove(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, depth) => parts.slice(0, parts.length - depth).join('/')), ''];
}

function targetsIn({ exact, byPrefix, lengths }: AliasTable, specifier: string): readonly string[] {
  const whole = exact.get(specifier);
  if (whole !== undefined) return whole;
  for (const length of lengths) {
    const fitting = byPrefix.get(specifier.slice(0, length))?.find(({ suffix }) => specifier.length >= length + suffix.length && specifier.endsWith(suffix));
    if (fitting === undefined) continue;
    const matched = specifier.slice(length, specifier.length - fitting.suffix.length);
    // Not a replacement text: `$&` in an import would be one.
    return fitting.targets.map((target) => target.replace('*', () => matched));
  }
  return [];
}

function tablesOf(aliases: readonly PlacedAlias[]): ReadonlyMap<string, AliasTable> {
  const tables = new Map<string, AliasTable>();
  for (const [folder, pattern, relative] of aliases) {
    let table = tables.get(folder);
    if (table === undefined) tables.set(folder, (table = { exact: new Map(), byPrefix: new Map(), lengths: [] }));
    const targets = relative.map((target) => joinPath(folder, target));
    const star = pattern.indexOf('*');
    if (star === -1) {
      table.exact.set(pattern, table.exact.get(pattern) ?? targets);
      continue;
    }
    const prefix = pattern.slice(0, star);
    const known = table.byPrefix.get(prefix);
    if (known === undefined) table.byPrefix.set(prefix, [{ suffix: pattern.slice(star + 1), targets }]);
    else known.push({ suffix: pattern.slice(star + 1), targets });
  }
  for (const table of tables.values()) table.lengths = [...new Set([...table.byPrefix.keys()].map(({ length }) => length))].sort((a, b) => b - a);
  return tables;
}
