import type { SecretSettings } from '../../model';
import { secretSettingsSchema } from '../../model/rule-settings';

export const secretSettings = (raw: unknown): SecretSettings => secretSettingsSchema.parse(raw ?? {});

/** Whether a name says that its value is a credential. Camel case is read like upper case with underscores. */
export function isSecretName(name: string, settings: SecretSettings): boolean {
  const upper = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase().replaceAll('-', '_');
  const named = settings.names.some((pattern) => new RegExp(pattern, 'i').test(upper));
  return named && !settings.notNames.some((pattern) => new RegExp(pattern, 'i').test(upper));
}

export function isPlaceholder(value: string, settings: SecretSettings): boolean {
  return settings.placeholders.some((pattern) => new RegExp(pattern, 'i').test(value));
}
