const { mkdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const workspaceRoot = join(__dirname, '..');

/**
 * Leaves the counts of a project's `test` target in `.test-results/<project>.json`: a declared output, so that Nx brings
 * them back with a cached run and `npm test` can add them up. Runs by hand leave nothing: they are often of one file.
 */
module.exports = class JestCountReporter {
  onRunComplete(_contexts, results) {
    const { NX_TASK_TARGET_PROJECT: project, NX_TASK_TARGET_TARGET: target } = process.env;
    if (!project || target !== 'test') return;
    const counts = {
      passed: results.numPassedTests,
      // A file that does not load has no failed test of its own, and must not look like none.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
    };
    const folder = join(workspaceRoot, '.test-results');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${project.replaceAll('/', '_')}.json`), `${JSON.stringify(counts)}\n`);
  }
};
