import type { TestAssertion, TestBlock } from '../syntax/test-shape';

/** A test of one side of the diff, with the file it stands in. */
export interface PlacedTest {
  readonly path: string;
  readonly test: TestBlock;
}

export interface TestPair {
  readonly base: PlacedTest;
  readonly head: PlacedTest;
}

export interface MatchedTests {
  readonly pairs: readonly TestPair[];
  readonly lost: readonly PlacedTest[];
  readonly gained: readonly PlacedTest[];
}

/** Half of the statements in common: the same test under another name. */
const sameTest = 0.5;

/**
 * Which test of head is which test of base. First the same title in the same file, then the same title elsewhere, then what
 * does mostly the same: so that neither a move nor a new title reads as a removal. A like assertion alone is not enough:
 * a new test that also expects a 404 is not the one that was taken away. `renamed` maps old paths to new ones.
 */
export function matchTests(base: readonly PlacedTest[], head: readonly PlacedTest[], renamed: ReadonlyMap<string, string>): MatchedTests {
  const left = new Set(base);
  const right = new Set(head);
  const pairs: TestPair[] = [];
  const newPath = (path: string): string => renamed.get(path) ?? path;
  const passes: readonly ((a: PlacedTest, b: PlacedTest) => boolean)[] = [
    (a, b) => newPath(a.path) === b.path && a.test.title === b.test.title,
    (a, b) => newPath(a.path) === b.path && ownTitle(a) === ownTitle(b),
    (a, b) => ownTitle(a) === ownTitle(b) && alike(a, b) > 0,
    (a, b) => alike(a, b) >= sameTest,
    (a, b) => newPath(a.path) === b.path && titlesAlike(ownTitle(a), ownTitle(b)),
  ];
  for (const matches of passes) {
    for (const before of left) {
      const after = [...right].find((candidate) => matches(before, candidate));
      if (after === undefined) continue;
      pairs.push({ base: before, head: after });
      left.delete(before);
      right.delete(after);
    }
  }
  return { pairs, lost: [...left], gained: [...right] };
}

/** Share of the statements of `a` that `b` holds as well. */
function alike({ test: a }: PlacedTest, { test: b }: PlacedTest): number {
  if (a.statements.length === 0) return 0;
  const held = new Set(b.statements);
  return a.statements.filter((statement) => held.has(statement)).length / a.statements.length;
}

/** Most words in common. What the test asserts is compared afterwards, so a title alone clears nothing. */
function titlesAlike(a: string, b: string): boolean {
  const words = (title: string): ReadonlySet<string> => new Set(title.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== ''));
  const [left, right] = [words(a), words(b)];
  const common = [...left].filter((word) => right.has(word)).length;
  return common >= 2 && common / (left.size + right.size - common) >= 0.6;
}

/** Assertions of `base` that `head` does not make, each counted as often as it is made. */
export function missingAssertions(base: readonly TestAssertion[], head: readonly TestAssertion[]): readonly TestAssertion[] {
  const counts = new Map<string, number>();
  for (const { text } of head) counts.set(text, (counts.get(text) ?? 0) + 1);
  return base.filter(({ text }) => {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    return left <= 0;
  });
}

function ownTitle({ test }: PlacedTest): string {
  return test.title.slice(test.title.lastIndexOf(' > ') + 1);
}
