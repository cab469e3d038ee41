import type { Policy } from '../model';
import { guardSettingsSchema, limiterSettingsSchema } from '../model/rule-settings';
import { routeTable } from '../syntax/route-table';
import type { SchemaUse } from '../syntax/schema-uses';
import type { SourceView } from '../syntax/source-view';
import { effectiveGuards, guardTest, type Guard, type GuardedRoute, type IsGuard } from './rules/effective-guards';
import { resolveModule } from './rules/resolve-module';
import { settingsFor } from './settings-for';

/** One route as a caller meets it. */
export interface RouteContract {
  /** File that registers it. */
  readonly path: string;
  readonly method: string;
  /** Under every prefix of the mounts above it. */
  readonly route: string;
  /** In the order they are asked. */
  readonly guards: readonly string[];
  readonly schemas: readonly SchemaUse[];
  /** The file that mounts it is among those asked about. */
  readonly mounted: boolean;
}

/** Deeper nesting of routers is a cycle. */
const deepest = 5;

/**
 * Every route of these files under its full path, with what stands before it: the guards of the mounts above, of `use`
 * on its own router, and its own. A router that none of the files mounts answers under its own paths.
 */
export function routeContracts(views: ReadonlyMap<string, SourceView>, isGuard: IsGuard): readonly RouteContract[] {
  const tables = new Map([...views].map(([path, view]) => [path, effectiveGuards(routeTable(view), isGuard)] as const).filter(([, routes]) => routes.length > 0));
  const mounts = mountsOf(tables);
  return [...tables].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, routes]) =>
    routes
      .filter((route) => !leadsOn(path, route, tables))
      .flatMap((route) => placesOf(path, mounts, deepest).map((place) => contract(path, route, place))),
  );
}

/** By the settings of the two rules that watch them. */
export function guardOrLimiter(policy: Policy): IsGuard {
  const isGuard = guardTest(guardSettingsSchema.parse(settingsFor('route-guard-removed', policy) ?? {}));
  const limiters = limiterSettingsSchema.parse(settingsFor('limiter-weakened', policy) ?? {}).limiters.map((pattern) => new RegExp(pattern));
  return (name) => isGuard(name) || limiters.some((pattern) => pattern.test(name));
}

type Tables = ReadonlyMap<string, readonly GuardedRoute[]>;

/** Where a file's routes hang, and what was asked before a request gets there. */
interface Place {
  readonly prefix: string;
  readonly guards: readonly string[];
  readonly mounted: boolean;
}
interface Mount extends Place {
  readonly router: string;
  readonly mountedIn: string;
}

function mountsOf(tables: Tables): readonly Mount[] {
  return [...tables].flatMap(([mountedIn, routes]) =>
    routes.flatMap((route) => targetsOf(mountedIn, route, tables).map((router) => ({ router, mountedIn, prefix: route.entry.path, guards: chainOf(route.guards), mounted: true }))),
  );
}

function targetsOf(path: string, { entry }: GuardedRoute, tables: Tables): readonly string[] {
  if (entry.method !== 'USE') return [];
  return [...new Set(entry.mounts.flatMap((specifier) => resolveModule(path, specifier)))].filter((target) => tables.has(target) && target !== path);
}

/** A mount whose router is at hand is told by the routes behind it. */
function leadsOn(path: string, route: GuardedRoute, tables: Tables): boolean {
  return targetsOf(path, route, tables).length > 0;
}

function placesOf(path: string, mounts: readonly Mount[], left: number): readonly Place[] {
  const above = left === 0 ? [] : mounts.filter(({ router }) => router === path);
  if (above.length === 0) return [{ prefix: '', guards: [], mounted: false }];
  return above.flatMap((mount) => placesOf(mount.mountedIn, mounts, left - 1).map((place) => ({ prefix: join(place.prefix, mount.prefix), guards: [...place.guards, ...mount.guards], mounted: true })));
}

function contract(path: string, { entry, guards }: GuardedRoute, place: Place): RouteContract {
  return { path, method: entry.method, route: join(place.prefix, entry.path), guards: [...new Set([...place.guards, ...chainOf(guards)])], schemas: entry.schemas, mounted: place.mounted };
}

function chainOf(guards: readonly Guard[]): readonly string[] {
  return [...guards.filter(({ own }) => !own), ...guards.filter(({ own }) => own)].map(({ name, conditional }) => (conditional ? `${name}?` : name));
}

function join(prefix: string, path: string): string {
  const joined = `${prefix.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}
