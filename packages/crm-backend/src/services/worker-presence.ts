import type { MemoryClient } from '../redis/memory-client';

export interface WorkerPresence {
  beat(worker: string): Promise<void>;
  /** Whether any worker has been heard of lately. */
  isBeating(): Promise<boolean>;
}

const key = 'worker:campaigns';

/** Longer than a round over a few batches takes. */
const silenceSeconds = 120;

export function createWorkerPresence(memory: MemoryClient): WorkerPresence {
  return {
    beat: (worker) => memory.remember(key, worker, silenceSeconds),
    isBeating: async () => (await memory.recall(key)) !== undefined,
  };
}
