import type { FileIndex } from '../context-hub/file-index';
import { importersOf, importGraph } from '../context-hub/import-graph';
import { outlineFile } from '../context-hub/outline-file';
import type { ChangedFile, ExportChange, Policy } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

/**
 * Exports that the change adds, removes or gives another signature, with the files at base that import them by name. A
 * renamed file's exports are compared with those of its old path: a move is not a loss.
 */
export function collectExports(changes: readonly ChangedFile[], indexes: ReadonlyMap<string, FileIndex>, policy: Policy): readonly ExportChange[] {
  const importers = importersOf(importGraph(indexes));
  return changes
    .filter((change) => !matchesGlobs(change.path, [...policy.tests, ...policy.testSupport]))
    .flatMap((change) => {
      const before = exportsOf(change.previousPath ?? change.path, change.base);
      const after = exportsOf(change.path, change.head);
      const edges = importers.get(change.previousPath ?? change.path) ?? [];
      const usersOf = (name: string): readonly string[] => [...new Set(edges.filter((edge) => edge.names.includes(name) || edge.names.includes('*')).map((edge) => edge.to))].sort();
      return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => compare(change.path, name, before.get(name), after.get(name), usersOf));
    });
}

function exportsOf(path: string, text: string | null | undefined): ReadonlyMap<string, string> {
  return typeof text === 'string' ? new Map(outlineFile(path, text).exports.map((each) => [each.name, each.signature])) : new Map();
}

function compare(path: string, name: string, before: string | undefined, after: string | undefined, usersOf: (name: string) => readonly string[]): readonly ExportChange[] {
  if (before === after) {
    return [];
  }
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [{ path, name, change, usedBy: usersOf(name), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}
