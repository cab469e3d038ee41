import type { Tree } from '@nx/devkit';
import { createIo } from '../../io/real-io';
import { parsePolicy } from '../../orchestrator/plan/parse-policy';
import { policyPath } from '../../orchestrator/policy-path';
import { refreshContext } from './refresh-context';

interface SyncResult {
  readonly outOfSyncMessage: string;
  readonly outOfSyncDetails: string[];
}

/** Global sync generator: no network, no model, no date; returns nothing when the files are true. */
export async function syncGenerator(tree: Tree): Promise<SyncResult | undefined> {
  const io = await createIo(tree.root, { provider: 'handoff', quiet: true });
  const policy = parsePolicy(tree.read(policyPath, 'utf-8') ?? undefined, policyPath);
  const differing = await refreshContext(tree, io, policy);
  return differing.length === 0
    ? undefined
    : { outOfSyncMessage: 'orchestra/context/ no longer describes the code.', outOfSyncDetails: differing.map((path) => `${path} differs from the sources`) };
}

export default syncGenerator;
