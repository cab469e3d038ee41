import { randomBytes, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { OrchestraError, type WorkspaceGraph } from '../model';
import { detectContainment } from './containment';
import { type NormaliseOptions, normaliseTail } from './normalise-output';
import type { Repository, ScratchTree, TargetOutcome, TargetPair, TargetRunner } from './ports';
import { findNx } from './run-nx';
import { type ProcessRequest, type ProcessResult, runProcess } from './run-process';
import { safeEnvironment } from './safe-environment';
import { createOwnedFolder, scratchFoldersOf } from './scratch-folders';
import { scratchProcesses } from './scratch-process';
import { handoverVariable } from './task-handover';
import { type RecordedTask, readTaskResults } from './task-results';

export interface TargetRunnerOptions {
  readonly repository: Repository;
  graph(): Promise<WorkspaceGraph>;
  /** Told at once what a person should know, e.g. of a dead remote cache. */
  note(text: string): void;
}

/** Longer than any honest build: a hung task must not hold a CI job for a day. */
const timeLimitMs = 2 * 60 * 60 * 1000;
const longestCompared = 2 * 1024 * 1024;
/** Set for the child, so that a gate among its tasks is refused whatever options it was given. */
const insideGate = 'ORCHESTRA_GATE_ROOT';
const remoteCache = ['NX_SELF_HOSTED_REMOTE_CACHE_SERVER', 'NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN'];
/** Nx's own headlines; a test that prints "Unauthorized" is not one. */
const deadCache = /NX\s+((?:Failed to send request|Unauthorized|Misconfigured remote cache endpoint|Failed to read remote cache)\b[^\n]*)/;
const passed = new Set(['success', 'local-cache', 'local-cache-kept-existing', 'remote-cache']);

/** One child nx in the workspace, with its cache; results come from the plugin's hook, never from reading the screen. */
export function createTargetRunner(root: string, options: TargetRunnerOptions): TargetRunner {
  const cacheFailures: string[] = [];
  return {
    containment: async () => [...(await containmentWords()), ...cacheFailures],
    run: async ({ projects, targets }) => {
      refuseOwnTarget(root, targets);
      const pairs = existingPairs(await options.graph(), projects, targets);
      if (pairs.length === 0) return [];
      const run = await runChild(root, pairs, {});
      if (run.cacheFailure === undefined) return toOutcomes(pairs, run, namesIn(root));
      const words = `remote cache: failed (${run.cacheFailure}), the tasks were run again without it`;
      cacheFailures.push(words);
      options.note(words);
      return toOutcomes(pairs, await runChild(root, pairs, { NX_SKIP_REMOTE_CACHE: 'true' }), namesIn(root));
    },
    runIn: (tree, pairs) => runInScratch(options.repository, tree, [...pairs].sort(byPair)),
  };
}

interface ChildRun {
  /** `undefined` when the child ended before it could say, or otherwise than it said. */
  readonly tasks: readonly RecordedTask[] | undefined;
  readonly result: ProcessResult;
  /** Nx's words, when tasks were not run because of its remote cache. */
  readonly cacheFailure: string | undefined;
}

function refuseOwnTarget(root: string, targets: readonly string[]): void {
  if (targets.includes('validate-wave')) {
    throw new OrchestraError('input', 'The gate cannot run "validate-wave", which is itself: take it out of "targets" in orchestra/orchestra.json.');
  }
  if (process.env[insideGate] === root) {
    throw new OrchestraError('state', 'A gate is running in this workspace, and this one was started by one of its tasks: a target must not depend on "validate-wave".');
  }
}

/** A project without the target is not asked for it, and so is not missing it. */
function existingPairs(graph: WorkspaceGraph, projects: readonly string[], targets: readonly string[]): readonly TargetPair[] {
  const wanted = new Set(projects);
  return graph.projects
    .filter(({ name }) => wanted.has(name))
    .flatMap((project) => [...new Set(targets)].filter((target) => project.targets.includes(target)).map((target) => ({ project: project.name, target })))
    .sort(byPair);
}

async function runChild(root: string, pairs: readonly TargetPair[], extra: Readonly<Record<string, string>>): Promise<ChildRun> {
  const folder = await createOwnedFolder('results');
  try {
    const { tasks, result } = await recorded(folder, async (handoverFile) => runProcess(await contained(root, pairs, handoverFile, extra)));
    const incomplete = result.code !== 0 && pairs.some((pair) => !tasks?.some((task) => sameTask(task, pair) && task.status !== 'skipped'));
    const said = deadCache.exec(stripVTControlCharacters(`${result.stdout}\n${result.stderr}`))?.[1]?.trim();
    return { tasks, result, cacheFailure: incomplete && usesRemoteCache(extra) ? said : undefined };
  } finally {
    // What a task left running may still write there.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Starts an nx that is told where to record its results, and reads them. */
async function recorded(folder: string, start: (handoverFile: string) => Promise<ProcessResult>): Promise<Pick<ChildRun, 'tasks' | 'result'>> {
  const handover = { file: join(folder, `${randomUUID()}.json`), key: randomBytes(32).toString('hex') };
  const handoverFile = join(folder, `${randomUUID()}.handover`);
  await writeFile(handoverFile, JSON.stringify(handover), { mode: 0o600 });
  const result = await start(handoverFile);
  const told = await readTaskResults(handover);
  return { result, tasks: told && endedAsTold(result, told) ? told : undefined };
}

/**
 * The same in a copy of a commit, sealed off as its tests are, with caches of its own: no answer of the main tree's counts there.
 * A workspace whose commit does not load this plugin yet tells nothing, and every pair is `not-run`.
 */
async function runInScratch(repository: Repository, tree: ScratchTree, pairs: readonly TargetPair[]): Promise<readonly TargetOutcome[]> {
  if (pairs.length === 0) return [];
  const { base, cache } = scratchFoldersOf(tree);
  const { run, names } = await scratchProcesses(repository, tree, timeLimitMs);
  const env = { NX_CACHE_DIRECTORY: join(cache, 'nx'), NX_WORKSPACE_DATA_DIRECTORY: join(cache, 'nx-workspace'), NX_WORKSPACE_ROOT_PATH: tree.path, NX_INVOCATION_ANCESTOR_PIDS: '' };
  const child = await recorded(base, (handoverFile) =>
    run({ command: process.execPath, args: nxArguments(tree.path, pairs), cwd: tree.path, env: { ...env, [handoverVariable]: handoverFile, [insideGate]: tree.path } }));
  return toOutcomes(pairs, child, names);
}

/** Nx exits 0 exactly when no task failed. A task may kill its nx, or end it with another code: then nobody told anything. */
function endedAsTold(result: ProcessResult, tasks: readonly RecordedTask[]): boolean {
  const failed = tasks.some(({ status }) => status === 'failure');
  return !result.timedOut && result.signal === null && result.code !== null && (result.code !== 0) === failed;
}

async function contained(root: string, pairs: readonly TargetPair[], handoverFile: string, extra: Readonly<Record<string, string>>): Promise<ProcessRequest> {
  const cache = Object.fromEntries(remoteCache.flatMap((name) => (usesRemoteCache(extra) && process.env[name] ? [[name, process.env[name]]] : [])));
  const request = {
    command: process.execPath,
    args: nxArguments(root, pairs),
    cwd: root,
    env: safeEnvironment({ [handoverVariable]: handoverFile, [insideGate]: root, ...cache, ...extra }),
    timeoutMs: timeLimitMs,
  };
  const { closeNetwork } = await detectContainment();
  return closeNetwork && !usesRemoteCache(extra) ? closeNetwork(request) : request;
}

function nxArguments(root: string, pairs: readonly TargetPair[]): readonly string[] {
  const [targets, projects] = [unique(pairs.map(({ target }) => target)), unique(pairs.map(({ project }) => project))];
  return [findNx(root), 'run-many', `--targets=${targets}`, `--projects=${projects}`, '--outputStyle=static', '--nxBail=false'];
}

async function containmentWords(): Promise<readonly string[]> {
  const { closeNetwork } = await detectContainment();
  const open = usesRemoteCache({});
  return [
    'targets: environment is an allow-list without keys and tokens, files are not contained, changes of the main tree are detected afterwards',
    open ? "targets: network is open, because Nx asks the remote cache; the cache's token, which should be read-only, is passed to the tasks"
      : closeNetwork ? 'targets: network is none but loopback (namespace)' : 'targets: network is not contained here',
  ];
}

/** The one reason for the gate to keep the network: Nx itself asks the cache server. */
function usesRemoteCache(extra: Readonly<Record<string, string>>): boolean {
  return Boolean(process.env[remoteCache[0] ?? '']) && !process.env['NX_SKIP_REMOTE_CACHE'] && !extra['NX_SKIP_REMOTE_CACHE'];
}

function namesIn(root: string): NormaliseOptions {
  return { temp: tmpdir(), folders: new Map([[root, '']]), now: Date.now() };
}

function toOutcomes(pairs: readonly TargetPair[], { tasks, result }: Pick<ChildRun, 'tasks' | 'result'>, names: NormaliseOptions): readonly TargetOutcome[] {
  const failed = (pair: TargetPair, output: string): TargetOutcome => ({ ...pair, status: 'failed', tail: normaliseTail(output, names), ...wholeOutput(output, names) });
  const outcomes = pairs.map((pair): TargetOutcome => {
    const task = tasks?.find((each) => sameTask(each, pair));
    if (!task) return { ...pair, status: 'not-run', tail: result.timedOut ? 'The run was ended: it took too long.' : normaliseTail(result.stdout + result.stderr, names) };
    if (task.status === 'failure') return failed(pair, task.output);
    return { ...pair, status: passed.has(task.status) ? 'passed' : 'not-run', tail: normaliseTail(task.output, names) };
  });
  // A task that nobody asked for, but that one of the asked ones waits for: its failure is why that one was not run.
  const others = (tasks ?? []).filter((task) => task.status === 'failure' && !pairs.some((pair) => sameTask(task, pair)));
  return [...outcomes, ...others.map((task) => failed({ project: task.project, target: task.target }, task.output))].sort(byPair);
}

/** Left out beyond a size at which nobody compares outputs any more. */
function wholeOutput(output: string, names: NormaliseOptions): Pick<TargetOutcome, 'output'> {
  return output.length > longestCompared ? {} : { output: normaliseTail(output, names, Infinity) };
}

function sameTask(task: RecordedTask, pair: TargetPair): boolean {
  return task.project === pair.project && task.target === pair.target;
}

function byPair(a: TargetPair, b: TargetPair): number {
  const [first, second] = [`${a.project}\0${a.target}`, `${b.project}\0${b.target}`];
  return first < second ? -1 : first > second ? 1 : 0;
}

function unique(names: readonly string[]): string {
  return [...new Set(names)].join(',');
}
