import type { TestRequest } from './ports';
import type { ScratchProcesses } from './scratch-process';

/** What every runner is given: how to start a program so that it is contained, and how to tidy what it says. */
export interface RunnerContext extends ScratchProcesses {
  readonly request: TestRequest;
  /** Flags of node that the project's own test script passes, e.g. `--experimental-vm-modules`. */
  readonly nodeFlags: readonly string[];
  /** What the project calls to run its tests. */
  readonly testScript: string;
}
