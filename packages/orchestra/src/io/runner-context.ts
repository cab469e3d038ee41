import type { NormaliseOptions } from './normalise-output';
import type { TestRequest } from './ports';
import type { ProcessRequest, ProcessResult } from './run-process';

/** What every runner is given: how to start a program so that it is contained, and how to tidy what it says. */
export interface RunnerContext {
  readonly request: TestRequest;
  /** Environment, time limit and containment are added to it. */
  run(program: Pick<ProcessRequest, 'command' | 'args' | 'cwd' | 'input'> & { readonly env?: Readonly<Record<string, string>> }): Promise<ProcessResult>;
  readonly names: NormaliseOptions;
  /** Flags of node that the project's own test script passes, e.g. `--experimental-vm-modules`. */
  readonly nodeFlags: readonly string[];
}
