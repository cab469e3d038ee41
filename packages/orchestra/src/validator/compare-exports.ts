import type { ChangedFile, ExportChange, Policy } from '../model';
import { exportTable, type ExportedName } from '../syntax/export-table';
import { classifyPath, withoutRecords } from './classify-path';

/** An export that the diff adds, removes or gives another contract; who uses it is not known yet. */
export type ExportDelta = Omit<ExportChange, 'usedBy' | 'stillUsedBy'>;

/**
 * Exports of production files, compared by contract and not by text. A renamed file is compared with its old path: a move
 * of a whole file loses nothing but the path. A name that went to another file of the diff is told as moved.
 */
export function compareExports(changes: readonly ChangedFile[], policy: Policy): readonly ExportDelta[] {
  const deltas = withoutRecords(changes, policy)
    .filter((change) => isCode(change, policy))
    .flatMap((change) => {
      const before = tableOf(change.previousPath ?? change.path, change.base);
      const after = tableOf(change.path, change.head);
      return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => compare(change.path, before.get(name), after.get(name)));
    });
  return deltas.map((delta) => withNewPlace(delta, deltas)).map(({ contract: _compared, ...delta }) => delta);
}

function isCode({ path, previousPath = path }: ChangedFile, policy: Policy): boolean {
  return [path, previousPath].some((each) => classifyPath(each, policy) === 'production') && !path.endsWith('.d.ts');
}

function tableOf(path: string, text: string | null | undefined): ReadonlyMap<string, ExportedName> {
  if (typeof text !== 'string') return new Map();
  try {
    return new Map(exportTable(path, text).map((each) => [each.name, each]));
  } catch (error) {
    // Nesting too deep for a recursive parser is the file's fault, and another check's finding.
    if (error instanceof RangeError) return new Map();
    throw error;
  }
}

type Compared = ExportDelta & { readonly contract: string | undefined };

function compare(path: string, before: ExportedName | undefined, after: ExportedName | undefined): readonly Compared[] {
  const name = (before ?? after)?.name ?? '';
  const shown = { ...(before === undefined ? {} : { before: before.shown }), ...(after === undefined ? {} : { after: after.shown }) };
  if (before === undefined) return [{ path, name, change: 'added', ...shown, contract: after?.contract }];
  if (after === undefined) return [{ path, name, change: 'removed', ...shown, contract: before.contract }];
  // What is written in another module is compared where it is written.
  const same = before.contract === undefined || after.contract === undefined || before.contract === after.contract;
  return same ? [] : [{ path, name, change: 'changed', ...shown, contract: after.contract }];
}

function withNewPlace(delta: Compared, all: readonly Compared[]): Compared {
  if (delta.change !== 'removed') return delta;
  const there = all.find((other) => other.change === 'added' && other.name === delta.name && other.path !== delta.path && other.contract === delta.contract);
  return there === undefined ? delta : { ...delta, movedTo: there.path };
}
