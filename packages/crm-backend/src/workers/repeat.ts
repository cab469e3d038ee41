import type { Logger } from '../logger';

/** Runs `work` again and again, `pauseMs` after it has ended, so that no two rounds overlap. What it throws is logged. */
export function repeat(pauseMs: number, work: () => Promise<unknown>, log: Logger): { stop(): Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const round = async (): Promise<void> => {
    await work().catch((error: unknown) => log.error('[Worker] round failed', error));
    if (!isStopped) timer = setTimeout(() => void (running = round()), pauseMs);
  };
  running = round();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
