import type { TestRun } from '../model';
import { type Containment, detectContainment } from './containment';
import { detectRunner } from './detect-runner';
import { runJest } from './jest-runner';
import { runNodeTest } from './node-test-runner';
import type { Repository, TestRequest, TestRunner } from './ports';
import type { RunnerContext } from './runner-context';
import { scratchProcesses } from './scratch-process';

const runners: Partial<Record<TestRun['runner'], (context: RunnerContext) => Promise<TestRun>>> = { jest: runJest, 'node:test': runNodeTest };

/** Runs test files in scratch trees, as far apart from keys, network and main tree as this machine allows. */
export function createTestRunner(repository: Repository): TestRunner {
  return {
    run: async (request) => {
      const { runner, nodeFlags } = await detectRunner(request.tree.path, request.projectRoot);
      const start = runners[runner];
      return start ? start(await contextFor(repository, request, nodeFlags)) : unsupported(request, runner);
    },
    containment: async () => containmentWords(await detectContainment()),
  };
}

async function contextFor(repository: Repository, request: TestRequest, nodeFlags: readonly string[]): Promise<RunnerContext> {
  const { run, names } = await scratchProcesses(repository, request.tree, request.timeoutMs);
  return { request, nodeFlags, names, run: (program) => run({ ...program, env: { NODE_ENV: 'test', ...program.env } }) };
}

function containmentWords({ seal, closeNetwork }: Containment): readonly string[] {
  const environment = 'environment: allow-list without keys and tokens, a home of its own';
  if (seal) {
    return [
      environment, 'files: the scratch tree alone is writable; home, main tree (installed packages aside) and /run are not there (mount namespace)',
      'network: none but loopback (namespace)', 'processes: its own only (namespace)',
    ];
  }
  return [
    environment, 'files: not contained here, changes of the main tree are detected afterwards',
    closeNetwork ? 'network: none but loopback (namespace)' : 'network: not contained here', 'processes: not contained here',
  ];
}

function unsupported(request: TestRequest, runner: TestRun['runner']): TestRun {
  const files = [...request.files].sort();
  const message = runner === 'unsupported' ? `No supported test runner found in ${request.projectRoot}.` : `Runs of ${runner} are not supported yet.`;
  return { runner: 'unsupported', files, cases: [], suiteErrors: files.map((file) => ({ file, message })), timedOut: false, tail: '' };
}
