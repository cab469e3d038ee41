/** Time and chance, as arguments: a test of patience must not take patience. */
export interface Waiting {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
  /** 0 ≤ x < 1. */
  random(): number;
}

export const realWaiting: Waiting = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: () => Math.random(),
};

const firstMs = 500;
const longestMs = 30_000;

/**
 * How long to wait before try number `attempt` (1 is the first repetition): what the server asks for, or twice as long as
 * last time, less up to a quarter so that many clients do not come back at once.
 */
export function waitBefore(attempt: number, asked: number | undefined, random: number): number {
  return asked ?? Math.round(Math.min(longestMs, firstMs * 2 ** (attempt - 1)) * (1 - random / 4));
}
