/** What `after` has more often than `before`, counted by `keyOf`; of equal ones the later count as the new ones. Linear. */
export function moreThan<T>(before: readonly T[], after: readonly T[], keyOf: (each: T) => string): readonly T[] {
  const left = new Map<string, number>();
  for (const each of before) left.set(keyOf(each), (left.get(keyOf(each)) ?? 0) + 1);
  return after.filter((each) => {
    const known = left.get(keyOf(each)) ?? 0;
    left.set(keyOf(each), known - 1);
    return known <= 0;
  });
}
