import type { ChangedFile, GuardSettings } from '../../model';
import { guardSettingsSchema } from '../../model/rule-settings';
import { guardBodies, routeTable } from '../../syntax/route-table';
import type { SourceView } from '../../syntax/source-view';
import { defineRule, type FilePair, type RuleLoss } from '../define-rule';
import { effectiveGuards, guardTest, type GuardedRoute, type IsGuard } from './effective-guards';
import { routeContracts, type RouteContract } from '../route-contracts';
import { resolveModule } from './resolve-module';

/** A guard that stood before a route, and stands there no longer. */
export const routeGuardRemoved = defineRule<GuardSettings>({
  name: 'route-guard-removed',
  family: 'auth',
  settings: (raw) => guardSettingsSchema.parse(raw ?? {}),
  losses: (pairs, settings) => {
    const isGuard = guardTest(settings);
    const mounted = mountGuards(pairs, isGuard);
    const moved = new Set(pairs.filter(({ change }) => change.status === 'deleted' || change.status === 'renamed').map(({ change }) => change.previousPath ?? change.path));
    return [...pairs.flatMap((pair) => [...lossesOf(pair, isGuard, mounted, moved), ...openedGuards(pair, isGuard)]), ...lossesOnTheWay(pairs, isGuard)];
  },
});


function routesOf(view: SourceView | undefined, isGuard: IsGuard): readonly GuardedRoute[] {
  return view === undefined ? [] : effectiveGuards(routeTable(view), isGuard);
}

/**
 * A route that went to another file under the same full path, and left a guard behind. `GET /` of two routers is not the same
 * route: both have to be mounted in the diff, or to say the whole path themselves.
 */
function lossesOnTheWay(pairs: readonly FilePair[], isGuard: IsGuard): readonly RuleLoss[] {
  const on = (side: 'base' | 'head') => routeContracts(new Map(pairs.flatMap(({ [side]: view }) => (view === undefined ? [] : [[view.path, view] as const]))), isGuard).filter(isWhole);
  const renamed = new Map(pairs.map(({ change }) => [change.previousPath ?? change.path, change.path]));
  const [before, after] = [on('base'), on('head')];
  const holds = (contracts: readonly RouteContract[], path: string, { method, route }: RouteContract): boolean => contracts.some((each) => each.path === path && each.method === method && each.route === route);
  return before.flatMap((route) => {
    const stays = holds(after, renamed.get(route.path) ?? route.path, route);
    const now = after.find((other) => other.method === route.method && other.route === route.route && !holds(before, other.path, route));
    if (stays || now === undefined) return [];
    const where = `${route.method} ${route.route}`;
    return route.guards
      .filter((guard) => !guard.endsWith('?') && !now.guards.includes(guard))
      .map((guard) => ({ path: now.path, where, because: `${where}: "${guard}" is gone on the way from ${route.path}.`, data: { guard, routes: [where] } }));
  });
}

function isWhole({ method, mounted, route }: RouteContract): boolean {
  return method !== 'USE' && (mounted || route.split('/').filter((segment) => /^\w/.test(segment)).length > 1);
}

interface Missing {
  readonly guard: string;
  readonly route: GuardedRoute;
  readonly head: GuardedRoute;
  readonly because: string;
  readonly replaced: boolean;
}

function lossesOf({ change, base, head }: FilePair, isGuard: IsGuard, mounted: MountGuards, moved: ReadonlySet<string>): readonly RuleLoss[] {
  if (base === undefined || head === undefined) return [];
  const before = routesOf(base, isGuard);
  const after = new Map(routesOf(head, isGuard).map((route) => [route.key, route]));
  const missing = before.flatMap((route) => {
    const now = after.get(route.key);
    return now === undefined ? [] : [...missingGuards(route, now), ...swappedGuards(route, now, change, moved)];
  });
  // A guard that went up to the mount of this router guards it still.
  const gone = missing.filter(({ guard }) => !mounted.gained(change.path, guard));
  return groupByUse(gone, change.path);
}

function missingGuards(route: GuardedRoute, now: GuardedRoute): readonly Missing[] {
  const names = [...new Set(route.guards.map(({ name }) => name))];
  const gained = now.guards.filter(({ name }) => !names.includes(name));
  const lost = names.flatMap((guard): readonly Missing[] => {
    const old = route.guards.filter(({ name }) => name === guard);
    const left = now.guards.filter(({ name }) => name === guard);
    const facts = { guard, route, head: now };
    if (left.length === 0) return [{ ...facts, because: `"${guard}" is gone${gained.length > 0 ? `, in its place ${gained.map(({ name }) => name).join(', ')}` : ''}`, replaced: gained.length > 0 }];
    const weaker = left.every(({ conditional }) => conditional) && old.some(({ conditional }) => !conditional);
    return weaker ? [{ ...facts, because: `"${guard}" now runs under a condition`, replaced: false }] : [];
  });
  const refusal = route.entry.refusals > 0 && now.entry.refusals === 0 && gained.length === 0;
  return refusal ? [...lost, { guard: 'inline 401/403', route, head: now, because: 'the inline answer with 401 or 403 is gone', replaced: false }] : lost;
}

/** The same name from another module may be anything, unless the module it came from went there in the same diff. */
function swappedGuards(route: GuardedRoute, now: GuardedRoute, { path, previousPath }: ChangedFile, moved: ReadonlySet<string>): readonly Missing[] {
  return route.guards.flatMap((guard): readonly Missing[] => {
    const same = now.guards.filter(({ name }) => name === guard.name);
    const [other] = same;
    if (guard.from === undefined || other === undefined || same.some(({ from }) => from === guard.from)) return [];
    if (previousPath !== undefined && previousPath !== path) return [];
    if (resolveModule(path, guard.from).some((target) => moved.has(target))) return [];
    return [{ guard: guard.name, route, head: now, because: `"${guard.name}" now comes from ${other.from ?? 'this file'} instead of ${guard.from}`, replaced: true }];
  });
}

/** A guard whose own body refuses nobody any more is gone from every route at once. */
function openedGuards({ change, base, head }: FilePair, isGuard: IsGuard): readonly RuleLoss[] {
  if (base === undefined || head === undefined) return [];
  const after = new Map(guardBodies(head).map((body) => [body.name, body]));
  return guardBodies(base).flatMap((before): readonly RuleLoss[] => {
    const now = after.get(before.name);
    if (now === undefined || !isGuard(before.name) || before.open) return [];
    const silent = before.refusals > 0 && now.refusals === 0;
    if (!silent && !now.open) return [];
    const because = now.open ? `"${before.name}" lets everybody pass before it looks.` : `"${before.name}" refuses nobody any more.`;
    return [{ path: change.path, where: before.name, range: now.range, because, data: { guard: before.name } }];
  });
}

/** A guard taken from a `use` is one finding that names the routes behind it, not one per route. */
function groupByUse(missing: readonly Missing[], path: string): readonly RuleLoss[] {
  const shared = new Map<string, Missing[]>();
  const single: Missing[] = [];
  for (const each of missing) {
    const own = each.route.guards.some((guard) => guard.name === each.guard && guard.own) || each.guard === 'inline 401/403';
    if (own) single.push(each);
    else shared.set(`${each.route.entry.router} ${each.because}`, [...(shared.get(`${each.route.entry.router} ${each.because}`) ?? []), each]);
  }
  return [
    ...single.map((each) => describe(each, path, each.route.name, each.because)),
    ...[...shared.values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const routes = group.map(({ route }) => route.name);
      const listed = `${routes.slice(0, 5).join(', ')}${routes.length > 5 ? ` and ${routes.length - 5} more` : ''}`;
      return [describe(first, path, `${first.route.entry.router}.use`, `${first.because}; behind it ${routes.length === 1 ? 'is' : 'are'} ${listed}`, routes)];
    }),
  ];
}

function describe({ guard, head, replaced }: Missing, path: string, where: string, because: string, routes: readonly string[] = [where]): RuleLoss {
  return { path, where, range: head.entry.range, because: `${where}: ${because}.`, data: { guard, routes }, ...(replaced ? { severity: 'person' as const } : {}) };
}

interface MountGuards {
  /** Whether a mount of this router gained the guard in the same diff. */
  readonly gained: (routerPath: string, guard: string) => boolean;
}

function mountGuards(pairs: readonly FilePair[], isGuard: IsGuard): MountGuards {
  const on = (side: 'base' | 'head'): ReadonlySet<string> =>
    new Set(
      pairs.flatMap(({ [side]: view }) =>
        routesOf(view, isGuard).flatMap(({ entry, guards }) =>
          entry.mounts.flatMap((specifier) => resolveModule(view?.path ?? '', specifier).flatMap((target) => guards.filter((guard) => !guard.conditional).map((guard) => `${target}\n${guard.name}`))),
        ),
      ),
    );
  const before = on('base');
  const after = on('head');
  return { gained: (routerPath, guard) => after.has(`${routerPath}\n${guard}`) && !before.has(`${routerPath}\n${guard}`) };
}
