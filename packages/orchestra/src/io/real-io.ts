import type { Io } from './ports';

export interface IoOptions {
  readonly provider: 'replay' | 'handoff';
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

export async function createIo(_root: string, _options: IoOptions): Promise<Io> {
  throw new Error('io/real-io.ts is not written yet');
}
