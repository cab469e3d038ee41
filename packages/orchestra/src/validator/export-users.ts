import type { ChangedFile, ExportChange, FileTexts } from '../model';
import { importUses, type ImportUse } from '../syntax/import-uses';
import type { ExportDelta } from './compare-exports';

/** A name handed on further than this is handed round in a circle. */
export const barrelsFollowed = 5;

/** Somebody imports a file: who, on which line, and under which local names (none: handed on, or taken whole). */
interface Importer {
  readonly to: string;
  readonly names: readonly string[];
  readonly line: number;
}
type Importers = ReadonlyMap<string, readonly Importer[]>;
type Uses = ReadonlyMap<string, readonly ImportUse[]>;

export interface UserQuestion {
  readonly changes: readonly ChangedFile[];
  /** File at base → who imports it. */
  readonly importers: Importers;
  /** Texts at base of all who may be users. */
  readonly texts: FileTexts;
}

/** Who uses each export, and who of them still does at head. */
export function withUsers(deltas: readonly ExportDelta[], { changes, importers, texts }: UserQuestion): readonly ExportChange[] {
  const uses = new Map([...texts].map(([path, text]) => [path, importUses(path, text)]));
  const oldPaths = new Map(changes.map((change) => [change.path, change.previousPath ?? change.path]));
  const heads = new Map(changes.map((change) => [change.previousPath ?? change.path, change]));
  return deltas.map((delta) => {
    if (delta.change === 'added') return { ...delta, usedBy: [] };
    const path = oldPaths.get(delta.path) ?? delta.path;
    const found = usersOf(path, delta.name, importers, uses).filter((user) => user.path !== path);
    return { ...delta, usedBy: pathsOf(found), stillUsedBy: pathsOf(found.filter((user) => stillUses(user, delta, heads.get(user.path)))) };
  });
}

interface User {
  readonly path: string;
  readonly specifier: string;
  /** As this file imports it. */
  readonly name: string;
  /** It only hands the name on. */
  readonly barrel: boolean;
}

function usersOf(path: string, name: string, importers: Importers, uses: Uses, left = barrelsFollowed): readonly User[] {
  return (importers.get(path) ?? []).flatMap((edge): readonly User[] => {
    // The edge names the line; the statement there says what is imported, aliases looked through.
    const there = (uses.get(edge.to) ?? []).filter((use) => use.line === edge.line);
    return there.flatMap(({ specifier, names, handedOn }): readonly User[] => {
      const user = { path: edge.to, specifier, name };
      const direct = names.includes(name) || names.includes('*') || (name.startsWith('* from') && names.length > 0);
      const further = handedOn.filter((each) => each.name === name || each.name === '*');
      const behind = left === 0 ? [] : further.flatMap((each) => usersOf(edge.to, each.as === '*' ? name : each.as, importers, uses, left - 1));
      return [...(direct ? [{ ...user, barrel: false }] : []), ...(further.length > 0 ? [{ ...user, barrel: true }] : []), ...behind];
    });
  });
}

/** A barrel is named only when nobody is behind it: then it is what makes the name public. */
function pathsOf(users: readonly User[]): readonly string[] {
  const direct = users.filter((user) => !user.barrel);
  return [...new Set((direct.length > 0 ? direct : users).map((user) => user.path))].sort();
}

function stillUses(user: User, delta: ExportDelta, change: ChangedFile | undefined): boolean {
  if (change === undefined) return true;
  if (typeof change.head !== 'string') return change.head === null;
  // Whoever was changed along with a contract was there when it changed; a name that is gone must be gone from it as well.
  if (delta.change === 'changed') return false;
  return importUses(change.path, change.head).some(
    (use) => use.specifier === user.specifier && (use.names.includes(user.name) || use.names.includes('*') || use.handedOn.some((each) => each.name === user.name)),
  );
}
