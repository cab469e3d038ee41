/**
 * Adds up what the projects counted. Whatever went wrong without a failed test (a project that left no counts, a runner
 * that failed for another reason) counts as one failure, so that the line never says that all is well when it is not.
 *
 * @param {readonly string[]} projects every project with a `test` target
 * @param {ReadonlyMap<string, {passed: number, failed: number}>} counts by project
 * @param {boolean} runSucceeded
 */
export function tallyTests(projects, counts, runSucceeded) {
  const missing = projects.filter((project) => !counts.has(project));
  const sum = (key) => projects.reduce((total, project) => total + (counts.get(project)?.[key] ?? 0), 0);
  const passed = sum('passed');
  const failed = Math.max(sum('failed') + missing.length, runSucceeded ? 0 : 1);
  return { ok: failed === 0 && passed > 0, missing, line: `${passed} passed, ${failed} failed` };
}
