import { companionCandidates, findCompanions } from '../../context-hub/companions/find-companions';
import type { FileIndex } from '../../context-hub/file-index';
import type { CommitRecord, Repository, TreeEntry } from '../../io/ports';
import type { CaseResult, ChangedFile, GoldFile, RankedFile } from '../../model';

export interface CompanionMeasurement {
  readonly tree: ReadonlyMap<string, TreeEntry>;
  readonly gold: readonly GoldFile[];
  readonly changes: readonly ChangedFile[];
  readonly indexes: ReadonlyMap<string, FileIndex>;
  readonly history: readonly CommitRecord[];
  readonly ranked: readonly RankedFile[];
}

const shown = 10;

/** Gives away the true edit of the file that stands highest, and looks for the others. `undefined` for a fix of one file. */
export async function measureCompanions(repository: Repository, { tree, gold, changes, indexes, history, ranked }: CompanionMeasurement): Promise<CaseResult['companions']> {
  const [given, ...others] = [...gold].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.path < b.path ? -1 : 1));
  const change = changes.find(({ path }) => path === given?.path);
  if (given === undefined || others.length === 0 || change === undefined) return undefined;
  const input = { edits: [{ path: given.path, base: change.base ?? null, head: change.head ?? null }], indexes, history, ranked };
  const candidates = new Map(companionCandidates(input).flatMap((path) => {
    const blob = tree.get(path)?.blob;
    return blob === undefined ? [] : [[path, blob] as const];
  }));
  const found = findCompanions({ ...input, texts: await repository.readBlobTexts(candidates) });
  return {
    given: given.path,
    found: found.slice(0, shown).map(({ path, kinds, because }) => ({ path, kinds, because })),
    others: others.map(({ path }) => {
      const position = found.findIndex((each) => each.path === path);
      return { path, rank: position === -1 ? null : position + 1, kinds: found[position]?.kinds ?? [] };
    }),
  };
}
