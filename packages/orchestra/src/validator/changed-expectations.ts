import type { ChangedFile, Policy } from '../model';
import { testSidesOf } from './change-views';
import { classifyPath } from './classify-path';
import { matchTests, missingAssertions, type PlacedTest } from './match-tests';

export interface ChangedExpectations {
  readonly path: string;
  /** Titles of tests at base that head has lost, or that no longer make every assertion they made. */
  readonly tests: readonly string[];
}

/** By file, in the order of the diff. A test that moved, was renamed or stands beside new ones says what it said. */
export function changedExpectations(changes: readonly ChangedFile[], policy: Policy): readonly ChangedExpectations[] {
  const touched = changes.filter(({ path, previousPath = path }) => [path, previousPath].some((each) => classifyPath(each, policy) === 'test'));
  const place = (change: ChangedFile, side: 'base' | 'head'): readonly PlacedTest[] => (testSidesOf(change)[side]?.tests ?? []).map((test) => ({ path: side === 'base' ? (change.previousPath ?? change.path) : change.path, test }));
  const renamed = new Map(touched.flatMap(({ path, previousPath }) => (previousPath === undefined ? [] : [[previousPath, path] as const])));
  const { pairs, lost } = matchTests(touched.flatMap((change) => place(change, 'base')), touched.flatMap((change) => place(change, 'head')), renamed);
  const changed = [...lost, ...pairs.filter(({ base, head }) => missingAssertions(base.test.assertions, head.test.assertions).length > 0).map(({ base }) => base)];
  return touched.flatMap(({ path, previousPath = path }) => {
    const tests = changed.filter((each) => each.path === previousPath).map(({ test }) => test.title);
    return tests.length === 0 ? [] : [{ path, tests }];
  });
}
