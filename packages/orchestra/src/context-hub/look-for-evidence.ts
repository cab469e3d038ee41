import type { OrchestrationGoal } from '../model';
import type { FileIndex } from './file-index';
import { readGoal } from './read-goal';
import { findEvidence, type Evidence } from './score-evidence';
import type { TreeIndex } from './tree-index';

export interface FoundEvidence {
  readonly evidence: readonly Evidence[];
  /** Files that it would have looked into, sorted. */
  readonly missing: readonly string[];
}

/**
 * The exact evidence for a goal, as far as its few files were read: which ones they are, only looking tells, and a router leads to the file it mounts.
 * To be asked again with what is missing until nothing is.
 */
export function lookForEvidence(goal: OrchestrationGoal, tree: TreeIndex, files: ReadonlyMap<string, FileIndex>): FoundEvidence {
  const missing = new Set<string>();
  const fileAt = (path: string): FileIndex | undefined => {
    const known = files.get(path);
    if (known === undefined && tree.numberOf.has(path)) missing.add(path);
    return known;
  };
  const evidence = findEvidence({ tree, fileAt }, readGoal(goal));
  return { evidence, missing: [...missing].sort() };
}
