import type { FileIndex } from '../context-hub/file-index';
import { importersOf, importGraph, type ImportEdge } from '../context-hub/import-graph';
import type { ChangedFile, ExportChange, FileTexts, Policy } from '../model';
import { compareExports } from '../validator/compare-exports';
import { barrelsFollowed, withUsers } from '../validator/export-users';

export interface WorkspaceAtBase {
  readonly indexes: ReadonlyMap<string, FileIndex>;
  /** Reads texts of the base commit. */
  readonly read: (paths: readonly string[]) => Promise<FileTexts>;
}

/**
 * Exports that the change adds, removes or gives another contract, with the files at base that import them: under an
 * alias, as a member of a namespace, or through files that hand them on.
 */
export async function collectExports(changes: readonly ChangedFile[], { indexes, read }: WorkspaceAtBase, policy: Policy): Promise<readonly ExportChange[]> {
  const deltas = compareExports(changes, policy);
  const oldPaths = new Map(changes.map((change) => [change.path, change.previousPath ?? change.path]));
  const importers = importersOf(importGraph(indexes));
  const asked = deltas.filter((delta) => delta.change !== 'added').map((delta) => oldPaths.get(delta.path) ?? delta.path);
  const candidates = candidatesOf(asked, importers);
  const texts = candidates.length === 0 ? new Map<string, string>() : await read(candidates);
  return withUsers(deltas, { changes, importers, texts });
}

/** Everyone who imports one of these files, and everyone behind whoever may hand a name on. */
function candidatesOf(paths: readonly string[], importers: ReadonlyMap<string, readonly ImportEdge[]>): readonly string[] {
  const found = new Set<string>();
  let frontier = [...new Set(paths)];
  for (let depth = 0; depth <= barrelsFollowed && frontier.length > 0; depth += 1) {
    const edges = frontier.flatMap((path) => importers.get(path) ?? []);
    frontier = [...new Set(edges.filter(({ to, names }) => names.length === 0 && !found.has(to)).map(({ to }) => to))];
    edges.forEach(({ to }) => found.add(to));
  }
  return [...found].sort();
}
