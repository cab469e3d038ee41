import type { FileIndex } from './file-index';
import { importersOf, importGraph, type ImportEdge } from './import-graph';

export interface Mount {
  /** Router file. */
  readonly path: string;
  /** Full prefix under which it answers, from every mount above it. */
  readonly prefix: string;
  readonly mountedIn: string;
  readonly line: number;
}

export interface Handler {
  readonly path: string;
  readonly method: string;
  /** Full route pattern. */
  readonly route: string;
  readonly start: number;
  readonly end: number;
  readonly mount?: Mount;
}

/** What routes are read from: every file of a workspace, or only those that matter to them. */
export interface Routers {
  /** Files with routes or mounts, sorted. */
  readonly paths: readonly string[];
  readonly fileAt: (path: string) => FileIndex | undefined;
  /** In source order. */
  readonly importsOf: (path: string) => readonly ImportEdge[];
}

export function routersIn(files: ReadonlyMap<string, FileIndex>): Routers {
  const graph = importGraph(files);
  const paths = [...files].filter(([, { routes, mounts }]) => routes.length > 0 || mounts.length > 0).map(([path]) => path).sort();
  return { paths, fileAt: (path) => files.get(path), importsOf: (path) => graph.get(path) ?? [] };
}

const deepest = 4;
/** Two files that mount each other a few hundred times would make millions of prefixes. */
const mostMounts = 10_000;

/** `app.use('/api/x', …, createXRoutes(pool))`, followed through imports and nested routers. */
export function readMounts(routers: Routers): readonly Mount[] {
  const direct = routers.paths.flatMap((path) => directMounts(routers, path));
  let mounts = direct;
  for (let depth = 0; depth < deepest; depth += 1) {
    const above = byPath(mounts);
    if (direct.reduce((total, { mountedIn }) => total + (above.get(mountedIn)?.length ?? 1), 0) > mostMounts) break;
    mounts = direct.flatMap((mount) => above.get(mount.mountedIn)?.map(({ prefix }) => ({ ...mount, prefix: join(prefix, mount.prefix) })) ?? [mount]);
    if (mounts.length > direct.length * 4) break;
  }
  return mounts;
}

function byPath(mounts: readonly Mount[]): ReadonlyMap<string, readonly Mount[]> {
  const found = new Map<string, Mount[]>();
  for (const mount of mounts) {
    const known = found.get(mount.path);
    if (known === undefined) found.set(mount.path, [mount]);
    else known.push(mount);
  }
  return found;
}

function directMounts(routers: Routers, path: string): readonly Mount[] {
  return (routers.fileAt(path)?.mounts ?? []).flatMap(({ path: prefix, targets, line }) => {
    const router = targets[0] === undefined ? undefined : moduleOf(routers, path, targets[0], 2);
    return router === undefined ? [] : [{ path: router, prefix, mountedIn: path, line }];
  });
}

/** The file a local name comes from, through at most `hops` barrels. */
function moduleOf({ fileAt, importsOf }: Routers, path: string, name: string, hops: number): string | undefined {
  const edge = importsOf(path).find(({ names }) => names.includes(name));
  if (edge === undefined) return undefined;
  const target = fileAt(edge.to);
  if (hops === 0 || target === undefined || target.routes.length > 0 || target.definitions.some(([defined]) => defined === name)) return edge.to;
  const behind = importsOf(edge.to).find(({ to, names }) => names.length === 0 && fileAt(to)?.definitions.some(([defined]) => defined === name));
  return behind?.to ?? edge.to;
}

/** Every route of the workspace under its full path. */
export function readHandlers({ paths, fileAt }: Routers, mounts: readonly Mount[]): readonly Handler[] {
  const byFile = byPath(mounts);
  return paths.flatMap((path) =>
    (fileAt(path)?.routes ?? []).flatMap(({ method, path: route, start, end }) => {
      const above = byFile.get(path) ?? [];
      if (above.length === 0) return [{ path, method, route, start, end }];
      return above.map((mount) => ({ path, method, route: join(mount.prefix, route), start, end, mount }));
    }),
  );
}

function join(prefix: string, path: string): string {
  const joined = `${prefix.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined;
}

/** Literal segments that agree, or undefined when the request cannot reach the route. */
export function matchRoute(route: string, requested: string): number | undefined {
  const pattern = segments(route);
  const wanted = segments(requested);
  if (pattern.length !== wanted.length) return undefined;
  let literal = 0;
  for (const [position, segment] of pattern.entries()) {
    const given = wanted[position] ?? '';
    if (segment === given) literal += 1;
    else if (!isParameter(segment) && !isParameter(given)) return undefined;
  }
  return literal;
}

function segments(path: string): readonly string[] {
  return path.split('?')[0]?.split('/').filter((segment) => segment !== '') ?? [];
}

function isParameter(segment: string): boolean {
  return /^[:*{<]/.test(segment);
}

/** Frontend and other callers are found by imports elsewhere; here only who mounts a file. */
export function mountersOf(files: ReadonlyMap<string, FileIndex>, path: string): readonly string[] {
  return (importersOf(importGraph(files)).get(path) ?? []).map(({ to }) => to).filter((to) => (files.get(to)?.mounts.length ?? 0) > 0);
}
