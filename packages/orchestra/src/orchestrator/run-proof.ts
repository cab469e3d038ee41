import type { Io } from '../io/ports';
import type { ChangedFile, Policy, ProofEvidence, TestRun, WorkspaceGraph } from '../model';
import { classifyPath } from '../validator/classify-path';
import { headRunsNeeded } from '../validator/judge-proof';
import { bothSides, onHead, overlay } from './overlay';
import { runTests, testFilesOf } from './rehearse';

export interface ProofRequest {
  readonly io: Io;
  readonly graph: WorkspaceGraph;
  readonly policy: Policy;
  readonly base: string;
  readonly changes: readonly ChangedFile[];
  readonly productionFiles: readonly string[];
}

/**
 * Runs the changed tests on base with only what is not production laid over it, and on base with the whole change. Every run
 * has a tree of its own: a test that leaves a mark for the next run would otherwise be red once and green ever after.
 * Undefined when the change holds no test to run.
 */
export async function runProof(request: ProofRequest): Promise<ProofEvidence | undefined> {
  const { io, policy, changes } = request;
  const present = changes.filter((change) => typeof change.head === 'string').map((change) => change.path);
  const testFiles = testFilesOf(present, policy);
  if (testFiles.length === 0) {
    return undefined;
  }
  const usable = onHead(changes, policy);
  // A fix is production code: whatever else the change brings stands on both sides, so that no test can be red for the lack of it.
  const onBase = usable.filter((change) => classifyPath(change.path, policy) !== 'production' || bothSides(change.path));
  const runWith = async (laid: readonly ChangedFile[]): Promise<TestRun> => {
    const tree = await io.scratch.create(request.base);
    try {
      await overlay(tree, laid);
      return await runTests(io, request.graph, tree, testFiles);
    } finally {
      await tree.dispose();
    }
  };
  io.progress.step(`proof: ${testFiles.join(', ')} on base, expecting red`);
  const base = await runWith(onBase);
  const head: TestRun[] = [];
  for (let repeat = 1; repeat <= headRunsNeeded; repeat++) {
    io.progress.step(`proof: the same tests with the whole change, expecting green (${repeat} of ${headRunsNeeded})`);
    head.push(await runWith(usable));
  }
  return { testFiles, base, head, productionFiles: request.productionFiles };
}
