import type { ChangedFile } from '../model';
import { viewSource } from '../syntax/source-view';
import { testShape, type TestShape } from '../syntax/test-shape';
import type { FilePair } from './define-rule';

const pairs = new WeakMap<ChangedFile, FilePair>();
const shapes = new WeakMap<ChangedFile, TestSides>();

/** Both sides of a change, parsed at most once for all checks: parsing is most of the cost of judging. */
export function viewsOf(change: ChangedFile): FilePair {
  const known = pairs.get(change);
  if (known !== undefined) return known;
  const pair = {
    change,
    ...(typeof change.base === 'string' ? { base: viewSource(change.previousPath ?? change.path, change.base) } : {}),
    ...(typeof change.head === 'string' ? { head: viewSource(change.path, change.head) } : {}),
  };
  pairs.set(change, pair);
  return pair;
}

export interface TestSides {
  readonly base?: TestShape;
  readonly head?: TestShape;
}

/** What both sides test, read once. Absent where there is no text, no source, or none that a parser could read. */
export function testSidesOf(change: ChangedFile): TestSides {
  const known = shapes.get(change);
  if (known !== undefined) return known;
  const { base, head } = viewsOf(change);
  const [before, after] = [base === undefined ? undefined : testShape(base), head === undefined ? undefined : testShape(head)];
  const sides = { ...(before === undefined ? {} : { base: before }), ...(after === undefined ? {} : { head: after }) };
  shapes.set(change, sides);
  return sides;
}
