/** Distinct names in code-unit order: the same on every machine, which `localeCompare` is not. */
export function sortedNames(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
