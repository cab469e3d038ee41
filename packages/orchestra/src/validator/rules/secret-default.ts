import type { SecretSettings } from '../../model';
import { envFallbacks } from '../../syntax/env-fallbacks';
import { defineRule, type RuleSite } from '../define-rule';
import { isPlaceholder, isSecretName, secretSettings } from './secret-names';

/** A credential from the environment that has a literal to fall back on. */
export const secretDefault = defineRule<SecretSettings>({
  name: 'secret-default',
  family: 'secret-default',
  settings: secretSettings,
  sites: (view, settings) =>
    envFallbacks(view)
      .filter(({ name, conditions }) => isSecretName(name, settings) && !conditions.some(onlyInTests))
      .map(({ name, literal, place, range }): RuleSite => {
        const placeholder = isPlaceholder(literal, settings);
        return {
          where: place.name,
          subject: name,
          shape: name,
          outline: name,
          range,
          functionRange: place.range,
          // Turning a placeholder into something that works as a key is not keeping it.
          weight: placeholder ? 1 : 2,
          because: `"${name}" falls back to a literal${placeholder ? ' that reads as a placeholder' : ''}.`,
          ...(placeholder ? { severity: 'warn' as const } : {}),
        };
      }),
});

/** `NODE_ENV === 'test'` around it: tests may know their secrets. */
function onlyInTests(condition: string): boolean {
  return /^\(.*NODE_ENV\s*={2,3}\s*['"]test['"].*\)$/.test(condition) && !condition.includes('||');
}
