import type { ChangedFile, Evidence, Finding } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { protectedGlobs } from '../../patch/protected-globs';
import { touchedPaths, withoutRecords } from '../classify-path';
import { defineCheck, type FindingMaker } from '../define-check';

const regularModes = new Set(['100644', '100664', undefined]);
const modeNames: Readonly<Record<string, string>> = { '100755': 'executable', '120000': 'a symbolic link', '160000': 'a submodule' };
const unreadOnPurpose = /\.(png|jpe?g|gif|webp|ico|woff2?|ttf|pdf|mp[34])$/i;

/** What no wave may decide on its own: the rules of the house, and what the judge could not look into. */
export const protectedPath = defineCheck({
  name: 'protected-path',
  rules: ['protected-path', 'mode-changed', 'unread-change'],
  needs: [],
  judge: (evidence, find) => [
    ...evidence.changes.flatMap((change) => protectedPaths(change, evidence, find)),
    ...evidence.changes.flatMap((change) => modeChange(change, find)),
    ...withoutRecords(evidence.changes, evidence.policy).flatMap((change) => unread(change, find)),
  ],
});

function protectedPaths(change: ChangedFile, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const globs = protectedGlobs(evidence.policy);
  return touchedPaths(change)
    .filter((path) => isProtected(path, globs))
    .map((path) => find('protected-path', { subject: { path }, because: `${path} is protected by the policy and was ${change.status}.` }));
}

/** Lower case as well: on a disk that ignores case `NX.json` is nx.json. */
function isProtected(path: string, globs: readonly string[]): boolean {
  return matchesGlobs(path, globs) || matchesGlobs(path.toLowerCase(), globs.map((glob) => glob.toLowerCase()));
}

function modeChange(change: ChangedFile, find: FindingMaker): readonly Finding[] {
  const { path, baseMode, headMode } = change;
  if (headMode === undefined || headMode === baseMode || regularModes.has(headMode)) return [];
  return [
    find('mode-changed', {
      subject: { path },
      because: `${path} is now ${modeNames[headMode] ?? `of mode ${headMode}`}.`,
      data: { baseMode: baseMode ?? null, headMode },
    }),
  ];
}

function unread(change: ChangedFile, find: FindingMaker): readonly Finding[] {
  if (change.head !== null) return [];
  const { path } = change;
  const harmless = unreadOnPurpose.test(path);
  const because = `${path} is binary or too large, so no check has read it.`;
  return [find('unread-change', { subject: { path }, because, ...(harmless ? { severity: 'warn' as const } : {}) })];
}
