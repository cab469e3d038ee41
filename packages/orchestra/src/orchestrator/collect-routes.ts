import { readMounts, routersIn, type Mount } from '../context-hub/mount-table';
import type { Repository } from '../io/ports';
import type { ChangedFile, ExportChange, FileTexts, Policy, RouteChange } from '../model';
import { classifyPath } from '../validator/classify-path';
import { compareRoutes, routingChanges, type RouteDelta } from '../validator/compare-routes';
import { isFixSource } from '../validator/fix-of';
import type { WorkspaceAtBase } from './collect-exports';

export interface RouteQuestion extends WorkspaceAtBase {
  readonly base: string;
  readonly changes: readonly ChangedFile[];
  readonly exports: readonly ExportChange[];
  readonly policy: Policy;
}

/** Nested routers are not nested deeper. */
const levels = 5;

/** Routes that the change adds, removes or gives another contract, with the files at base that name their path. */
export async function collectRoutes(repository: Pick<Repository, 'mentions'>, question: RouteQuestion): Promise<readonly RouteChange[]> {
  const { changes, exports, policy } = question;
  const production = routingChanges(changes, policy);
  const changedNames = namesIn(exports);
  const unchanged = await unchangedFiles(question, production, changedNames);
  const deltas = compareRoutes({ changes: production, unchanged, changedNames }, policy);
  return withUsers(deltas, repository, question);
}

/** `file\nname` for every file that imports a changed name: what its routes may be made of. */
function namesIn(exports: readonly ExportChange[]): ReadonlySet<string> {
  return new Set(exports.filter(({ change }) => change !== 'added').flatMap(({ name, usedBy }) => usedBy.map((path) => `${path}\n${name}`)));
}

/** What has a say in the routes without being touched: mounts above, routers below, users of a schema. */
async function unchangedFiles(question: RouteQuestion, production: readonly ChangedFile[], changedNames: ReadonlySet<string>): Promise<FileTexts> {
  const { indexes, read, policy } = question;
  const routing = [...changedNames].map((each) => each.slice(0, each.indexOf('\n'))).filter((path) => (indexes.get(path)?.routes.length ?? 0) > 0);
  const changed = new Set(production.map((change) => change.previousPath ?? change.path));
  const mounts = readMounts(routersIn(indexes));
  const wanted = new Set([...changed, ...routing]);
  for (let level = 0; level < levels; level += 1) mounts.filter((mount) => leads(mount, wanted, changed)).forEach(({ path, mountedIn }) => wanted.add(path).add(mountedIn));
  const paths = [...wanted].filter((path) => !changed.has(path) && classifyPath(path, policy) === 'production').sort();
  return paths.length === 0 ? new Map() : read(paths);
}

/** A mount above what is wanted, or below a file that is itself changed: the neighbours of an unchanged mount are not asked. */
function leads({ path, mountedIn }: Mount, wanted: ReadonlySet<string>, changed: ReadonlySet<string>): boolean {
  return wanted.has(path) || changed.has(mountedIn);
}

/**
 * A caller names the path up to its first parameter. Clients that put the path together from parts are not found, and the
 * page of the rule says so.
 */
async function withUsers(deltas: readonly RouteDelta[], repository: Pick<Repository, 'mentions'>, { base, indexes, policy }: RouteQuestion): Promise<readonly RouteChange[]> {
  const isUser = (path: string, router: string): boolean => path !== router && isFixSource(path) && indexes.get(path)?.mounts.length === 0 && classifyPath(path, policy) !== 'record';
  const asked = deltas.filter((delta) => delta.change !== 'added').flatMap((delta) => literalPrefix(delta.route) ?? []);
  const mentions = asked.length === 0 ? new Map<string, readonly string[]>() : await repository.mentions(base, asked);
  return deltas.map((delta) => {
    const users = delta.change === 'added' ? [] : (mentions.get(literalPrefix(delta.route) ?? '') ?? []);
    return { ...delta, usedBy: users.filter((path) => isUser(path, delta.path)) };
  });
}

/** `/api/contacts` of `/api/contacts/:id`; a path of one general word such as `/api` or `/` names nothing. */
function literalPrefix(route: string): string | undefined {
  const segments = route.split('/').filter((segment) => segment !== '');
  const end = segments.findIndex((segment) => /[:*{(<]/.test(segment));
  const literal = end < 0 ? segments : segments.slice(0, end);
  const [first] = literal;
  return first === undefined || (literal.length === 1 && /^(api|v\d+|rest)$/.test(first)) ? undefined : `/${literal.join('/')}`;
}
