import { canonicalJson, OrchestraError, policySchema, type Policy } from '../model';
import { presets } from './presets/presets';

/**
 * A policy under a preset: its rule settings are looked up by name, its limits take the place of the defaults. Limits that
 * a workspace has set itself stay. Throws `OrchestraError('input')` for a preset nobody knows.
 */
export function applyPreset(policy: Policy, name: string | undefined = policy.preset): Policy {
  if (name === undefined) return policy;
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset === undefined) throw new OrchestraError('input', `Unknown preset "${name}"; known: ${Object.keys(presets).sort().join(', ')}.`);
  const untouched = canonicalJson(policy.limits) === canonicalJson(policySchema.parse({}).limits);
  return { ...policy, preset: name, limits: untouched ? preset.limits : policy.limits };
}
