import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit, FileTexts } from '../../../model';
import { editsBetween } from './edits-between';
import type { ClonedEntry } from './clone-snapshot';

export interface CollectedEdits {
  readonly edits: readonly Edit[];
  /** Changes that no edit can express, in words. With any of them the reply cannot be used. */
  readonly refused: readonly string[];
  readonly changedPaths: readonly string[];
}

type Snapshot = ReadonlyMap<string, ClonedEntry>;

/** More is not the work of one task, and would only be read to be refused. */
const mostChanges = 500;
const mostFileBytes = 1024 * 1024;

/**
 * What an agent did to its clone, as edits.
 *
 * @param texts the texts of the files before
 * @param ignored which of the new paths git ignores in the workspace: build output and caches are not part of a reply
 */
export async function collectEdits(
  tree: string, before: Snapshot, after: Snapshot, texts: (paths: readonly string[]) => Promise<FileTexts>, ignored: (paths: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<CollectedEdits> {
  const differing = [...new Set([...before.keys(), ...after.keys()])].filter((path) => !same(before.get(path), after.get(path))).sort();
  const dropped = await ignored(differing.filter((path) => !before.has(path)));
  const changedPaths = differing.filter((path) => !dropped.has(path));
  if (changedPaths.length > mostChanges) return { edits: [], changedPaths, refused: [`${changedPaths.length} files differ, more than ${mostChanges}`] };
  const old = await texts(changedPaths.filter((path) => before.get(path)?.kind === 'file'));
  const results = changedPaths.map((path) => ({ path, result: editsOf(tree, path, before.get(path), after.get(path), old.get(path)) }));
  return {
    changedPaths,
    edits: results.flatMap(({ result }) => (typeof result === 'string' ? [] : result)),
    refused: results.flatMap(({ path, result }) => (typeof result === 'string' ? [`${path}: ${result}`] : [])),
  };
}

function same(a: ClonedEntry | undefined, b: ClonedEntry | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The edits of one path, or why there can be none. */
function editsOf(tree: string, path: string, before: ClonedEntry | undefined, after: ClonedEntry | undefined, old: string | undefined): readonly Edit[] | string {
  if (before?.kind === 'link' || after?.kind === 'link') return 'symbolic links cannot be made or changed';
  if (before?.kind === 'other' || after?.kind === 'other') return 'it is neither a file nor a folder';
  if (after === undefined) return [{ kind: 'delete', path }];
  if (after.executable !== (before?.executable ?? false)) return 'file modes cannot be changed';
  if (before !== undefined && old === undefined) return 'it is binary or too large';
  const text = readTextOf(join(tree, path));
  if (text === undefined) return 'it is binary or larger than 1 MiB';
  return before === undefined ? [{ kind: 'create', path, text }] : (editsBetween(path, old ?? '', text) ?? 'the change cannot be written down as edits');
}

function readTextOf(path: string): string | undefined {
  if (lstatSync(path).size > mostFileBytes) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
