import type { Connection } from './connection';

/** Shorter values would be found inside ordinary words. */
const shortest = 6;

/**
 * Takes what we authenticate with out of any text that came from the server: some repeat the key in their error, and a
 * hostile one could put it into a reply to have it written into the repository.
 */
export function credentialRedactor({ apiKey, headers, organization, project }: Connection): (text: string) => string {
  const values = [apiKey, ...Object.values(headers), organization, project].filter((value): value is string => value !== undefined && value.length >= shortest);
  const spellings = [...new Set(values.flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]))].sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((rest, spelling) => rest.split(spelling).join('[redacted]'), text);
}
