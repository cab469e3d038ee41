import type { Policy } from '../model';
import { presets } from './presets/presets';

/** Raw settings of a rule: the preset's, key by key overridden by the policy's own. `undefined` when neither says anything. */
export function settingsFor(rule: string, policy: Policy): unknown {
  const fromPreset = policy.preset === undefined ? undefined : own(presets[policy.preset]?.rules ?? {}, rule);
  const fromPolicy = own(policy.rules, rule);
  if (!isRecord(fromPreset) || !isRecord(fromPolicy)) return fromPolicy ?? fromPreset;
  return { ...fromPreset, ...fromPolicy };
}

function own(values: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
