import type { ChangedFile, Policy } from '../model';
import { matchesGlobs } from '../patch/matches-globs';
import type { TestAssertion, TestMode, TestShape } from '../syntax/test-shape';
import { testSidesOf } from './change-views';
import { classifyPath } from './classify-path';
import { emptiedSupport } from './emptied-support';
import { loosenedFile } from './loosened-file';
import { narrowedRunner } from './narrowed-runner';
import { resolveModule } from './rules/resolve-module';
import type { TestLoss } from './test-loss';
import { stem } from './test-stem';
import { matchTests, missingAssertions, type PlacedTest, type TestPair } from './match-tests';

export type { LossKind, TestLoss } from './test-loss';

/** A limit raised further than this hides a hang, not a slow machine. */
const timeoutFactor = 3;

interface Sides {
  readonly base: readonly PlacedTest[];
  readonly head: readonly PlacedTest[];
}

/**
 * What the diff takes away from its tests. Judged by assertions and not by counting calls of `test`: moving tests into a
 * wrapper changes none of them, and assertions that went elsewhere in the same diff are not lost.
 */
export function compareTests(changes: readonly ChangedFile[], policy: Policy): readonly TestLoss[] {
  const touched = changes.filter((change) => isTestSide(change, policy));
  const sides = touched.map((change) => readSides(change, policy));
  const unreadable = sides.flatMap((side) => (side.unreadable === undefined ? [] : [side.unreadable]));
  const all: Sides = { base: sides.flatMap((side) => side.base), head: sides.flatMap((side) => side.head) };
  const renamed = new Map(touched.flatMap(({ path, previousPath }) => (previousPath === undefined ? [] : [[previousPath, path] as const])));
  const { pairs, lost, gained } = matchTests(all.base, all.head, renamed);
  const elsewhere = assertedElsewhere(all);
  return [
    ...unreadable,
    ...touched.flatMap((change) => unreachable(change, policy)),
    ...removals(lost, touched, changes, elsewhere, policy),
    ...pairs.flatMap((pair) => comparePair(pair, elsewhere)),
    ...gained.flatMap(judgeNew),
    ...onlyExistence(pairs, gained),
    ...touched.flatMap(raisedFileTimeout),
    ...touched.flatMap((change) => loosenedFile(change, changes, policy)),
    ...emptiedSupport(changes, policy),
    ...changes.flatMap(narrowedRunner),
  ];
}

function isTestSide(change: ChangedFile, policy: Policy): boolean {
  return [change.path, change.previousPath ?? change.path].some((path) => classifyPath(path, policy) === 'test');
}

function readSides(change: ChangedFile, policy: Policy): Sides & { readonly unreadable?: TestLoss } {
  const oldPath = change.previousPath ?? change.path;
  const shapes = testSidesOf(change);
  const base = classifyPath(oldPath, policy) === 'test' ? shapes.base : undefined;
  const head = classifyPath(change.path, policy) === 'test' ? shapes.head : undefined;
  const place = (path: string, shape: TestShape | undefined): readonly PlacedTest[] => (shape?.tests ?? []).map((test) => ({ path, test }));
  const sides = { base: place(oldPath, base), head: place(change.path, head) };
  if (change.base !== null && change.head !== null) return sides;
  return { ...sides, unreadable: { kind: 'unreadable', path: change.path, because: `${change.path} is binary or too large to be compared.` } };
}

/** What runners choose test files by, as far as a path tells: its last endings, and whether it lies among the sources. */
function runnerForm(path: string): string {
  return `${/(?:\.(?:test|spec|e2e))?\.[^./]+$/.exec(path)?.[0] ?? ''} ${/(?:^|\/)src\//.test(path) ? 'src' : ''} ${/(?:^|\/)__tests__\//.test(path) ? '__tests__' : ''}`;
}

/** A test file that moves where no runner looks is a test file less. */
function unreachable(change: ChangedFile, policy: Policy): readonly TestLoss[] {
  const { previousPath, path, status } = change;
  if (status !== 'renamed' || previousPath === undefined) return [];
  if (classifyPath(previousPath, policy) !== 'test') return [];
  // Still named as a test, and in a folder where this tool keeps its records and no runner looks.
  if (matchesGlobs(path, policy.generated)) return [{ kind: 'file-unreachable', path, because: `${previousPath} became ${path}, among the records, where no runner looks.` }];
  if (classifyPath(path, policy) === 'test') {
    const sameForm = runnerForm(previousPath) === runnerForm(path);
    return sameForm ? [] : [{ kind: 'file-out-of-sight', path, because: `${previousPath} became ${path}. Runners look for tests by ending and folder; whether this one still does is in its configuration.` }];
  }
  return [{ kind: 'file-unreachable', path, because: `${previousPath} became ${path}, which no test glob of the policy matches.` }];
}

function removals(lost: readonly PlacedTest[], touched: readonly ChangedFile[], changes: readonly ChangedFile[], elsewhere: Elsewhere, policy: Policy): readonly TestLoss[] {
  const deleted = new Set(touched.filter((change) => change.status === 'deleted').map((change) => change.path));
  const files = [...new Set(lost.map(({ path }) => path))].filter((path) => deleted.has(path)).map((path) => deletedFile(path, lost, changes, policy));
  const single = lost
    .filter(({ path, test }) => !deleted.has(path) && test.mode !== 'skip' && test.mode !== 'todo')
    .map(({ path, test }): TestLoss => {
      const because = `"${test.title}" (${count(test.assertions.length)}) is gone`;
      return elsewhere.covers(test.assertions)
        ? { kind: 'moved', path, test: test.title, because: `${because}; the same is asserted elsewhere in the diff.` }
        : { kind: 'removed', path, test: test.title, because: `${because}.` };
    });
  return [...files, ...single];
}

function deletedFile(path: string, lost: readonly PlacedTest[], changes: readonly ChangedFile[], policy: Policy): TestLoss {
  const tests = lost.filter((each) => each.path === path);
  const subject = deletedSubject(path, changes, policy);
  const because = `${path} is deleted with ${tests.length} tests${subject === undefined ? ', and what it tests is still there' : `, together with ${subject}`}.`;
  return { kind: subject === undefined ? 'file-deleted' : 'deleted-with-subject', path, because };
}

const specifier = /(?:from\s+|import\s*\(\s*|require\s*\(\s*|import\s+)['"](\.[^'"]+)['"]/g;

/** What the test imports, or is named after, when the diff deletes that as well. */
function deletedSubject(path: string, changes: readonly ChangedFile[], policy: Policy): string | undefined {
  const deleted = new Set(changes.filter((change) => change.status === 'deleted' && change.path !== path && classifyPath(change.path, policy) === 'production').map((change) => change.path));
  const text = changes.find((change) => change.path === path)?.base ?? '';
  const imported = [...text.matchAll(specifier)].flatMap((match) => resolveModule(path, match[1] ?? '')).find((target) => deleted.has(target));
  return imported ?? [...deleted].find((candidate) => stem(candidate) === stem(path) && !/\.(test|spec)\./.test(candidate));
}

function comparePair({ base, head }: TestPair, elsewhere: Elsewhere): readonly TestLoss[] {
  const at = { path: head.path, test: head.test.title, range: head.test.range };
  return [...compareModes(base.test.mode, head.test.mode, at), ...compareAssertions(base, head, at, elsewhere), ...compareLimits(base, head, at)];
}

type At = Pick<TestLoss, 'path' | 'test' | 'range'>;

function compareModes(before: TestMode, after: TestMode, at: At): readonly TestLoss[] {
  if (after === before || before === 'skip' || before === 'todo') return [];
  if (after === 'skip' || after === 'todo') return [{ ...at, kind: 'skipped', because: `"${at.test}" no longer has to pass (${after}).` }];
  if (after === 'skip-if') return [{ ...at, kind: 'skipped-if', because: `"${at.test}" is now skipped under a condition.` }];
  return after === 'only' ? [{ ...at, kind: 'focused', because: `"${at.test}" is marked only, so that no other test of the file runs.` }] : [];
}

function compareAssertions(base: PlacedTest, head: PlacedTest, at: At, elsewhere: Elsewhere): readonly TestLoss[] {
  const missing = missingAssertions(speaking(base.test.assertions), speaking(head.test.assertions));
  if (missing.length === 0) return emptied(base, head, at);
  const before = speaking(base.test.assertions);
  const after = speaking(head.test.assertions);
  // Several comparisons drawn together into one of a whole object say no less.
  const drawnTogether = after.length < before.length && checksOf(after) >= checksOf(before);
  if (after.length < before.length && !drawnTogether) {
    if (elsewhere.covers(missing)) return [{ ...at, kind: 'moved', because: `"${at.test}" makes fewer assertions; the missing ones are made elsewhere in the diff.` }];
    return [{ ...at, kind: 'fewer-assertions', because: `"${at.test}" makes ${count(after.length)} instead of ${before.length}.` }];
  }
  const stronger = missingAssertions(speaking(head.test.assertions), speaking(base.test.assertions));
  const weigh = drawnTogether ? (list: readonly TestAssertion[]) => strengthOf(list, (each) => each.checks) : (list: readonly TestAssertion[]) => strengthOf(list, () => 1);
  const weakened = weigh(stronger) < weigh(missing) && weigh(after) < weigh(before);
  if (weakened) return [{ ...at, kind: 'weaker-assertions', because: `"${at.test}" asserts less: what was compared exactly is now compared in part.` }];
  return [...emptied(base, head, at), ...otherExpectations(missing, stronger, at)];
}

/** Whether the old value was the bug or the new one is, no text can tell. */
function otherExpectations(missing: readonly TestAssertion[], gained: readonly TestAssertion[], at: At): readonly TestLoss[] {
  const frames = new Set(gained.map(({ frame }) => frame));
  const changed = missing.filter(({ frame, snapshot }) => snapshot !== true && frames.has(frame));
  return changed.length === 0 ? [] : [{ ...at, kind: 'expectation-changed', because: `"${at.test}" asks the same as before and expects something else (${count(changed.length)}).` }];
}

/**
 * New tests that only say that something is there. Beside others that say what it is they are harmless; where nothing the diff
 * adds says more, whatever it mends is not pinned down.
 */
function onlyExistence(pairs: readonly TestPair[], gained: readonly PlacedTest[]): readonly TestLoss[] {
  const running = gained.filter(({ test }) => (test.mode === 'run' || test.mode === 'only') && speaking(test.assertions).length > 0);
  const hollow = running.filter(({ test }) => speaking(test.assertions).every((assertion) => assertion.hollow === true));
  const more = pairs.flatMap(({ base, head }) => missingAssertions(speaking(head.test.assertions), speaking(base.test.assertions)));
  const pinned = running.length > hollow.length || more.some((assertion) => assertion.hollow !== true);
  return hollow.map(({ path, test }) => ({
    kind: pinned ? 'asserts-existence' : 'proves-existence', path, test: test.title, range: test.range,
    because: `"${test.title}" is new and only says that something is there, or that nothing is thrown${pinned ? '' : ', and no other test of the change says more'}.`,
  }));
}

function emptied(base: PlacedTest, head: PlacedTest, at: At): readonly TestLoss[] {
  const silent = (test: PlacedTest): number => test.test.assertions.length - speaking(test.test.assertions).length;
  return silent(head) > silent(base) ? [{ ...at, kind: 'tautology', because: `"${at.test}" gains an assertion that cannot fail.` }] : [];
}

function compareLimits(base: PlacedTest, head: PlacedTest, at: At): readonly TestLoss[] {
  const before = base.test.timeout;
  const after = head.test.timeout;
  const rows = base.test.rows !== undefined && head.test.rows !== undefined && head.test.rows < base.test.rows;
  const fewer: readonly TestLoss[] = rows ? [{ ...at, kind: 'fewer-rows', because: `"${at.test}" runs over ${head.test.rows} rows instead of ${base.test.rows}.` }] : [];
  if (before === undefined || after === undefined || after <= before * timeoutFactor) return fewer;
  return [...fewer, { ...at, kind: 'timeout-raised', because: `"${at.test}" may take ${after} ms instead of ${before} ms.` }];
}

function judgeNew({ path, test }: PlacedTest): readonly TestLoss[] {
  const at = { path, test: test.title, range: test.range };
  if (test.mode === 'only') return [{ ...at, kind: 'focused', because: `"${test.title}" is marked only, so that no other test of the file runs.` }];
  if (test.mode === 'skip' || test.mode === 'todo') return [{ ...at, kind: 'born-skipped', because: `"${test.title}" is new and does not run (${test.mode}).` }];
  if (test.assertions.length === 0) return [{ ...at, kind: 'asserts-nothing', because: `"${test.title}" is new and asserts nothing.` }];
  const silent = test.assertions.length - speaking(test.assertions).length;
  return silent === 0 ? [] : [{ ...at, kind: 'tautology', because: `"${test.title}" is new and makes ${count(silent)} that cannot fail.` }];
}

function raisedFileTimeout(change: ChangedFile): readonly TestLoss[] {
  const { base, head } = testSidesOf(change);
  if (base === undefined || head === undefined) return [];
  const before = Math.max(0, ...base.timeouts);
  const after = Math.max(0, ...head.timeouts);
  return before > 0 && after > before * timeoutFactor ? [{ kind: 'timeout-raised', path: change.path, because: `The file's limit is ${after} ms instead of ${before} ms.` }] : [];
}

interface Elsewhere {
  /** Whether head as a whole makes each of these assertions as often as base did. */
  readonly covers: (assertions: readonly TestAssertion[]) => boolean;
}

/** Coverage is by text alone, so it never clears a test: it only tells a split from a cut, and a bugfix may do neither. */
function assertedElsewhere(sides: Sides): Elsewhere {
  const lost = new Set(missingAssertions(assertionsOf(sides.base), assertionsOf(sides.head)).map(({ text }) => text));
  return { covers: (assertions) => assertions.length > 0 && !assertions.some(({ text }) => lost.has(text)) };
}

function assertionsOf(tests: readonly PlacedTest[]): readonly TestAssertion[] {
  return tests.filter(({ test }) => test.mode !== 'skip' && test.mode !== 'todo').flatMap(({ test }) => speaking(test.assertions));
}

function speaking(assertions: readonly TestAssertion[]): readonly TestAssertion[] {
  return assertions.filter((assertion) => assertion.strength > 0);
}

function strengthOf(assertions: readonly TestAssertion[], times: (assertion: TestAssertion) => number): number {
  return assertions.reduce((total, assertion) => total + assertion.strength * times(assertion), 0);
}

function checksOf(assertions: readonly TestAssertion[]): number {
  return assertions.reduce((total, assertion) => total + assertion.checks, 0);
}

function count(number: number): string {
  return number === 1 ? '1 assertion' : `${number} assertions`;
}
