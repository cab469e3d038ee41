import { dependentsOf } from '../graph/dependents-of';
import { ownerOfFile } from '../graph/owner-of-file';
import type { Io, ScratchTree } from '../io/ports';
import type { FileTexts, Policy, TestRun, WorkspaceGraph } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

/** Long enough for a cold start of a database in a test, short enough that a hung test does not hold a wave for an hour. */
const testTimeoutMs = 180_000;

export interface RehearsalRequest {
  readonly io: Io;
  readonly graph: WorkspaceGraph;
  readonly base: string;
  readonly changed: FileTexts;
  readonly deleted: readonly string[];
  readonly testFiles: readonly string[];
}

/** Runs the named test files on base plus the given changes, in a scratch tree outside the repository, and cleans up. */
export async function rehearse(request: RehearsalRequest): Promise<TestRun> {
  const tree = await request.io.scratch.create(request.base);
  try {
    await tree.write(request.changed, request.deleted);
    return await runTests(request.io, request.graph, tree, request.testFiles);
  } finally {
    await tree.dispose();
  }
}

/** One run over all owning projects, as if it had been a single runner. */
export async function runTests(io: Io, graph: WorkspaceGraph, tree: ScratchTree, testFiles: readonly string[], timeoutMs = testTimeoutMs): Promise<TestRun> {
  const byOwner = new Map<string, string[]>();
  for (const file of [...testFiles].sort()) {
    const owner = ownerOfFile(graph, file) ?? '';
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), file]);
  }
  const runs: TestRun[] = [];
  for (const [owner, files] of byOwner) {
    const projectRoot = graph.projects.find((project) => project.name === owner)?.root ?? '.';
    const run = () => io.tests.run({ tree, projectRoot, files, timeoutMs });
    const first = await run();
    runs.push((await buildWhatIsMissing(io, graph, tree, owner, first)) ? await run() : first);
  }
  return mergeRuns(runs, testFiles);
}

/** Words of Node, jest and vitest for a package whose entry is not there. */
const notThere = /Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|Failed to (?:load|resolve) (?:url|import|module|entry)/i;

/**
 * A commit holds no build output, and many workspaces resolve a package of their own to it: what the tests could not load is then
 * built in the same tree. Only when they say so, because most workspaces need none of it.
 */
async function buildWhatIsMissing(io: Io, graph: WorkspaceGraph, tree: ScratchTree, owner: string, { suiteErrors }: TestRun): Promise<boolean> {
  if (!suiteErrors.some(({ message }) => notThere.test(message))) {
    return false;
  }
  const upsideDown = { ...graph, edges: graph.edges.map(({ from, to }) => ({ from: to, to: from })) };
  const below = new Set(dependentsOf(upsideDown, [owner]).map(({ name }) => name).filter((name) => name !== owner));
  const pairs = graph.projects.filter(({ name, targets }) => below.has(name) && targets.includes('build')).map(({ name }) => ({ project: name, target: 'build' }));
  if (pairs.length === 0) {
    return false;
  }
  io.progress.step(`building ${pairs.map(({ project }) => project).join(', ')}, which the tests of ${owner} load`);
  await io.targets.runIn(tree, pairs);
  return true;
}

function mergeRuns(runs: readonly TestRun[], files: readonly string[]): TestRun {
  const runners = new Set(runs.map((run) => run.runner));
  return {
    runner: runners.size === 1 ? ([...runners][0] ?? 'unsupported') : runners.has('unsupported') || runners.size === 0 ? 'unsupported' : ([...runners].sort()[0] ?? 'unsupported'),
    files: [...files].sort(),
    cases: runs.flatMap((run) => run.cases),
    suiteErrors: runs.flatMap((run) => run.suiteErrors),
    timedOut: runs.some((run) => run.timedOut),
    tail: runs.map((run) => run.tail).join('\n'),
  };
}

/** Test files proper: what a runner is given. Fixtures and helpers travel with them but are not run. */
export function testFilesOf(paths: readonly string[], policy: Policy): readonly string[] {
  const support = ['**/__fixtures__/**', '**/__mocks__/**', '**/__snapshots__/**'];
  return paths.filter((path) => matchesGlobs(path, policy.tests) && !matchesGlobs(path, support) && /\.[cm]?[jt]sx?$/.test(path)).sort();
}

/** Whose frame on top makes an error thrown inside a test body count as red: everything that is not a test. */
export function productionFilesOf(paths: readonly string[], policy: Policy): readonly string[] {
  return paths.filter((path) => !matchesGlobs(path, [...policy.tests, ...policy.testSupport])).sort();
}
