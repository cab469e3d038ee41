/** Milliseconds of processor that this process spends on `work`: what else the machine does, a bound must not depend on. */
export function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
