import { OrchestraError, type Policy, policySchema } from '../../model';
import { readOnce } from '../../model/read-once';
import { describeMistakes } from './describe-mistakes';

const allowedKeys = Object.keys(policySchema.unwrap().shape);

/**
 * Reads `orchestra/orchestra.json`. An absent file is the default policy, which is the strict one.
 * Throws `OrchestraError('input')` with every mistake: a policy that is half understood must not judge.
 */
export function parsePolicy(text: string | undefined, place: string): Policy {
  if (text === undefined) {
    return policySchema.parse({}, readOnce);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new OrchestraError('input', `${place} is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const parsed = policySchema.safeParse(value, { reportInput: true, ...readOnce });
  if (!parsed.success) {
    throw new OrchestraError('input', [`${place}:`, ...describeMistakes(parsed.error.issues, allowedKeys).map((line) => `  - ${line}`)].join('\n'));
  }
  return parsed.data;
}
