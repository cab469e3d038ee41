import type { Progress } from './ports';

export interface ProgressOptions {
  readonly quiet?: boolean;
  readonly stream?: NodeJS.WriteStream;
  readonly isTTY?: boolean;
  readonly ci?: boolean;
}

export function createProgress(_options: ProgressOptions): Progress {
  throw new Error('io/progress.ts is not written yet');
}
