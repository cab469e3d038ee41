import type { PacketItem, ReadableFile, ReadableFiles, InLease } from './packet-item';
import { listRelatedItems } from './list-related-items';
import { listSourceItems } from './list-source-items';
import type { ChunkScorer } from './score-chunks';
import type { RelatedFile, RequestedText, Selection } from './select-files';

export interface ItemInput {
  readonly selection: Selection;
  readonly files: ReadableFiles;
  readonly scoreChunks: ChunkScorer;
  readonly inLease: InLease;
  /** The Test specialist needs tests and their support more than a fixer does. */
  readonly writesTests: boolean;
}

/** A fixer reads tests for their style; what proves the bug comes as evidence. */
const besideWeights = { fixer: { test: 0.03, support: 0.02 }, tester: { test: 0.18, support: 0.12 } } as const;
const requestedValue = 1000;

/** Everything that could be shown, each with its value; `fillBudget` chooses. */
export function listItems(input: ItemInput): readonly PacketItem[] {
  const sourceItems = listSourceItems(input);
  const beside = besideWeights[input.writesTests ? 'tester' : 'fixer'];
  return [
    ...input.selection.requested.flatMap((request, position) => listRequestedItems(input, request, position)),
    ...sourceItems,
    ...input.selection.tests.flatMap((test) => listBesideItems(input, test, 'test', beside.test)),
    ...input.selection.support.flatMap((file) => listBesideItems(input, file, 'support', beside.support)),
    ...listRelatedItems(input, sourceItems),
  ];
}

/** Tests and support files: the first chunk (imports, set-up) and what speaks of the goal. */
function listBesideItems(input: ItemInput, related: RelatedFile, group: 'test' | 'support', weight: number): readonly PacketItem[] {
  const file = input.files.get(related.path);
  if (file === undefined) return [];
  const scores = input.scoreChunks(file.index);
  const best = Math.max(1e-9, ...scores);
  return file.index.chunks.map(([start, end], position) => {
    const share = position === 0 ? 1 : 0.15 + 0.85 * ((scores[position] ?? 0) / best);
    return { path: file.path, group, start, end, value: weight * related.closeness * share, because: [related.because] };
  });
}

/** As asked: the lines, the whole function, or the whole file; a file too large for the budget by its best chunks. */
function listRequestedItems(input: ItemInput, request: RequestedText, position: number): readonly PacketItem[] {
  const file = input.files.get(request.path);
  if (file === undefined) return [];
  const value = requestedValue - position;
  const item = (start: number, end: number, worth: number): PacketItem => ({
    path: file.path, group: 'requested', start: Math.max(1, start), end: Math.min(file.lines.length, end), value: worth, because: request.because,
  });
  const wanted = request.range !== undefined ? [request.range].filter((range) => validRange(range, file)) : request.symbol === undefined ? [] : symbolRanges(file, request.symbol);
  if (request.range !== undefined || wanted.length > 0) return wanted.flatMap((range) => piecesOf(range, file).map(([start, end]) => item(start, end, value)));
  const scores = input.scoreChunks(file.index);
  const best = Math.max(1e-9, ...scores);
  return file.index.chunks.map(([start, end], chunk) => item(start, end, value / 2 + (value / 4) * ((scores[chunk] ?? 0) / best)));
}

/** A function longer than the budget is shown as far as it fits, and not passed over as a whole. */
function piecesOf([first, last]: readonly [number, number], { index: { chunks } }: ReadableFile): readonly (readonly [number, number])[] {
  const within = chunks.filter(([start, end]) => start <= last && end >= first).map(([start, end]) => [Math.max(start, first), Math.min(end, last)] as const);
  return within.length === 0 ? [[first, last]] : within;
}

function validRange([start, end]: readonly [number, number], file: ReadableFile): boolean {
  return start <= end && start <= file.lines.length && end >= 1;
}

/** The declarations of that name (`Class.method` by its last part), routes by `GET /path`, else the chunks that mention it. */
function symbolRanges({ index, lines }: ReadableFile, symbol: string): readonly (readonly [number, number])[] {
  const name = symbol.replace(/\(.*$/, '').split('.').at(-1)?.trim() ?? symbol;
  const declared = index.definitions.filter(([defined]) => defined === name || defined === symbol).map(([, start, end]) => [start, end] as const);
  if (declared.length > 0) return declared;
  const routes = index.routes.filter(({ method, path }) => symbol === `${method} ${path}` || symbol === path).map(({ start, end }) => [start, end] as const);
  if (routes.length > 0) return routes;
  return index.chunks.filter(([start, end]) => lines.slice(start - 1, end).some((line) => line.includes(name))).slice(0, 6).map(([start, end]) => [start, end] as const);
}
