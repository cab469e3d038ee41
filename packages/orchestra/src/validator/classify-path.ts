import type { ChangedFile, Policy } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

/** What a path is to the judge. `support` are fixtures and helpers of tests; `record` are our own files. */
export type PathClass = 'record' | 'test' | 'support' | 'lock' | 'prose' | 'production';

const locks = ['**/package-lock.json', '**/npm-shrinkwrap.json', '**/pnpm-lock.yaml', '**/yarn.lock', '**/bun.lock*'];
const prose = ['**/*.{md,mdx,txt}', '**/{LICENSE,NOTICE,AUTHORS}', '**/docs/**/*.{png,svg,jpg,gif,webp}'];
const code = /\.([cm]?[jt]sx?|sql|sh|py)$/;

/**
 * By the globs of the policy at base. Tests win over support, so that a fixture folder cannot hide a test file. Code
 * below `orchestra/` is never a record, whatever a glob says: nothing this tool writes there is code, so code is
 * somebody hiding it where no check looks.
 */
export function classifyPath(path: string, policy: Policy): PathClass {
  if (matchesGlobs(path, policy.generated) && !(path.startsWith('orchestra/') && code.test(path))) return 'record';
  if (matchesGlobs(path, policy.tests)) return 'test';
  if (matchesGlobs(path, policy.testSupport)) return 'support';
  if (matchesGlobs(path, locks)) return 'lock';
  if (matchesGlobs(path, prose)) return 'prose';
  return 'production';
}

/** Every path a change touches: a rename touches two. */
export function touchedPaths(change: ChangedFile): readonly string[] {
  return change.previousPath === undefined || change.previousPath === change.path ? [change.path] : [change.previousPath, change.path];
}

/** A diff without our own records. A rename from source into a record folder stays: it takes the source away. */
export function withoutRecords(changes: readonly ChangedFile[], policy: Policy): readonly ChangedFile[] {
  return changes.filter((change) => touchedPaths(change).some((path) => classifyPath(path, policy) !== 'record'));
}
