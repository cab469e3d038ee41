/** Shorter values would be found inside ordinary words. */
const shortest = 6;

/**
 * Takes values that must not leave (a key, a header, a variable given to an agent) out of any text that a stranger wrote: some
 * services repeat the key in their error, and a hostile one could put it into a reply to have it written into the repository.
 */
export function valueRedactor(values: readonly (string | undefined)[]): (text: string) => string {
  const secret = values.filter((value): value is string => value !== undefined && value.length >= shortest);
  const spellings = [...new Set(secret.flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')]))].sort((a, b) => b.length - a.length);
  return (text) => spellings.reduce((rest, spelling) => rest.split(spelling).join('[redacted]'), text);
}
