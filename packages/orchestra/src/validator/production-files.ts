import type { ChangedFile, Policy } from '../model';
import { isSource } from '../syntax/parse-source';
import { classifyPath } from './classify-path';
import { importedPaths } from './imported-paths';

export type Side = 'base' | 'head';

/**
 * Changed files that are production on one side of the diff: by their path, and tests and support files that changed
 * production code imports, also by way of another such file. No name makes a test of what a route runs.
 */
export function productionFiles(changes: readonly ChangedFile[], policy: Policy, side: Side = 'head'): ReadonlySet<string> {
  const byPath = new Map(changes.map((change) => [pathOn(change, side), change] as const));
  const production = new Set([...byPath.keys()].filter((path) => classifyPath(path, policy) === 'production'));
  // A set is walked in the order of insertion, so what is added on the way is asked for its own imports as well.
  for (const path of production) {
    const change = byPath.get(path);
    if (change === undefined || !isSource(path)) continue;
    for (const target of importedPaths(change, side)) {
      if (byPath.has(target) && ['support', 'test'].includes(classifyPath(target, policy))) production.add(target);
    }
  }
  return production;
}

/** Folders whose very name says that a runner or a parser reads them, and no program. */
const neverRun = /(^|\/)__(fixtures|mocks|snapshots)__\//;

/**
 * Whether the domain rules look at a file. Who imports a support file often does not show in the diff, so they look at
 * all of them but those that only a test runner reads.
 */
export function isRuled(path: string, policy: Policy, production: ReadonlySet<string>): boolean {
  return production.has(path) || (classifyPath(path, policy) === 'support' && !neverRun.test(path));
}

function pathOn(change: ChangedFile, side: Side): string {
  return side === 'base' ? (change.previousPath ?? change.path) : change.path;
}
