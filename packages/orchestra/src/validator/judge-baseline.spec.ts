import type { Baseline, SuiteError, TestRun } from '../model';
import { judgeBaseline } from './judge-baseline';

const file = 'packages/api/src/a.spec.ts';
const run = (failures: Readonly<Record<string, string>>, suiteErrors: readonly SuiteError[] = []): TestRun => ({
  runner: 'jest', files: [file], suiteErrors, timedOut: false, tail: '',
  cases: [
    { id: `${file} › fine`, file, title: 'fine', status: 'passed' },
    ...Object.entries(failures).map(([title, message]) => ({ id: `${file} › ${title}`, file, title, status: 'failed' as const, failure: { message, stack: '', assertion: true } })),
  ],
});
const failed = (more: Partial<Baseline> = {}): Baseline => ({ project: 'api', target: 'test', status: 'failed', newLines: [], ...more });
const untouched: ReadonlySet<string> = new Set(['packages/api/src/a.ts']);

describe('judgeBaseline', () => {
  it.each<[string, Baseline | undefined, string]>([
    ['a target nobody ran on base', undefined, 'new: fails.'],
    ['a target that passes on base', failed({ status: 'passed' }), 'new: fails and passes on base.'],
    ['a target that could not be run on base', failed({ status: 'not-run' }), 'new: fails; it could not be run on base, so that nothing excuses it.'],
    ['the same output', failed(), 'same: fails exactly as it does on base.'],
    ['more output', failed({ newLines: ['src/b.ts: error TS2322'] }), 'new: fails on base as well, and says more here: src/b.ts: error TS2322'],
    ['outputs too long to compare', { project: 'api', target: 'build', status: 'failed' }, 'unclear: fails, and on base as well, with too much output to compare.'],
  ])('by output: %s', (_, baseline, expected) => {
    const { status, because } = judgeBaseline(baseline, untouched);
    expect(`${status}: ${because}`).toBe(expected);
  });

  it.each<[string, TestRun, TestRun, Partial<Baseline>, string]>([
    ['the same test for the same reason', run({ old: 'is 1' }), run({ old: 'is 1' }), {}, 'same: fails in "packages/api/src/a.spec.ts › old", as it does on base.'],
    ['one test more', run({ old: 'is 1', young: 'is 2' }), run({ old: 'is 1' }), {}, 'new: fails on base as well, but "packages/api/src/a.spec.ts › young" does not fail there.'],
    ['the same test for another reason', run({ old: 'is 2' }), run({ old: 'is 1' }), {}, 'new: fails on base as well, but "packages/api/src/a.spec.ts › old" fails there in another way.'],
    ['one test less', run({ old: 'is 1' }), run({ old: 'is 1', mended: 'is 2' }), {}, 'same: fails in "packages/api/src/a.spec.ts › old", as it does on base.'],
    ['a file that loads on neither side', run({}, [{ file, message: 'no module' }]), run({}, [{ file, message: 'no module' }]), {}, 'same: fails in "packages/api/src/a.spec.ts", as it does on base.'],
    ['a file that loads on base', run({}, [{ file, message: 'no module' }]), run({}), {}, 'new: fails on base as well, but "packages/api/src/a.spec.ts" does not fail there.'],
    ['tests alone do not fail', run({}), run({}), {}, 'unclear: fails, and on base as well; none of its tests fails when they are run by themselves.'],
    ['a file the runner leaves out is no failure', run({}, [{ file, message: 'left out', leftOut: true }]), run({}), {}, 'unclear: fails, and on base as well; none of its tests fails when they are run by themselves.'],
    ['the same tests and an error beside them', run({ old: 'is 1' }), run({ old: 'is 1' }), { newLines: ['error TS2322'] }, 'unclear: fails in "packages/api/src/a.spec.ts › old", as it does on base, but its output is another: error TS2322'],
    ['tests that took too long', { ...run({ old: 'is 1' }), timedOut: true }, run({ old: 'is 1' }), {}, 'unclear: fails, and on base as well; its tests did not end in time to be compared.'],
  ])('by tests: %s', (_, head, base, more, expected) => {
    const { status, because } = judgeBaseline(failed({ ...more, tests: { head, base } }), untouched);
    expect(`${status}: ${because}`).toBe(expected);
  });

  it('excuses no test that the change touches, though it fails on base in the same words', () => {
    const same = failed({ tests: { head: run({ old: 'is 1' }), base: run({ old: 'is 1' }) } });
    expect(judgeBaseline(same, new Set([file]))).toEqual({ status: 'new', because: `fails in "${file} › old", a test that the change touches.`, tests: [`${file} › old`] });
  });
});
