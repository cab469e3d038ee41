import type { ChangedFile, Evidence, Finding } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { protectedGlobs } from '../../patch/protected-globs';
import { touchedPaths, withoutRecords } from '../classify-path';
import { defineCheck, type FindingMaker } from '../define-check';
import { importedPaths } from '../imported-paths';
import { loadedTexts, type LoadedText } from '../loaded-texts';
import { isPictureOrFont } from '../picture-or-font';

const regularModes = new Set(['100644', '100664', undefined]);
const modeNames: Readonly<Record<string, string>> = { '100755': 'executable', '120000': 'a symbolic link', '160000': 'a submodule' };
const pointers = new Set(['120000', '160000']);

/** What no wave may decide on its own: the rules of the house, and what the judge could not look into. */
export const protectedPath = defineCheck({
  name: 'protected-path',
  scope: 'texts',
  core: true,
  rules: ['protected-path', 'append-only-changed', 'mode-changed', 'unread-change', 'text-loaded-as-code'],
  needs: [],
  judge: (evidence, find) => {
    const imported = new Set(evidence.changes.flatMap((change) => importedPaths(change)));
    return [
      ...evidence.changes.flatMap((change) => protectedPaths(change, evidence, find)),
      ...evidence.changes.flatMap((change) => changedHistory(change, evidence, find)),
      ...evidence.changes.flatMap((change) => modeChange(change, find)),
      ...withoutRecords(evidence.changes, evidence.policy).flatMap((change) => unread(change, imported, find)),
      ...loadedTexts(evidence.changes, evidence.policy).map((loaded) => textLoaded(loaded, find)),
    ];
  },
});

function protectedPaths(change: ChangedFile, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const globs = protectedGlobs(evidence.policy);
  return touchedPaths(change)
    .filter((path) => isProtected(path, globs))
    .map((path) => find('protected-path', { subject: { path }, because: `${path} is protected by the policy and was ${change.status}.` }));
}

/** Databases that have run a migration never run it again: an edit reaches the fresh ones alone, and the schemas part. */
function changedHistory(change: ChangedFile, evidence: Evidence, find: FindingMaker): readonly Finding[] {
  const before = change.previousPath ?? change.path;
  if (change.status === 'added' || !isProtected(before, evidence.policy.appendOnly)) return [];
  return [find('append-only-changed', { subject: { path: before }, because: `${before} is only ever added to, and was ${change.status}.` })];
}

/** Lower case as well: on a disk that ignores case `NX.json` is nx.json. */
function isProtected(path: string, globs: readonly string[]): boolean {
  return matchesGlobs(path, globs) || matchesGlobs(path.toLowerCase(), globs.map((glob) => glob.toLowerCase()));
}

/** A link or a submodule is flagged whenever it is touched: the mode stays, and it points somewhere else. */
function modeChange(change: ChangedFile, find: FindingMaker): readonly Finding[] {
  const { path, baseMode, headMode } = change;
  if (headMode === undefined || regularModes.has(headMode)) return [];
  const same = headMode === baseMode;
  if (same && !pointers.has(headMode)) return [];
  return [
    find('mode-changed', {
      subject: { path },
      because: `${path} ${same ? 'stays' : 'is now'} ${modeNames[headMode] ?? `of mode ${headMode}`}${same ? ' and points elsewhere' : ''}.`,
      data: { baseMode: baseMode ?? null, headMode },
    }),
  ];
}

/** Records are read by no check, so code among them would be judged by nobody. */
function textLoaded({ path, line, target, record }: LoadedText, find: FindingMaker): Finding {
  const because = `${path} now loads ${target}, ${record ? 'a record of this tool, which no check reads' : 'a text that no rule reads as code'}.`;
  return find('text-loaded-as-code', { subject: { path, ...(line === undefined ? {} : { range: [line, line] }) }, because, data: { target }, ...(record ? {} : { severity: 'person' as const }) });
}

/** A picture that nobody imports cannot run. One that is imported can: some of them are programs as well (`GIF89a=1;`). */
function unread(change: ChangedFile, imported: ReadonlySet<string>, find: FindingMaker): readonly Finding[] {
  if (change.head !== null) return [];
  const { path } = change;
  const picture = isPictureOrFont(path, change.headStart);
  const because = `${path} is binary or too large, so no check has read it${picture && imported.has(path) ? '; another changed file imports it' : ''}.`;
  return [find('unread-change', { subject: { path }, because, ...(picture && !imported.has(path) ? { severity: 'warn' as const } : {}) })];
}
