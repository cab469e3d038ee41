import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { OrchestraError, type SuiteError, type TestCaseRun, type TestRun } from '../model';
import { jestObserverSource, jestSequencerSource, jestStartSource } from './jest-observer';
import { normaliseMessage, normaliseTail } from './normalise-output';
import type { ProcessResult } from './run-process';
import type { RunnerContext } from './runner-context';
import { scratchFoldersOf } from './scratch-folders';
import { keepIndent, splitStack } from './split-stack';

/** Jest's `--json` report, as far as it is read. */
interface JestReport {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly JestResult[];
  }[];
}

interface JestResult {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
  readonly failureMessages: readonly string[] | null;
  readonly failureDetails?: readonly unknown[];
  /** Written by our observer. */
  readonly hook?: boolean;
  readonly errorMessage?: string;
}

/**
 * Runs the files with the project's own Jest and configuration. The report's name is drawn anew for each run and goes in by
 * stdin, which is read to its end before any test is loaded: no argument, variable or file tells it to a test. What remains:
 * the tests share Jest's process, and one that digs through its memory or replaces functions of `node:fs` can say what it likes.
 */
export async function runJest(context: RunnerContext): Promise<TestRun> {
  const { request, run, names } = context;
  const { base, cache } = scratchFoldersOf(request.tree);
  const output = join(base, `${randomUUID()}.json`);
  const [start, sequencer] = [join(base, 'jest-start.cjs'), join(base, 'jest-sequencer.cjs')];
  const cwd = join(request.tree.path, request.projectRoot);
  const jest = createRequire(join(cwd, 'package.json'));
  const args = [
    ...context.nodeFlags, start, resolveJest(jest), '--ci', '--json', `--cacheDirectory=${join(cache, 'jest')}`, '--coverage=false', '--colors=false', '--testFailureExitCode=1',
    '--watchman=false', '--runInBand', `--testSequencer=${sequencer}`, '--notify=false', '--bail=0', ...(await observer(jest, base)),
    // Anchored patterns and not --runTestsByPath, which also runs files that the project's own configuration leaves out.
    ...request.files.map((file) => `^${escapeRegExp(join(request.tree.path, file))}$`),
  ];
  await mkdir(join(cache, 'jest'), { recursive: true });
  await writeFile(start, jestStartSource);
  await writeFile(sequencer, jestSequencerSource);
  const result = await run({ command: process.execPath, args, cwd, input: output });
  const report = await readReport(output);
  await rm(output, { force: true });
  const files = [...request.files].sort();
  const tail = normaliseTail(result.stderr, names);
  if (!report || !endedAsReported(result, report)) {
    const message = result.timedOut ? 'The run was ended: it took too long.' : report ? brokenOff : tail || 'The runner ended without a report.';
    return { runner: 'jest', files, cases: [], suiteErrors: files.map((file) => ({ file, message })), timedOut: result.timedOut, tail };
  }
  return { runner: 'jest', files, ...readResults(context, report, files), timedOut: result.timedOut, tail };
}

const brokenOff = 'The runner ended otherwise than its report says: killed, or by an exit of the tests themselves. The report counts for nothing.';

/** Jest exits 0 exactly when it reports success, and with the failure code asked for otherwise; nothing that failed is a success. */
function endedAsReported(result: ProcessResult, report: JestReport): boolean {
  if (result.timedOut) return true;
  if (report.success && report.testResults.some(({ status }) => status === 'failed')) return false;
  return result.signal === null && result.code === (report.success ? 0 : 1);
}

function readResults({ request, names }: RunnerContext, report: JestReport, files: readonly string[]): Pick<TestRun, 'cases' | 'suiteErrors'> {
  const suites = new Map(report.testResults.map((suite) => [relative(request.tree.path, suite.name).split(sep).join('/'), suite]));
  const cases: TestCaseRun[] = [];
  const suiteErrors: SuiteError[] = [];
  for (const file of files) {
    const suite = suites.get(file);
    if (!suite) {
      suiteErrors.push({ file, message: "Jest did not run it: the project's configuration leaves it out.", leftOut: true });
      continue;
    }
    const results = suite.assertionResults.map((result) => toCase(file, result, (text) => normaliseMessage(text, names)));
    cases.push(...results);
    if (suite.status === 'failed' && !results.some(({ status }) => status === 'failed')) {
      suiteErrors.push({ file, message: normaliseMessage(suite.message, names) });
    }
  }
  return { cases: cases.sort((a, b) => (a.id < b.id ? -1 : 1)), suiteErrors };
}

function toCase(file: string, result: JestResult, normalise: (text: string) => string): TestCaseRun {
  const title = [...result.ancestorTitles, result.title].join(' › ');
  const status = result.status === 'passed' ? 'passed' : result.status === 'failed' ? 'failed' : 'skipped';
  const known = { id: `${file} › ${title}`, file, title, status } as const;
  if (status !== 'failed') return known;
  const split = splitStack(stripVTControlCharacters(result.failureMessages?.[0] ?? ''), result.errorMessage === undefined ? undefined : stripVTControlCharacters(result.errorMessage));
  const [message, stack] = [normalise(split.message), keepIndent(split.stack, normalise)];
  return {
    ...known,
    failure: { message, stack, assertion: isAssertion(message, result.failureDetails?.[0]) },
    ...(result.hook === true ? { hook: true } : {}),
    ...(/Exceeded timeout of \d+ ms/.test(message) ? { timedOut: true } : {}),
  };
}

/** Jest's own matchers, `node:assert` as Jest prints it, chai. A matcher that was misused, or a snapshot nobody wrote, compared nothing. */
function isAssertion(message: string, detail: unknown): boolean {
  if (/^Matcher error:|^New snapshot was not written/m.test(message)) return false;
  const error = typeof detail === 'object' && detail !== null ? (detail as Readonly<Record<string, unknown>>) : {};
  return error['matcherResult'] !== undefined || /^(?:Error: )?(?:expect|assert)\b[.(]/.test(message) || /^AssertionError\b/.test(message);
}

async function readReport(path: string): Promise<JestReport | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JestReport;
  } catch {
    // Killed, or ended before it came to the report: told by the caller, with the tail.
    return undefined;
  }
}

function resolveJest(require: NodeJS.Require): string {
  try {
    return createRequire(require.resolve('jest/package.json')).resolve('jest-cli');
  } catch (cause) {
    throw new OrchestraError('world', 'The project has a Jest configuration, but jest is not installed.', { cause });
  }
}

/** Empty when Jest's own runner is not found where Jest keeps it; then hooks cannot be told apart, and nothing else changes. */
async function observer(require: NodeJS.Require, base: string): Promise<readonly string[]> {
  try {
    const steps = ['jest', 'jest-cli', 'jest-config', 'jest-circus'];
    const circus = steps.reduce((from, name) => createRequire(from.resolve(`${name}/package.json`)), require);
    const path = join(base, 'jest-observer.cjs');
    await writeFile(path, jestObserverSource(circus.resolve('./build/runner.js')));
    return [`--testRunner=${path}`];
  } catch {
    return [];
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
