import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { OrchestraError, type SuiteError, type TestCaseRun, type TestRun } from '../model';
import { normaliseMessage, normaliseTail } from './normalise-output';
import type { RunnerContext } from './runner-context';
import { scratchFoldersOf } from './scratch-folders';
import { keepIndent, splitStack } from './split-stack';
import { type VitestError, type VitestFile, type VitestReport, vitestStartSource, type VitestTask } from './vitest-start';

/**
 * Runs the files with the project's own Vitest and configuration, workspace projects included. What remains: what a file says about its
 * own tests is told by that file's process, which can lie about them, and about them alone.
 */
export async function runVitest(context: RunnerContext): Promise<TestRun> {
  const { request, run, names } = context;
  const { base } = scratchFoldersOf(request.tree);
  const [start, output] = [join(base, 'vitest-start.mjs'), join(base, `${randomUUID()}.json`)];
  const { cwd, options } = configurationOf(context);
  const filters = request.files.map((file) => join(request.tree.path, file));
  await writeFile(start, vitestStartSource);
  const input = JSON.stringify({ entry: resolveVitest(cwd), output, filters, options: { ...fixedOptions, ...options } });
  const result = await run({ command: process.execPath, args: [...context.nodeFlags, start], cwd, input });
  const report = await readReport(output);
  await rm(output, { force: true });
  const files = [...request.files].sort();
  const tail = normaliseTail(`${result.stdout}${result.stderr}`, names);
  const honest = report !== undefined && (result.timedOut || (result.signal === null && result.code === (report.success ? 0 : 1)));
  if (!honest) {
    const message = result.timedOut ? 'The run was ended: it took too long.' : report ? brokenOff : tail || 'The runner ended without a report.';
    return { runner: 'vitest', files, cases: [], suiteErrors: files.map((file) => ({ file, message })), timedOut: result.timedOut, tail };
  }
  return { runner: 'vitest', files, ...readResults(context, report, files), timedOut: result.timedOut, tail };
}

const brokenOff = 'The runner ended otherwise than its report says. The report counts for nothing.';

/** Over the project's configuration: one run, nothing written, one file after the other, each test in a process that is not the reporter's. */
const fixedOptions = {
  run: true, watch: false, update: false, passWithNoTests: false, bail: 0, pool: 'forks', fileParallelism: false, ui: false, open: false, api: false,
  coverage: { enabled: false }, sequence: { shuffle: false },
};

const configFile = /^(?:vitest|vite)\.config\.[cm]?[jt]s$|^vitest\.workspace\.(?:[cm]?[jt]s|json)$/;

/**
 * Where Vitest is started, as its user would: in the project when that has a configuration or names one in its script, and otherwise at the
 * root, whose `projects` then find the file.
 */
function configurationOf({ request, testScript }: RunnerContext): { readonly cwd: string; readonly options: Readonly<Record<string, string>> } {
  const project = join(request.tree.path, request.projectRoot);
  const named = Object.fromEntries([...testScript.matchAll(/\s(?:--(config|root|dir)|-([cr]))[= ]["']?([^\s"']+)/g)].map(([, long, short, value = '']) => [long ?? (short === 'c' ? 'config' : 'root'), value]));
  const own = Object.keys(named).length > 0 || isConfigured(project);
  return { cwd: own || !isConfigured(request.tree.path) ? project : request.tree.path, options: own ? named : {} };
}

function isConfigured(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => configFile.test(name));
}

function resolveVitest(folder: string): string {
  try {
    return pathToFileURL(createRequire(join(folder, 'package.json')).resolve('vitest/node')).href;
  } catch (cause) {
    throw new OrchestraError('world', 'The project has a Vitest configuration, but vitest is not installed.', { cause });
  }
}

async function readReport(path: string): Promise<VitestReport | undefined> {
  return existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as VitestReport) : undefined;
}

type Results = Pick<TestRun, 'cases' | 'suiteErrors'>;

function readResults(context: RunnerContext, report: VitestReport, files: readonly string[]): Results {
  const normalise = (text: string): string => normaliseMessage(text, context.names);
  const pathOf = (path: string): string => relative(context.request.tree.path, path).split(sep).join('/');
  const results = files.map((file): Results => {
    const runs = report.files.filter(({ path }) => pathOf(path) === file);
    if (runs.length === 0) return { cases: [], suiteErrors: [{ file, message: "Vitest did not run it: the project's configuration leaves it out.", leftOut: true }] };
    return joined(runs.map((run) => readFileResults(file, run, runs.length > 1, normalise)));
  });
  // An error that nobody caught ends the run badly, whichever file it came from; without a name it is every file's.
  const unhandled = report.unhandled.flatMap((error) => {
    const own = files.filter((file) => error.file === undefined || !files.includes(pathOf(error.file)) || pathOf(error.file) === file);
    return own.map((file): SuiteError => ({ file, message: normalise(`Unhandled error: ${error.message ?? ''}`) }));
  });
  const all = joined([...results, { cases: [], suiteErrors: unhandled }]);
  return { cases: [...all.cases].sort((a, b) => (a.id < b.id ? -1 : 1)), suiteErrors: [...all.suiteErrors].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)) };
}

function joined(results: readonly Results[]): Results {
  return { cases: results.flatMap(({ cases }) => cases), suiteErrors: results.flatMap(({ suiteErrors }) => suiteErrors) };
}

/** Under several of the workspace's projects a file's tests are told apart by the project's name. */
function readFileResults(file: string, run: VitestFile, several: boolean, normalise: (text: string) => string): Results {
  const titles = several ? [`|${run.project}|`] : [];
  const cases = run.tasks.flatMap((task) => readTask(file, titles, task, normalise));
  const errors = run.errors.map((error): SuiteError => ({ file, message: normalise(error.message ?? 'The file could not be run.') }));
  const empty = cases.length === 0 && errors.length === 0 ? [{ file, message: 'The file holds no test.', leftOut: true }] : [];
  const unended = cases.length > 0 && run.state === undefined ? [{ file, message: brokenOff }] : [];
  return { cases, suiteErrors: [...errors, ...empty, ...unended] };
}

function readTask(file: string, before: readonly string[], task: VitestTask, normalise: (text: string) => string): readonly TestCaseRun[] {
  const titles = [...before, task.name];
  const title = titles.join(' › ');
  const known = { id: `${file} › ${title}`, file, title };
  if (task.type !== 'suite') return [toCase(known, task, normalise)];
  // A suite fails by itself when a hook of it does; its tests are then told as skipped.
  const hook = task.errors.length === 0 ? [] : [{ ...known, status: 'failed' as const, failure: failureOf(task.errors[0], normalise), hook: true }];
  return [...hook, ...task.tasks.flatMap((each) => readTask(file, titles, each, normalise))];
}

/** A test that was to run and says neither way has not passed: its process was ended before. */
function toCase(known: Pick<TestCaseRun, 'id' | 'file' | 'title'>, task: VitestTask, normalise: (text: string) => string): TestCaseRun {
  if (task.state === 'pass') return { ...known, status: 'passed' };
  if (task.state === 'skip' || task.state === 'todo' || task.mode === 'skip' || task.mode === 'todo') return { ...known, status: 'skipped' };
  const error = task.errors[0];
  return {
    ...known,
    status: 'failed',
    failure: failureOf(error, normalise),
    // A hook that threw stays at "run".
    ...(task.hooks.some((state) => state !== 'pass') ? { hook: true } : {}),
    ...(/^Test timed out in \d+ ?ms/.test(error?.message ?? '') ? { timedOut: true } : {}),
  };
}

function failureOf(error: VitestError | undefined, normalise: (text: string) => string): NonNullable<TestCaseRun['failure']> {
  if (error === undefined) return { message: 'The test did not end.', stack: '', assertion: false };
  const { stack } = splitStack(error.stack ?? '', error.message);
  return { message: normalise(`${error.name ?? 'Error'}: ${error.message ?? ''}`), stack: keepIndent(stack, normalise), assertion: isAssertion(error) };
}

/** Vitest's and chai's matchers and `node:assert`; a snapshot compares only where one was recorded. */
function isAssertion({ name, message = '', expected }: VitestError): boolean {
  if (/^Snapshot `.*` mismatched/.test(message)) return expected !== undefined && expected !== '';
  return name === 'AssertionError';
}
