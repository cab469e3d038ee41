import type { ChangedFile } from '../model';
import { diffSequence } from '../patch/diff-sequence';
import { codeLeaves, type CodeLeaf, type CodeLeaves } from '../syntax/code-leaves';

export interface RenamedSymbol {
  readonly from: string;
  readonly to: string;
  readonly sites: number;
  readonly paths: readonly string[];
}

/** Fewer sites are a better name for one thing, not a rename throughout. */
const sitesNoticed = 8;
const editsCompared = 1000;

/**
 * Names that the diff replaces wherever they occur: declared in a touched file before, gone from every touched file after,
 * with the new name standing in its place. Calling another function at many sites is not a rename, and is left alone.
 */
export function renamedSymbols(changes: readonly ChangedFile[]): readonly RenamedSymbol[] {
  const sides = changes.flatMap(sidesOf);
  const counts = new Map<string, { readonly from: string; readonly to: string; readonly paths: string[] }>();
  for (const { path, base, head } of sides) {
    for (const [from, to] of replacedNames(base.leaves, head.leaves)) {
      const key = `${from}\n${to}`;
      const entry = counts.get(key) ?? { from, to, paths: [] };
      entry.paths.push(path);
      counts.set(key, entry);
    }
  }
  return [...counts.values()]
    .filter(({ from, to, paths }) => paths.length >= sitesNoticed && isRename(from, to, sides))
    .map(({ from, to, paths }) => ({ from, to, sites: paths.length, paths: [...new Set(paths)].sort() }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

interface Sides {
  readonly path: string;
  readonly base: CodeLeaves;
  readonly head: CodeLeaves;
}

function sidesOf({ path, base, head }: ChangedFile): readonly Sides[] {
  if (typeof base !== 'string' || typeof head !== 'string') return [];
  const before = codeLeaves(path, base);
  const after = codeLeaves(path, head);
  return before === undefined || after === undefined ? [] : [{ path, base: before, head: after }];
}

function replacedNames(base: readonly CodeLeaf[], head: readonly CodeLeaf[]): readonly (readonly [string, string])[] {
  const parts = diffSequence(base.map((leaf) => leaf.text), head.map((leaf) => leaf.text), editsCompared) ?? [];
  const pairs: (readonly [string, string])[] = [];
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    if (part.kind !== 'removed' || next?.kind !== 'added' || next.values.length !== part.values.length) continue;
    for (const [position, before] of part.values.entries()) {
      const from = identifier(before);
      const to = identifier(next.values[position]);
      if (from !== undefined && to !== undefined && from !== to) pairs.push([from, to]);
    }
  }
  return pairs;
}

const identifierLeaf = /^name:(.+)$/;
function identifier(leaf: string | undefined): string | undefined {
  return leaf === undefined ? undefined : identifierLeaf.exec(leaf)?.[1];
}

function isRename(from: string, to: string, sides: readonly Sides[]): boolean {
  const declared = sides.some(({ base, head }) => base.declared.has(from) && head.declared.has(to) && !base.declared.has(to));
  return declared && !sides.some(({ head }) => head.leaves.some((leaf) => leaf.name === from));
}
