import { countTokens } from './count-tokens';
import { itemGroups, type ItemGroup, type PacketItem, type ReadableFile, type ReadableFiles } from './packet-item';
import type { Reason } from '../model';

/** The lines of one file that were chosen. */
export interface ChosenFile {
  readonly file: ReadableFile;
  readonly group: ItemGroup;
  readonly because: readonly Reason[];
  /** Sorted, apart, 1-based inclusive. */
  readonly ranges: readonly (readonly [number, number])[];
  readonly value: number;
}

interface Choice {
  readonly file: ReadableFile;
  readonly shown: boolean[];
  readonly items: PacketItem[];
}

/** Source: field/localization "Packing". */
const sizeExponent = 0.3;
/** So few lines between two slices are shown rather than cut out. */
const smallGap = 3;

/**
 * Greedy by value per token. What does not fit is passed over, and smaller things after it still get their chance.
 * Lines are counted once, whatever the number of items that hold them.
 */
export function fillBudget(items: readonly PacketItem[], files: ReadableFiles, tokens: number): readonly ChosenFile[] {
  const choices = new Map<string, Choice>();
  let left = tokens;
  for (const item of byDensity(items, files)) {
    const file = files.get(item.path);
    if (file === undefined) continue;
    const choice = choices.get(item.path) ?? { file, shown: file.lines.map(() => false), items: [] };
    const cost = costOf(choice, item);
    if (cost > left) continue;
    left -= cost;
    for (let line = item.start; line <= item.end; line += 1) choice.shown[line - 1] = true;
    choice.items.push(item);
    choices.set(item.path, choice);
  }
  left -= closeGaps([...choices.values()], left);
  return [...choices.values()].map(toChosen).sort(byGroup);
}

function byDensity(items: readonly PacketItem[], files: ReadableFiles): readonly PacketItem[] {
  const density = (item: PacketItem): number => item.value / roughTokens(files.get(item.path), item) ** sizeExponent;
  return items
    .map((item) => ({ item, worth: density(item) }))
    .sort((a, b) => b.worth - a.worth || compare(a.item.path, b.item.path) || a.item.start - b.item.start || a.item.end - b.item.end)
    .map(({ item }) => item);
}

/** Characters are near enough for the order; the budget itself is counted exactly. */
function roughTokens(file: ReadableFile | undefined, { start, end }: PacketItem): number {
  const lines = file?.lines.slice(start - 1, end) ?? [];
  return Math.max(8, lines.reduce((total, line) => total + line.length + 1, 0) / 3.6);
}

/** Line by line, each with its line end: an upper bound but for rare merges across lines, which `buildPacket` recounts. */
function costOf({ file, shown }: Choice, { start, end }: PacketItem): number {
  let cost = 0;
  for (let line = start; line <= end; line += 1) if (shown[line - 1] !== true) cost += lineTokens(file, line);
  return cost;
}

const counted = new WeakMap<ReadableFile, Map<number, number>>();

function lineTokens(file: ReadableFile, line: number): number {
  let known = counted.get(file);
  if (known === undefined) counted.set(file, (known = new Map()));
  let tokens = known.get(line);
  if (tokens === undefined) known.set(line, (tokens = countTokens(`${file.lines[line - 1] ?? ''}\n`)));
  return tokens;
}

function closeGaps(choices: readonly Choice[], tokens: number): number {
  let spent = 0;
  for (const { file, shown } of choices) {
    for (const [start, end] of gaps(shown)) {
      let cost = 0;
      for (let line = start; line <= end; line += 1) cost += lineTokens(file, line);
      if (end - start >= smallGap || spent + cost > tokens) continue;
      spent += cost;
      for (let line = start; line <= end; line += 1) shown[line - 1] = true;
    }
  }
  return spent;
}

/** Runs of lines that are not shown, the file's beginning and end included. */
function gaps(shown: readonly boolean[]): readonly (readonly [number, number])[] {
  return runs(shown.map((one) => !one));
}

function runs(flags: readonly boolean[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [position, flag] of flags.entries()) {
    if (!flag) continue;
    const last = found.at(-1);
    if (last !== undefined && last[1] === position) last[1] = position + 1;
    else found.push([position + 1, position + 1]);
  }
  return found;
}

function toChosen({ file, shown, items }: Choice): ChosenFile {
  const group = itemGroups.find((name) => items.some((item) => item.group === name)) ?? 'related';
  const because = new Map(items.flatMap((item) => item.because).map((reason) => [`${reason.kind} ${reason.detail}`, reason] as const));
  return { file, group, because: [...because.values()], ranges: runs(shown), value: Math.max(...items.map(({ value }) => value)) };
}

function byGroup(a: ChosenFile, b: ChosenFile): number {
  return itemGroups.indexOf(a.group) - itemGroups.indexOf(b.group) || b.value - a.value || compare(a.file.path, b.file.path);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
