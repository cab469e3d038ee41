import type { GuardSettings } from '../../model';
import type { RouteEntry } from '../../syntax/route-table';

export type IsGuard = (name: string) => boolean;

/** Whether a middleware of this name may refuse a request. */
export function guardTest({ guards, notGuards }: GuardSettings): IsGuard {
  const patterns = guards.map((pattern) => new RegExp(pattern));
  return (name) => {
    const last = name.slice(name.lastIndexOf('.') + 1);
    return !notGuards.includes(name) && !notGuards.includes(last) && patterns.some((pattern) => pattern.test(name) || pattern.test(last));
  };
}

/** What stands between a request and the handler of one route, inside one file. */
export interface GuardedRoute {
  /** `GET /contacts/:id`, or `USE /api/contacts` for a mount. */
  readonly name: string;
  /** The same with the router it is on, and a number where a route is registered twice. */
  readonly key: string;
  readonly entry: RouteEntry;
  readonly guards: readonly Guard[];
}

export interface Guard {
  readonly name: string;
  readonly conditional: boolean;
  readonly from?: string;
  /** It stands at the route itself; otherwise at a `use` before it. */
  readonly own: boolean;
}

/**
 * The effective chain of every route and mount: its own middleware and that of every `use` on the same router before it whose
 * path leads there. A guard moved from a route to the router is in both, so that moving it is no loss.
 */
export function effectiveGuards(entries: readonly RouteEntry[], isGuard: IsGuard): readonly GuardedRoute[] {
  const seen = new Map<string, number>();
  return entries
    .map((entry, index) => ({ entry, before: entries.slice(0, index) }))
    .filter(({ entry }) => entry.method !== 'USE' || isMount(entry, isGuard))
    .map(({ entry, before }) => {
      const name = `${entry.method} ${entry.path}`;
      const count = (seen.get(`${entry.router} ${name}`) ?? 0) + 1;
      seen.set(`${entry.router} ${name}`, count);
      const inherited = before.filter((earlier) => earlier.method === 'USE' && earlier.router === entry.router && leadsTo(earlier, entry));
      return { name, key: `${entry.router} ${name} ${count}`, entry, guards: [...guardsOf(entry, isGuard, true), ...inherited.flatMap((earlier) => guardsOf(earlier, isGuard, false))] };
    });
}

/** `app.use('/api/x', …, router)` takes requests somewhere; `router.use(requireAuth)` only looks at them. */
function isMount(entry: RouteEntry, isGuard: IsGuard): boolean {
  return entry.mounts.length > 0 || (entry.path !== '/' && entry.handlers.some(({ name }) => !isGuard(name)));
}

/** A mount only guards its own path; a `use` that mounts another router guards nothing beside it. */
function leadsTo(earlier: RouteEntry, entry: RouteEntry): boolean {
  if (earlier.path === '/' || earlier.path === '*') return true;
  const prefix = earlier.path.replace(/\/$/, '');
  return entry.path === prefix || entry.path.startsWith(`${prefix}/`);
}

function guardsOf(entry: RouteEntry, isGuard: IsGuard, own: boolean): readonly Guard[] {
  return entry.handlers.filter(({ name }) => isGuard(name)).map((handler) => ({ ...handler, own }));
}
