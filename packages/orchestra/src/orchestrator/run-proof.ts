import type { Io } from '../io/ports';
import type { ChangedFile, Policy, ProofEvidence, TestRun, WorkspaceGraph } from '../model';
import { matchesGlobs } from '../patch/matches-globs';
import { runTests, testFilesOf } from './rehearse';

export interface ProofRequest {
  readonly io: Io;
  readonly graph: WorkspaceGraph;
  readonly policy: Policy;
  readonly base: string;
  readonly changes: readonly ChangedFile[];
  readonly productionFiles: readonly string[];
}

/** One green run may be luck; the same tree run again costs only the tests. */
const headRuns = 2;

/** A judge whose runner is configured by the diff judges nothing, so these stay as base has them, on both sides. */
const runnerConfig = ['**/jest.*.{js,ts,cjs,mjs}', '**/jest.config.*', '**/jest.preset.*', '**/vitest.*.{js,ts,mjs,mts}', '**/.swcrc', '**/babel.config.*'];

/**
 * Runs the changed tests twice: on base with only the tests, their fixtures and helpers laid over it, and on base with
 * the whole change. One scratch tree serves both, since the second is the first plus the rest. Undefined when the change
 * holds no test to run.
 */
export async function runProof(request: ProofRequest): Promise<ProofEvidence | undefined> {
  const { io, policy, changes } = request;
  const present = changes.filter((change) => typeof change.head === 'string').map((change) => change.path);
  const testFiles = testFilesOf(present, policy);
  if (testFiles.length === 0) {
    return undefined;
  }
  const usable = changes.filter((change) => !matchesGlobs(change.path, runnerConfig));
  const isTestSide = (change: ChangedFile): boolean => matchesGlobs(change.path, [...policy.tests, ...policy.testSupport]) || bothSides(change.path);
  const tree = await io.scratch.create(request.base);
  try {
    io.progress.step(`proof: ${testFiles.join(', ')} on base, expecting red`);
    await overlay(tree, usable.filter(isTestSide));
    const base = await runTests(io, request.graph, tree, testFiles);
    await overlay(tree, usable.filter((change) => !isTestSide(change)));
    const head: TestRun[] = [];
    for (let repeat = 1; repeat <= headRuns; repeat++) {
      io.progress.step(`proof: the same tests with the whole change, expecting green (${repeat} of ${headRuns})`);
      head.push(await runTests(io, request.graph, tree, testFiles));
    }
    return { testFiles, base, head, productionFiles: request.productionFiles };
  } finally {
    await tree.dispose();
  }
}

/** A new dependency must be installable on both sides, or its absence would pass for the bug. */
function bothSides(path: string): boolean {
  return matchesGlobs(path, ['**/package-lock.json', '**/pnpm-lock.yaml', '**/yarn.lock', '**/package.json']);
}

async function overlay(tree: Awaited<ReturnType<Io['scratch']['create']>>, changes: readonly ChangedFile[]): Promise<void> {
  const written = new Map(changes.flatMap((change) => (typeof change.head === 'string' ? [[change.path, change.head] as const] : [])));
  const removed = changes.flatMap((change) => [
    ...(change.status === 'deleted' ? [change.path] : []),
    ...(change.status === 'renamed' && change.previousPath !== undefined ? [change.previousPath] : []),
  ]);
  await tree.write(written, removed);
}
