import { ownerOfFile } from '../graph/owner-of-file';
import type { ChangedFile, Evidence, FileSize, Forecast, Policy, WorkspaceGraph } from '../model';
import { classifyPath, touchedPaths, withoutRecords } from './classify-path';
import { measureReformatting } from './measure-reformatting';
import { measureLines } from './measure-lines';
import { productionFiles } from './production-files';

/**
 * Size of one changed file. Lines are compared with all whitespace taken out and blank lines left out; where most of a diff
 * is style, quotes and wrapping included, the two programs are compared instead. Reformatting is never mistaken for change:
 * `churn` is what a plain line diff shows on top.
 */
export function measureFile(change: ChangedFile, policy: Policy): FileSize {
  const { added, removed, churn } = withoutStyle(change, policy);
  const kind = classifyPath(change.path, policy);
  return { path: change.path, status: change.status, added, removed, churn, test: kind === 'test' || kind === 'support' };
}

function withoutStyle(change: ChangedFile, policy: Policy): Pick<FileSize, 'added' | 'removed' | 'churn'> {
  const lines = measureLines(change);
  const style = measureReformatting(change, policy);
  if (style === undefined) return lines;
  const { added, removed } = style;
  return { added, removed, churn: lines.churn + lines.added + lines.removed - added - removed };
}

export interface Measured {
  /** Everything the change touches, our own records aside, by path. */
  readonly files: readonly FileSize[];
  /** Source only: tests, fixtures, lock files and prose aside; a helper that changed source imports is source. */
  readonly source: { readonly files: number; readonly lines: number; readonly churn: number; readonly newFiles: readonly string[] };
  /** Projects that hold a touched path, sorted; empty without a project graph. */
  readonly projects: readonly string[];
  /** The same in the words of a forecast. */
  readonly actual: Forecast;
}

export function measureChange(evidence: Pick<Evidence, 'changes' | 'policy' | 'graph'>): Measured {
  const { policy } = evidence;
  const changes = withoutRecords(evidence.changes, policy);
  const production = productionFiles(changes, policy);
  const files = changes
    .map((change) => measureFile(change, policy))
    .map((file) => (production.has(file.path) ? { ...file, test: false } : file))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const source = files.filter((file) => production.has(file.path));
  const lines = sum(source.map((file) => file.added + file.removed));
  const projects = evidence.graph === undefined ? [] : projectsTouched(changes, evidence.graph);
  return {
    files,
    source: {
      files: source.length,
      lines,
      churn: sum(source.map((file) => file.churn)),
      newFiles: source.filter((file) => file.status === 'added').map((file) => file.path),
    },
    projects,
    actual: { projects: [...projects], files: source.length, lines },
  };
}

export function projectsTouched(changes: readonly ChangedFile[], graph: WorkspaceGraph): readonly string[] {
  const owners = changes.flatMap(touchedPaths).map((path) => ownerOfFile(graph, path));
  return [...new Set(owners.filter((owner) => owner !== undefined))].sort();
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
