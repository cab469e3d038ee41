import type { Finding, ProofEvidence, ProofSummary, TestCaseRun, TestRun } from '../model';
import { findingMaker, type FindingMaker } from './define-check';
import type { EvidenceKind } from './finding-catalogue';
import { classifyFailure } from './classify-failure';
import { isFixSource } from './fix-of';

/** A test that passes twice in a row is held to pass; once may be luck. */
export const headRunsNeeded = 2;

export interface RedClass {
  /** At least one test failed on base for the right reason, and nothing else casts doubt on the run. */
  readonly red: boolean;
  readonly status: 'red' | 'refused' | 'timed-out' | 'unsupported';
  readonly why: string;
  /** Ids of the tests that are red, sorted. */
  readonly tests: readonly string[];
}

/**
 * What a run of the new tests on base means. RED is an assertion failure, or an error thrown inside the test body with a
 * production frame on top. One suite error or failing hook refuses the run as a whole: what else failed beside it
 * may have failed because of it.
 */
export function classifyRed(run: TestRun, productionFiles: readonly string[]): RedClass {
  if (run.runner === 'unsupported') return { red: false, status: 'unsupported', why: run.suiteErrors[0]?.message ?? 'The test runner of these files is not supported.', tests: [] };
  const suiteError = run.suiteErrors[0];
  if (suiteError !== undefined) return refused(`${suiteError.file} could not be loaded on base: ${firstLine(suiteError.message)}`);
  if (run.timedOut) return timedOut('The run on base was stopped at its time limit.');
  if (run.cases.length === 0) return refused('No test ran on base.');
  const hook = run.cases.find((testCase) => testCase.status === 'failed' && testCase.hook === true);
  if (hook !== undefined) return refused(`A hook of "${hook.id}" fails on base, so the test itself never spoke.`);
  return classifyCases(run, productionFiles);
}

function classifyCases(run: TestRun, productionFiles: readonly string[]): RedClass {
  const failed = run.cases.filter((testCase) => testCase.status === 'failed');
  if (failed.length === 0) {
    const skipped = run.cases.filter((testCase) => testCase.status === 'skipped').length;
    return refused(skipped === run.cases.length ? 'Every test is skipped on base.' : 'Every test passes on base: none of them shows the bug.');
  }
  const limits = failed.filter((testCase) => testCase.timedOut === true);
  const judged = failed
    .filter((testCase) => testCase.timedOut !== true)
    .map((testCase) => ({ testCase, verdict: classifyFailure(testCase.failure, { testFiles: run.files, productionFiles }) }));
  const red = judged.filter(({ verdict }) => verdict.counts);
  const first = red[0];
  if (first !== undefined) {
    return { red: true, status: 'red', why: `"${first.testCase.id}" ${first.verdict.why}`, tests: red.map(({ testCase }) => testCase.id).sort() };
  }
  if (limits.length > 0) return timedOut(`"${limits[0]?.id}" runs into its time limit on base.`);
  return refused(`"${judged[0]?.testCase.id}" ${judged[0]?.verdict.why}`);
}

/** What the runs on head mean: the red tests pass in every one, and nothing beside them fails. */
export function classifyGreen(runs: readonly TestRun[], redTests: readonly string[]): { readonly green: boolean; readonly timedOut: boolean; readonly why: string } {
  for (const [index, run] of runs.entries()) {
    const why = whyNotGreen(run, redTests);
    const limit = run.timedOut || run.cases.some((testCase) => testCase.timedOut === true);
    if (why !== undefined) return { green: false, timedOut: limit, why: `Run ${index + 1} of ${runs.length} on head: ${why}` };
  }
  if (runs.length === 0) return { green: false, timedOut: false, why: 'The tests were not run on head.' };
  return { green: true, timedOut: false, why: `Every test passes on head in ${runs.length} of ${runs.length} runs.` };
}

function whyNotGreen(run: TestRun, redTests: readonly string[]): string | undefined {
  const suiteError = run.suiteErrors[0];
  if (suiteError !== undefined) return `${suiteError.file} could not be loaded: ${firstLine(suiteError.message)}`;
  if (run.timedOut) return 'the run was stopped at its time limit.';
  const failed = run.cases.find((testCase) => testCase.status === 'failed');
  if (failed !== undefined) return `"${failed.id}" fails: ${firstLine(failed.failure?.message ?? 'no message')}`;
  const missing = redTests.find((id) => !run.cases.some((testCase) => testCase.id === id && testCase.status === 'passed'));
  return missing === undefined ? undefined : `"${missing}", red on base, did not run and pass.`;
}

export interface ProofJudgement {
  readonly summary: ProofSummary;
  readonly findings: readonly Finding[];
}

/**
 * The red-green proof as a whole, for the gate. The rehearsal asks `classifyRed` and `classifyGreen` one after the other.
 *
 * @param fix paths only head has (`fixOf`); without any source among them nothing was fixed, and the test is green for
 * another reason, e.g. because a file is there. Left out where nobody knows them.
 */
export function judgeProof(proof: ProofEvidence, kind: EvidenceKind = 'bugfix', fix?: readonly string[]): ProofJudgement {
  const find = findingMaker('proof', kind);
  const red = withFix(classifyRed(proof.base, proof.productionFiles), fix);
  const green = classifyGreen(proof.head, red.tests);
  const data = { testFiles: proof.testFiles, red: red.tests };
  const findings = [...redFindings(find, red, data), ...(red.status === 'unsupported' ? [] : greenFindings(find, green, proof, data))];
  return { summary: summarise(proof, red, green, findings), findings };
}

function withFix(red: RedClass, fix: readonly string[] | undefined): RedClass {
  if (!red.red || fix === undefined || fix.some(isFixSource)) return red;
  const only = fix.length === 0 ? 'nothing' : `only ${fix.slice(0, 5).join(', ')}`;
  return refused(`The test is red, but no source file differs between base and head beside the tests (${only}): data and prose fix nothing.`);
}

type Data = Readonly<Record<string, unknown>>;

function redFindings(find: FindingMaker, red: RedClass, data: Data): readonly Finding[] {
  if (red.status === 'unsupported') return [find('runner-unsupported', { because: red.why, data })];
  if (red.status === 'timed-out') return [find('red-timed-out', { because: red.why, data })];
  return red.red ? [] : [find('red-not-proved', { because: red.why, data })];
}

function greenFindings(find: FindingMaker, green: ReturnType<typeof classifyGreen>, proof: ProofEvidence, data: Data): readonly Finding[] {
  if (!green.green) return [find('green-not-proved', { because: green.why, data: { ...data, timedOut: green.timedOut } })];
  if (proof.head.length >= headRunsNeeded) return [];
  return [find('green-not-repeated', { because: `The tests ran ${proof.head.length} time(s) on head; ${headRunsNeeded} are needed.`, data })];
}

function summarise(proof: ProofEvidence, red: RedClass, green: ReturnType<typeof classifyGreen>, findings: readonly Finding[]): ProofSummary {
  const proved = findings.length === 0;
  const ids = [...new Set([proof.base, ...proof.head].flatMap((run) => run.cases.map((testCase) => testCase.id)))].sort();
  return {
    status: red.status === 'unsupported' ? 'unsupported' : proved ? 'proved' : 'not-proved',
    tests: ids.map((id) => {
      const onBase = proof.base.cases.find((testCase) => testCase.id === id);
      const message = onBase?.failure?.message;
      return {
        id,
        base: red.tests.includes(id) ? 'red' : (onBase?.status ?? 'absent'),
        head: headStatus(proof.head.map((run) => run.cases.find((testCase) => testCase.id === id))),
        ...(message === undefined ? {} : { message: firstLine(message) }),
      };
    }),
    headRuns: proof.head.length,
    because: red.red ? `${red.why} ${green.why}` : red.why,
  };
}

/** One word for all repeats: only unanimous runs keep their status. */
function headStatus(cases: readonly (TestCaseRun | undefined)[]): string {
  const statuses = new Set(cases.map((testCase) => testCase?.status ?? 'absent'));
  return statuses.size === 1 ? ([...statuses][0] ?? 'absent') : statuses.size === 0 ? 'absent' : 'unsteady';
}

function refused(why: string): RedClass {
  return { red: false, status: 'refused', why, tests: [] };
}

function timedOut(why: string): RedClass {
  return { red: false, status: 'timed-out', why, tests: [] };
}

function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
