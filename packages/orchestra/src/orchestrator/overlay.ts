import type { ScratchTree } from '../io/ports';
import type { ChangedFile, Policy } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

/** Lays changed files over a scratch tree of base. */
export async function overlay(tree: ScratchTree, changes: readonly ChangedFile[]): Promise<void> {
  const written = new Map(changes.flatMap((change) => (typeof change.head === 'string' ? [[change.path, change.head] as const] : [])));
  const removed = changes.flatMap((change) => [
    ...(change.status === 'deleted' ? [change.path] : []),
    ...(change.status === 'renamed' && change.previousPath !== undefined ? [change.previousPath] : []),
  ]);
  await tree.write(written, removed);
}

/** A judge whose runner is configured by the diff judges nothing: what is protected stays as base has it, on both sides. */
export function onHead(changes: readonly ChangedFile[], policy: Policy): readonly ChangedFile[] {
  return changes.filter((change) => !matchesGlobs(change.path, policy.protected) || bothSides(change.path));
}

/** A new dependency must be installable on both sides, or its absence would pass for the bug. */
export function bothSides(path: string): boolean {
  return matchesGlobs(path, ['**/package-lock.json', '**/pnpm-lock.yaml', '**/yarn.lock', '**/package.json']);
}
