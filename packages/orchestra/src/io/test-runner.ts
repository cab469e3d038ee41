import type { TestRun } from '../model';
import { type Containment, detectContainment } from './containment';
import { type DetectedRunner, detectRunner } from './detect-runner';
import { runJest } from './jest-runner';
import { runNodeTest } from './node-test-runner';
import type { Repository, TestRequest, TestRunner } from './ports';
import type { RunnerContext } from './runner-context';
import { scratchProcesses } from './scratch-process';
import { runVitest } from './vitest-runner';

const runners: Partial<Record<TestRun['runner'], (context: RunnerContext) => Promise<TestRun>>> = { jest: runJest, vitest: runVitest, 'node:test': runNodeTest };

/** Runs test files in scratch trees, as far apart from keys, network and main tree as this machine allows. */
export function createTestRunner(repository: Repository): TestRunner {
  return {
    run: async (request) => {
      const detected = await detectRunner(request.tree.path, request.projectRoot);
      const start = runners[detected.runner];
      return start ? start(await contextFor(repository, request, detected)) : unsupported(request);
    },
    containment: async () => containmentWords(await detectContainment()),
  };
}

async function contextFor(repository: Repository, request: TestRequest, { nodeFlags, testScript }: DetectedRunner): Promise<RunnerContext> {
  const { run, names } = await scratchProcesses(repository, request.tree, request.timeoutMs);
  return { request, nodeFlags, testScript, names, run: (program) => run({ ...program, env: { NODE_ENV: 'test', ...program.env } }) };
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

function unsupported(request: TestRequest): TestRun {
  const files = [...request.files].sort();
  const message = `No jest, vitest or node:test found in ${request.projectRoot}: neither its script "test", nor its target, nor a configuration file names one.`;
  return { runner: 'unsupported', files, cases: [], suiteErrors: files.map((file) => ({ file, message })), timedOut: false, tail: '' };
}
