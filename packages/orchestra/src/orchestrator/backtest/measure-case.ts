import type { AgentContextPacket, ChangedFile, GoldFile, RankedFile } from '../../model';
import { changedHunks, type ChangedHunk } from '../../patch/changed-hunks';

export interface CaseMeasurement {
  readonly gold: readonly string[];
  readonly changes: readonly ChangedFile[];
  readonly ranked: readonly RankedFile[];
  readonly files: AgentContextPacket['files'];
}

/** Where each file of the real fix stands in the ranking, and how much of what it changed the packet shows. */
export function measureCase({ gold, changes, ranked, files }: CaseMeasurement): readonly GoldFile[] {
  const shown = shownLines(files);
  return gold.map((path) => {
    const change = changes.find((each) => each.path === path || each.previousPath === path);
    const hunks = typeof change?.base === 'string' && typeof change.head === 'string' ? changedHunks(change.base, change.head) : [];
    const lines = shown.get(path);
    const position = ranked.findIndex((file) => file.path === path);
    return {
      path, rank: position === -1 ? null : position + 1, hunks: hunks.length, shown: lines !== undefined,
      shownHunks: lines === undefined ? 0 : hunks.filter((hunk) => holds(lines, hunk)).length,
    };
  });
}

/** Every changed line; for an insertion, a line beside it. */
function holds(lines: ReadonlySet<number>, { start, count }: ChangedHunk): boolean {
  if (count === 0) return lines.has(start) || lines.has(start + 1);
  for (let line = start; line < start + count; line += 1) if (!lines.has(line)) return false;
  return true;
}

/** An outline names lines without showing them. */
function shownLines(files: AgentContextPacket['files']): ReadonlyMap<string, ReadonlySet<number>> {
  const shown = new Map<string, Set<number>>();
  for (const { path, mode, range, text } of files) {
    if (mode === 'outline') continue;
    const lines = shown.get(path) ?? new Set<number>();
    const start = range?.[0] ?? 1;
    const end = range?.[1] ?? text.split('\n').length;
    for (let line = start; line <= end; line += 1) lines.add(line);
    shown.set(path, lines);
  }
  return shown;
}
