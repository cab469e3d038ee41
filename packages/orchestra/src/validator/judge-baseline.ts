import type { Baseline, SuiteError, TestCaseRun, TestRun } from '../model';

/** `same`: what fails on head fails on base alike. `unclear`: it fails on base too, and nobody can tell whether in the same way. */
export interface BaselineJudgement {
  readonly status: 'new' | 'same' | 'unclear';
  /** Reads on from the name of the target. */
  readonly because: string;
  /** The tests that failed on head: ids, or files that could not be loaded. */
  readonly tests: readonly string[];
}

/**
 * Whether a failing target is the change's doing. Blame falls on the change unless base fails alike: by test id and message where
 * the tests were told apart, by the lines of the output otherwise. A test whose file the change touches is never excused.
 *
 * @param touched every path the change touches
 */
export function judgeBaseline(baseline: Baseline | undefined, touched: ReadonlySet<string>): BaselineJudgement {
  if (baseline === undefined) return { status: 'new', because: 'fails.', tests: [] };
  if (baseline.status === 'passed') return { status: 'new', because: 'fails and passes on base.', tests: [] };
  if (baseline.status === 'not-run') return { status: 'new', because: 'fails; it could not be run on base, so that nothing excuses it.', tests: [] };
  return baseline.tests === undefined ? judgeOutput(baseline) : judgeTests(baseline, baseline.tests, touched);
}

function judgeOutput({ newLines }: Baseline): BaselineJudgement {
  if (newLines === undefined) return { status: 'unclear', because: 'fails, and on base as well, with too much output to compare.', tests: [] };
  const first = newLines[0];
  return first === undefined
    ? { status: 'same', because: 'fails exactly as it does on base.', tests: [] }
    : { status: 'new', because: `fails on base as well, and says more here: ${shortened(first)}`, tests: [] };
}

interface Failure {
  readonly id: string;
  readonly file: string;
  readonly message: string;
}

function judgeTests({ newLines }: Baseline, { head, base }: NonNullable<Baseline['tests']>, touched: ReadonlySet<string>): BaselineJudgement {
  const failures = failuresOf(head);
  const tests = failures.map(({ id }) => id);
  if (head.timedOut || base.timedOut) return { status: 'unclear', because: 'fails, and on base as well; its tests did not end in time to be compared.', tests };
  if (failures.length === 0) return { status: 'unclear', because: 'fails, and on base as well; none of its tests fails when they are run by themselves.', tests };
  const before = new Map(failuresOf(base).map((failure) => [failure.id, failure.message]));
  const changed = failures.find(({ file }) => touched.has(file));
  if (changed !== undefined) return { status: 'new', because: `fails in "${changed.id}", a test that the change touches.`, tests };
  const added = failures.find(({ id }) => !before.has(id));
  if (added !== undefined) return { status: 'new', because: `fails on base as well, but "${added.id}" does not fail there.`, tests };
  const other = failures.find(({ id, message }) => before.get(id) !== message);
  if (other !== undefined) return { status: 'new', because: `fails on base as well, but "${other.id}" fails there in another way.`, tests };
  const first = newLines === undefined ? 'too much output to compare' : newLines[0];
  return first === undefined
    ? { status: 'same', because: `fails in ${named(tests)}, as it does on base.`, tests }
    : { status: 'unclear', because: `fails in ${named(tests)}, as it does on base, but its output is another: ${shortened(first)}`, tests };
}

function failuresOf(run: TestRun): readonly Failure[] {
  const cases = run.cases.filter(({ status }) => status === 'failed').map(({ id, file, failure }: TestCaseRun) => ({ id, file, message: failure?.message ?? '' }));
  const errors = run.suiteErrors.filter(({ leftOut }) => leftOut !== true).map(({ file, message }: SuiteError) => ({ id: file, file, message }));
  return [...cases, ...errors].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function named(tests: readonly string[]): string {
  const shown = tests.slice(0, 3).map((id) => `"${id}"`).join(', ');
  return tests.length > 3 ? `${shown} and ${tests.length - 3} more` : shown;
}

function shortened(line: string): string {
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
