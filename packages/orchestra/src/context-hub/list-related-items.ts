import type { ItemInput } from './list-items';
import type { PacketItem, ReadableFile } from './packet-item';
import type { RelatedFile } from './select-files';

/** Worth of a connection: of a callee and a caller against the slice it is connected to. */
const worth = { callee: 0.12, caller: 0.08, mount: 0.1, migration: 0.02 } as const;
const slicesLookedAt = 4;
const longest = 70;

/** What the best slices call, who calls them, where their routes are mounted, and the tables they use. */
export function listRelatedItems(input: ItemInput, sourceItems: readonly PacketItem[]): readonly PacketItem[] {
  const best = [...sourceItems].sort((a, b) => b.value - a.value || (a.path < b.path ? -1 : 1) || a.start - b.start).slice(0, slicesLookedAt);
  const { callees, callers, mounts, migrations } = input.selection;
  return [
    ...callees.flatMap((related) => listCalleeItems(input, related, best)),
    ...callers.flatMap((related) => listCallerItems(input, related, best)),
    ...mounts.flatMap((related) => listMountItems(input, related)),
    ...migrations.flatMap((related) => listMigrationItems(input, related)),
  ];
}

function listCalleeItems(input: ItemInput, related: RelatedFile, best: readonly PacketItem[]): readonly PacketItem[] {
  const file = input.files.get(related.path);
  const from = input.files.get(related.of);
  if (file === undefined || from === undefined) return [];
  return best.filter(({ path }) => path === related.of).flatMap((slice) => {
    const used = wordsIn(from, slice.start, slice.end);
    const names = (related.names ?? []).filter((name) => used.has(name));
    return file.index.definitions.filter(([name]) => names.includes(name)).map(([name, start, end]) =>
      item(related, start, Math.min(end, start + longest - 1), worth.callee * slice.value, `${name} is called at ${slice.path}:${slice.start}-${slice.end}`),
    );
  });
}

/** The chunk of the caller that uses a name declared in one of the best slices. */
function listCallerItems(input: ItemInput, related: RelatedFile, best: readonly PacketItem[]): readonly PacketItem[] {
  const file = input.files.get(related.path);
  const of = input.files.get(related.of);
  if (file === undefined || of === undefined) return [];
  return best.filter(({ path }) => path === related.of).flatMap((slice) => {
    const declared = of.index.definitions.filter(([, start, end]) => start <= slice.end && slice.start <= end).map(([name]) => name);
    const names = (related.names ?? []).filter((name) => declared.includes(name));
    if (names.length === 0) return [];
    const imported = new Set(file.index.imports.map(({ line }) => line));
    const using = file.index.chunks.find(([start, end]) => names.some((name) => mentions(file, start, end, name, imported)));
    if (using === undefined) return [];
    return [item(related, using[0], using[1], worth.caller * slice.value, `uses ${names.join(', ')} of ${related.of}`)];
  });
}

function listMountItems(input: ItemInput, related: RelatedFile): readonly PacketItem[] {
  const file = input.files.get(related.path);
  if (file === undefined) return [];
  const names = new Set(file.index.imports.filter(({ from }) => looksLike(from, related.of)).flatMap(({ names: own }) => own));
  return file.index.mounts.filter(({ targets }) => targets.some((target) => names.has(target))).map(({ line, path }) =>
    item(related, line, Math.min(file.lines.length, line + 2), worth.mount * related.closeness, `mounts ${related.of} at ${path}`),
  );
}

function looksLike(specifier: string, path: string): boolean {
  const bare = path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
  return bare.split('/').at(-1) === specifier.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '').split('/').at(-1);
}

function listMigrationItems(input: ItemInput, related: RelatedFile): readonly PacketItem[] {
  const file = input.files.get(related.path);
  const used = new Set(input.files.get(related.of)?.index.tables.map(([table]) => table) ?? []);
  if (file === undefined) return [];
  return file.index.schema.filter(([table, , facts]) => facts.includes('c') && used.has(table)).flatMap(([, line]) => {
    const chunk = file.index.chunks.find(([start, end]) => start <= line && line <= end);
    return chunk === undefined ? [] : [item(related, chunk[0], chunk[1], worth.migration * related.closeness, related.because.detail)];
  });
}

function item(related: RelatedFile, start: number, end: number, value: number, detail: string): PacketItem {
  return { path: related.path, group: 'related', start, end, value, because: [{ kind: related.because.kind, detail }] };
}

function wordsIn({ lines }: ReadableFile, start: number, end: number): ReadonlySet<string> {
  return new Set(lines.slice(start - 1, end).join('\n').match(/[A-Za-z_$][\w$]*/g) ?? []);
}

function mentions(file: ReadableFile, start: number, end: number, name: string, skipped: ReadonlySet<number>): boolean {
  for (let line = start; line <= end; line += 1) {
    if (!skipped.has(line) && (file.lines[line - 1] ?? '').includes(name)) return true;
  }
  return false;
}
