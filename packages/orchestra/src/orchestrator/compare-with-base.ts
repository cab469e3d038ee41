import { ownerOfFile } from '../graph/owner-of-file';
import type { Io, ScratchTree, TargetOutcome, TargetPair } from '../io/ports';
import type { Baseline, ChangedFile, Policy, TestRun, WorkspaceGraph } from '../model';
import { newLines } from '../validator/new-lines';
import { onHead, overlay } from './overlay';
import { runTests, testFilesOf } from './rehearse';

export interface BaseComparison {
  readonly io: Io;
  readonly graph: WorkspaceGraph;
  readonly policy: Policy;
  readonly base: string;
  readonly changes: readonly ChangedFile[];
  readonly outcomes: readonly TargetOutcome[];
}

/** Whole projects are run here, not a few files. */
const testTimeoutMs = 600_000;
/** By name, since Nx does not say what a target does. Others are compared by their output alone. */
const testTarget = /test|spec|e2e/i;

/**
 * Runs what failed again on base. Costs nothing while all is well, and one scratch tree when base passes. Only where base
 * fails too are the project's tests run one by one: all of them on head, and on base the files that failed.
 */
export async function compareWithBase(comparison: BaseComparison): Promise<readonly Baseline[]> {
  const { io, graph, base, outcomes } = comparison;
  const paths = [...(await io.repository.listTree(base)).keys()];
  const existed = (pair: TargetPair): boolean => {
    const root = graph.projects.find(({ name }) => name === pair.project)?.root;
    return root !== undefined && (root === '.' || paths.some((path) => path.startsWith(`${root}/`)));
  };
  const failed = outcomes.filter((outcome) => outcome.status === 'failed' && existed(outcome));
  if (failed.length === 0) return [];
  io.progress.step(`gate: ${failed.map(nameOf).join(', ')} again on base, since it fails`);
  const tree = await io.scratch.create(base);
  try {
    const before = await io.targets.runIn(tree, failed.map(({ project, target }) => ({ project, target })));
    const baselines = failed.map((outcome) => baselineOf(outcome, before.find((each) => nameOf(each) === nameOf(outcome))));
    return await withTests(comparison, tree, baselines);
  } finally {
    await tree.dispose();
  }
}

function baselineOf(head: TargetOutcome, base: TargetOutcome | undefined): Baseline {
  const { project, target } = head;
  if (base === undefined || base.status !== 'failed') return { project, target, status: base?.status ?? 'not-run' };
  const compared = head.output === undefined || base.output === undefined ? {} : { newLines: newLines(head.output, base.output).slice(0, 20) };
  return { project, target, status: 'failed', ...compared };
}

async function withTests(comparison: BaseComparison, base: ScratchTree, baselines: readonly Baseline[]): Promise<readonly Baseline[]> {
  const wanted = baselines.filter(({ status, target }) => status === 'failed' && testTarget.test(target));
  if (wanted.length === 0) return baselines;
  const { io, changes, policy } = comparison;
  const head = await io.scratch.create(comparison.base);
  try {
    await overlay(head, onHead(changes, policy));
    // For what they depend on: a package that is built on one side alone would fail on the other for that.
    await io.targets.runIn(head, wanted.map(({ project, target }) => ({ project, target })));
    const tests = new Map<string, Baseline['tests']>();
    for (const project of [...new Set(wanted.map((each) => each.project))]) {
      tests.set(project, await testsOf(comparison, { head, base }, project));
    }
    return baselines.map((each) => {
      const found = wanted.includes(each) ? tests.get(each.project) : undefined;
      return found === undefined ? each : { ...each, tests: found };
    });
  } finally {
    await head.dispose();
  }
}

async function testsOf({ io, graph, policy, base, changes }: BaseComparison, trees: { readonly head: ScratchTree; readonly base: ScratchTree }, project: string): Promise<Baseline['tests']> {
  const gone = new Set(changes.flatMap(({ path, status, previousPath }) => (status === 'deleted' ? [path] : status === 'renamed' && previousPath !== undefined ? [previousPath] : [])));
  const present = [...(await io.repository.listTree(base)).keys(), ...changes.filter(({ head }) => typeof head === 'string').map(({ path }) => path)];
  const own = [...new Set(present)].filter((path) => !gone.has(path) && ownerOfFile(graph, path) === project);
  const files = testFilesOf(own, policy);
  if (files.length === 0) return undefined;
  io.progress.step(`gate: the tests of ${project}, to tell old failures from new ones`);
  const head = await runTests(io, graph, trees.head, files, testTimeoutMs);
  const failing = failingFiles(head);
  if (head.runner === 'unsupported') return undefined;
  return { head, base: failing.length === 0 ? { ...head, files: [], cases: [], suiteErrors: [], tail: '' } : await runTests(io, graph, trees.base, failing, testTimeoutMs) };
}

function failingFiles(run: TestRun): readonly string[] {
  const cases = run.cases.filter(({ status }) => status === 'failed').map(({ file }) => file);
  return [...new Set([...cases, ...run.suiteErrors.filter(({ leftOut }) => leftOut !== true).map(({ file }) => file)])].sort();
}

function nameOf({ project, target }: TargetPair): string {
  return `${project}:${target}`;
}
