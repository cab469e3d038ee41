import type { Io } from '../io/ports';
import type { Policy } from '../model';
import { applyPreset } from '../validator/apply-preset';
import { parsePolicy } from './plan/parse-policy';
import { policyPath } from './policy-path';

/**
 * The policy as it stands at a commit, preset applied: the one reading that planning, the gate and the static judge share.
 * @throws OrchestraError 'input' with every mistake in it, an unknown preset included.
 */
export async function readPolicy(io: Pick<Io, 'repository'>, commit: string): Promise<Policy> {
  const texts = await io.repository.readTexts(commit, [policyPath]);
  return applyPreset(parsePolicy(texts.get(policyPath), `${policyPath} at ${commit.slice(0, 12)}`));
}
