import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { SuiteError, TestCaseRun, TestRun } from '../model';
import { normaliseMessage, normaliseTail } from './normalise-output';
import type { ProcessResult } from './run-process';
import type { RunnerContext } from './runner-context';
import { scratchFoldersOf } from './scratch-folders';
import { keepIndent, splitStack } from './split-stack';

/** What our reporter writes for one event of `node --test`, a line each. */
interface NodeEvent {
  readonly type: 'test:start' | 'test:pass' | 'test:fail' | 'test:stderr';
  readonly name?: string;
  readonly nesting?: number;
  readonly file?: string;
  readonly suite?: boolean;
  readonly skipped?: boolean;
  /** Node's own word: testCodeFailure, hookFailed, testTimeoutFailure, subtestsFailed, cancelledByParent, … */
  readonly failureType?: string;
  readonly assertion?: boolean;
  readonly text?: string;
  /** The message of the error that `text` prints with its frames. */
  readonly message?: string;
}

/**
 * Runs in node's own process, which no test shares; each file is a process of its own. Where to write is read from stdin, which
 * is node's and not theirs, and the file is written only after the last of them: none can name it, or find it while it runs.
 * What remains: what a file says about its own tests is written by that file's process.
 */
const reporterSource = `
import { readFileSync, writeFileSync } from 'node:fs';
const output = readFileSync(0, 'utf8');
export default async function* (source) {
  const lines = [];
  // Not after the loop: with --test-force-exit node leaves before it is told that there are no more events.
  process.once('exit', () => writeFileSync(output, lines.join('\\n')));
  for await (const { type, data } of source) {
    if (!['test:start', 'test:pass', 'test:fail', 'test:stderr'].includes(type)) continue;
    const error = data.details?.error;
    const cause = error?.cause ?? error;
    lines.push(JSON.stringify({
      type, name: data.name, nesting: data.nesting, file: data.file, suite: data.details?.type === 'suite',
      skipped: (data.skip !== undefined && data.skip !== false) || (data.todo !== undefined && data.todo !== false),
      failureType: error?.failureType, assertion: cause?.code === 'ERR_ASSERTION' || cause?.name === 'AssertionError',
      message: typeof cause?.message === 'string' ? cause.message : undefined,
      text: type === 'test:stderr' ? data.message : typeof cause?.stack === 'string' ? cause.stack : cause === undefined ? undefined : String(cause?.message ?? cause),
    }));
  }
}
`;

/** Runs the files with Node's own test runner. */
export async function runNodeTest(context: RunnerContext): Promise<TestRun> {
  const { request, run, names, nodeFlags } = context;
  const { base } = scratchFoldersOf(request.tree);
  const [reporter, output] = [join(base, 'node-test-reporter.mjs'), join(base, `${randomUUID()}.jsonl`)];
  await writeFile(reporter, reporterSource);
  const files = [...request.files].sort();
  const present = files.filter((file) => existsSync(join(request.tree.path, file)));
  const args = [...nodeFlags, '--test', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', '--test-concurrency=1', ...present.map((file) => join(request.tree.path, file))];
  // Without a file, node would look for tests on its own.
  const result = present.length === 0 ? undefined : await run({ command: process.execPath, args, cwd: join(request.tree.path, request.projectRoot), input: output });
  const events = parseEvents(await readFile(output, 'utf8').catch(() => ''));
  await rm(output, { force: true });
  const trusted = result !== undefined && endedAsReported(result, events);
  const report = readEvents(context, trusted ? events : []);
  const told = new Set([...report.cases, ...report.suiteErrors].map(({ file }) => file));
  const silent = files.filter((file) => !told.has(file)).map((file) => ({ file, message: result?.timedOut ? 'The run was ended: it took too long.' : trusted || !result ? 'Node did not run it.' : brokenOff }));
  return {
    runner: 'node:test', files,
    cases: report.cases.sort((a, b) => (a.id < b.id ? -1 : 1)),
    suiteErrors: [...report.suiteErrors, ...silent].sort((a, b) => (a.file < b.file ? -1 : 1)),
    timedOut: result?.timedOut ?? false,
    tail: normaliseTail(`${result?.stdout ?? ''}${result?.stderr ?? ''}`, names),
  };
}

interface Report {
  readonly cases: TestCaseRun[];
  readonly suiteErrors: SuiteError[];
}

const brokenOff = 'The runner ended without a report, or otherwise than its report says. It counts for nothing.';

/** Node exits 0 exactly when nothing failed, and 1 otherwise. */
function endedAsReported(result: ProcessResult, events: readonly NodeEvent[]): boolean {
  const failed = events.some(({ type, skipped }) => type === 'test:fail' && skipped !== true);
  return result.timedOut || (events.length > 0 && result.signal === null && result.code === (failed ? 1 : 0));
}

function parseEvents(text: string): readonly NodeEvent[] {
  return text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as NodeEvent);
}

/** A parent is told after its children, so titles are built from the starts. */
function readEvents({ request, names }: RunnerContext, events: readonly NodeEvent[]): Report {
  const report: Report = { cases: [], suiteErrors: [] };
  const titles: string[] = [];
  const chatter = new Map<string, string>();
  for (const event of events) {
    const nesting = event.nesting ?? 0;
    const file = relative(request.tree.path, event.file ?? '').split(sep).join('/');
    if (event.type === 'test:start') titles.splice(nesting, titles.length, event.name ?? '');
    else if (event.type === 'test:stderr') chatter.set(file, (chatter.get(file) ?? '') + (event.text ?? ''));
    else if (isWholeFile(event)) report.suiteErrors.push({ file, ...(event.type === 'test:pass' ? { leftOut: true } : {}), message: fileMessage(event, normaliseMessage(chatter.get(file) ?? '', names)) });
    else if (countsAsCase(event)) report.cases.push(toCase(file, [...titles.slice(0, nesting), event.name ?? ''].join(' › '), event, (message) => normaliseMessage(message, names)));
  }
  return report;
}

/** Node reports a file as a test of its own only when there was nothing else to report about it. */
function isWholeFile(event: NodeEvent): boolean {
  return event.nesting === 0 && event.name !== undefined && event.file !== undefined && (event.name === event.file || event.file.endsWith(`/${event.name}`));
}

function fileMessage(event: NodeEvent, stderr: string): string {
  return event.type === 'test:pass' ? 'The file holds no test.' : stderr || (event.text ?? 'The file could not be run.');
}

/** A suite, or a test with subtests, only repeats what its children said; a hook that failed for a suite is told here alone. */
function countsAsCase(event: NodeEvent): boolean {
  return event.failureType === 'hookFailed' || (event.suite !== true && event.failureType !== 'subtestsFailed');
}

function toCase(file: string, title: string, event: NodeEvent, normalise: (text: string) => string): TestCaseRun {
  const status = event.skipped === true ? 'skipped' : event.type === 'test:pass' ? 'passed' : 'failed';
  const known = { id: `${file} › ${title}`, file, title, status } as const;
  if (status !== 'failed') return known;
  const { message, stack } = splitStack(event.text ?? '', event.message);
  return {
    ...known,
    failure: { message: normalise(message), stack: keepIndent(stack, normalise), assertion: event.assertion === true },
    ...(event.failureType === 'hookFailed' ? { hook: true } : {}),
    ...(event.failureType === 'testTimeoutFailure' ? { timedOut: true } : {}),
  };
}
