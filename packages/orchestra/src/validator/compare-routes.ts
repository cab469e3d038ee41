import type { ChangedFile, FileTexts, Policy, RouteChange } from '../model';
import { isSource } from '../syntax/parse-source';
import { viewSource, type SourceView } from '../syntax/source-view';
import { classifyPath, touchedPaths } from './classify-path';
import { resolveModule } from './rules/resolve-module';
import { guardOrLimiter, routeContracts, type RouteContract } from './route-contracts';

/** A route that the diff adds, removes or gives another contract; who calls it is not known yet. */
export type RouteDelta = Omit<RouteChange, 'usedBy'>;

export interface RouteQuestion {
  /** Those that may register a route: see `routingChanges`. */
  readonly changes: readonly ChangedFile[];
  /** Files with a say in the routes that the diff leaves alone: what mounts, what is mounted, who uses a changed schema. */
  readonly unchanged: FileTexts;
  /** Exports that changed or went, as `name` in a file that imports it: `file\nname`. */
  readonly changedNames: ReadonlySet<string>;
}

/** Routes of tests are nobody's contract. */
export function routingChanges(changes: readonly ChangedFile[], policy: Policy): readonly ChangedFile[] {
  return changes.filter((change) => touchedPaths(change).some((path) => isSource(path) && classifyPath(path, policy) === 'production'));
}

/** Routes are compared under their full path: one that moves to another file, or is mounted elsewhere under the same path, is the same. */
export function compareRoutes({ changes, unchanged, changedNames }: RouteQuestion, policy: Policy): readonly RouteDelta[] {
  const views = new Map([...unchanged].map(([path, text]) => [path, viewSource(path, text)]));
  const isGuard = guardOrLimiter(policy);
  const before = byKey(routeContracts(withSide(views, changes, 'base'), isGuard));
  const after = byKey(routeContracts(withSide(views, changes, 'head'), isGuard));
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((key) => compare(before.get(key), after.get(key), changedNames));
}

function withSide(unchanged: ReadonlyMap<string, SourceView>, changes: readonly ChangedFile[], side: 'base' | 'head'): ReadonlyMap<string, SourceView> {
  const changed = changes.flatMap((change): readonly (readonly [string, SourceView])[] => {
    const path = side === 'base' ? (change.previousPath ?? change.path) : change.path;
    const text = change[side];
    return typeof text === 'string' ? [[path, viewSource(path, text)]] : [];
  });
  return new Map([...unchanged, ...changed]);
}

/** The first that answers a path is the one a caller meets; a second one is reached when it hands on, so each counts. */
function byKey(contracts: readonly RouteContract[]): ReadonlyMap<string, RouteContract> {
  const seen = new Map<string, number>();
  return new Map(
    contracts.map((contract) => {
      const name = `${contract.route} ${contract.method}`;
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [`${name} ${count}`, contract];
    }),
  );
}

function compare(before: RouteContract | undefined, after: RouteContract | undefined, changedNames: ReadonlySet<string>): readonly RouteDelta[] {
  const at = after ?? before;
  if (at === undefined) return [];
  const sides = { ...(before === undefined ? {} : { before: shown(before) }), ...(after === undefined ? {} : { after: shown(after) }) };
  const facts = { path: at.path, method: at.method, route: at.route, ...sides };
  if (before === undefined) return [{ ...facts, change: 'added', because: [] }];
  if (after === undefined) return [{ ...facts, change: 'removed', because: [] }];
  const because = [...guardChanges(before, after), ...schemaChanges(before, after, changedNames)];
  return because.length === 0 ? [] : [{ ...facts, change: 'changed', because }];
}

function shown({ guards, schemas }: RouteContract): NonNullable<RouteChange['before']> {
  return { guards: [...guards], schemas: schemas.map(({ name }) => name).sort() };
}

function guardChanges(before: RouteContract, after: RouteContract): readonly string[] {
  const gone = before.guards.filter((guard) => !after.guards.includes(guard)).map((guard) => `guard "${guard}" is gone`);
  const gained = after.guards.filter((guard) => !before.guards.includes(guard)).map((guard) => `guard "${guard}" is new`);
  if (gone.length > 0 || gained.length > 0) return [...gone, ...gained];
  return before.guards.join() === after.guards.join() ? [] : [`guards are asked in another order: ${after.guards.join(', ')}`];
}

function schemaChanges(before: RouteContract, after: RouteContract, changedNames: ReadonlySet<string>): readonly string[] {
  const old = new Map(before.schemas.map((use) => [use.name, use]));
  const now = new Map(after.schemas.map((use) => [use.name, use]));
  const gone = [...old.keys()].filter((name) => !now.has(name)).map((name) => `schema "${name}" is gone`);
  const gained = [...now.keys()].filter((name) => !old.has(name)).map((name) => `schema "${name}" is new`);
  const changed = [...now.values()]
    .filter(({ name, text }) => old.has(name) && (old.get(name)?.text !== text || changedNames.has(`${after.path}\n${name}`)))
    .map(({ name }) => `schema "${name}" changed`);
  const swapped = [...now.values()]
    .filter(({ name, from }) => from !== undefined && old.get(name)?.from !== undefined && !sameModule(before.path, old.get(name)?.from ?? '', after.path, from))
    .map(({ name, from }) => `schema "${name}" now comes from ${from}`);
  return [...gone, ...gained, ...changed, ...swapped].sort();
}

function sameModule(oldPath: string, oldFrom: string, path: string, from: string): boolean {
  if (oldFrom === from && !from.startsWith('.')) return true;
  return resolveModule(oldPath, oldFrom)[0] === resolveModule(path, from)[0];
}
