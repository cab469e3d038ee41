import type { ChangedFile, Policy } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

/** What a path is to the judge. `support` are fixtures and helpers of tests; `record` are our own files. */
export type PathClass = 'record' | 'test' | 'support' | 'lock' | 'prose' | 'production';

const locks = ['**/package-lock.json', '**/npm-shrinkwrap.json', '**/pnpm-lock.yaml', '**/yarn.lock', '**/bun.lock*'];
const prose = ['**/*.{md,mdx,txt}', '**/{LICENSE,NOTICE,AUTHORS}', '**/docs/**/*.{png,svg,jpg,gif,webp}'];

/** All that this tool writes below `orchestra/`, by exact shape. */
const ownRecords = [
  /^orchestra\/waves\/[^/]+\/(goal|plan)\.json$/,
  /^orchestra\/waves\/[^/]+\/wave-\d+\/(packet\.lock\.json|report\.json|report\.md)$/,
  /^orchestra\/context\/(.+\/)?[^/]+\.md$/,
  /^orchestra\/recordings\/[^/]+\/[^/]+\.\d+\.(md|json)$/,
];
/** Absent where nobody asked git; any other mode (a link, a program, a submodule) is nothing this tool writes. */
const recordModes: ReadonlySet<string | undefined> = new Set(['100644', '100664', undefined]);

/**
 * By the globs of the policy at base. Tests win over support, so that a fixture folder cannot hide a test file. Below
 * `orchestra/` only the files this tool writes are records, whatever a glob says: records are looked at by no check, so
 * anything else there is somebody hiding it. An allow-list, because Node loads a file of any ending as code.
 */
export function classifyPath(path: string, policy: Policy): PathClass {
  if (isRecord(path, policy)) return 'record';
  if (matchesGlobs(path, policy.tests)) return 'test';
  if (matchesGlobs(path, policy.testSupport)) return 'support';
  if (matchesGlobs(path, locks)) return 'lock';
  if (matchesGlobs(path, prose)) return 'prose';
  return 'production';
}

function isRecord(path: string, policy: Policy): boolean {
  if (!matchesGlobs(path, policy.generated)) return false;
  return !/^orchestra\//i.test(path) || ownRecords.some((shape) => shape.test(path));
}

/** Every path a change touches: a rename touches two. */
export function touchedPaths(change: ChangedFile): readonly string[] {
  return change.previousPath === undefined || change.previousPath === change.path ? [change.path] : [change.previousPath, change.path];
}

/**
 * A diff without our own records. A rename from source into a record folder stays: it takes the source away. So does a
 * link or a program in the place of a record.
 */
export function withoutRecords(changes: readonly ChangedFile[], policy: Policy): readonly ChangedFile[] {
  return changes.filter((change) => !recordModes.has(change.headMode) || touchedPaths(change).some((path) => classifyPath(path, policy) !== 'record'));
}
