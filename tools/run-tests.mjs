import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { askNx, runNx, workspaceRoot } from './run-nx.mjs';
import { tallyTests } from './tally-tests.mjs';

const resultsFolder = join(workspaceRoot, '.test-results');

/** Jest arguments per kind of test; without one, all run. */
const kinds = {
  '--pure': ['--testPathIgnorePatterns=[.]io[.]spec[.]ts$', '--passWithNoTests'],
  '--io': ['--testPathPatterns=[.]io[.]spec[.]ts$', '--passWithNoTests'],
};

function readCounts(project) {
  try {
    return JSON.parse(readFileSync(join(resultsFolder, `${project.replaceAll('/', '_')}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Runs the `test` target of every project and says the total, alone, on the last line. True when all passed.
 *
 * @param {string} [kind] `--pure` or `--io`
 */
export function runTests(kind) {
  if (kind !== undefined && !(kind in kinds)) {
    console.error(`npm test takes ${Object.keys(kinds).join(' or ')}, not ${kind}`);
    return false;
  }
  // Counts of an earlier run must not be added up; Nx restores those of the projects it has in its cache.
  rmSync(resultsFolder, { recursive: true, force: true });
  // One project at a time: Jest has workers of its own, and twice as many databases starting at once only time out.
  const succeeded = runNx('run-many', '-t', 'test', '--parallel=1', '--outputStyle=static', ...(kinds[kind] ?? []));
  const projects = askNx('show', 'projects', '--with-target=test', '--json');
  const counts = new Map(projects.flatMap((project) => (readCounts(project) ? [[project, readCounts(project)]] : [])));
  const { ok, missing, line } = tallyTests(projects, counts, succeeded);
  if (missing.length > 0) console.log(`No test counts came from: ${missing.join(', ')}`);
  console.log(line);
  return ok;
}
