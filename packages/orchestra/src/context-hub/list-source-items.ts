import type { RankedFile } from '../model';
import type { ItemInput } from './list-items';
import type { PacketItem, ReadableFile } from './packet-item';

/** Files up to this many lines are shown whole when they stand high: a model asked for them in 13 of 14 trials. */
const wholeFileLines = 600;
/** Worth of a line of a top file that no word of the goal points at, against its best slice. */
const wholeFileFloor = 0.1;
const wholeFileRanks = 2;
/** What may only be read. */
const outsideLease = 0.6;
/**
 * How fast worth falls, as powers: with a file's rank, with its score against the first file's, with a chunk's place among the chunks of its file, and with the
 * number of these. Found by regression on past fixes and rounded (docs/decisions/0007-ranking-and-packing.md).
 */
const exponents = { rank: 0.6, score: 2, place: 0.7, chunks: 0.2 } as const;
/** A target that the goal names scores several times as much as anything found, and what it needs is still to be shown. */
const leastScoreShare = 0.4;
/** How much of its neighbours' score a chunk takes over: a fix often lies beside the lines that share the goal's words. */
const neighbourShare = 0.4;

/**
 * The chunks of the ranked files, each with its worth: how likely a fix changes it. Its place within its own file tells that; its score tells nothing more once
 * the place is known. Between files the scores do tell something beside the ranks: a second file close to the first is changed far more often than one far behind.
 */
export function listSourceItems({ selection, files, scoreChunks, inLease }: ItemInput): readonly PacketItem[] {
  const topScore = Math.max(...selection.sources.map(({ score }) => score));
  return selection.sources.flatMap((ranked, rank) => {
    const file = files.get(ranked.path);
    if (file === undefined) return [];
    const worth = (inLease(ranked.path) ? 1 : outsideLease) * worthOfFile(ranked.score / topScore, rank, file);
    const floor = rank < wholeFileRanks && file.lines.length <= wholeFileLines ? wholeFileFloor : 0;
    const places = placesOf(focusedScores(file, ranked, scoreChunks(file.index)));
    return file.index.chunks.map(([start, end], position) => {
      const value = worth * Math.max(floor, 1 / ((places[position] ?? 0) + 1) ** exponents.place);
      return { path: file.path, group: 'source' as const, start, end, value, because: ranked.because };
    });
  });
}

/** Of its best chunk. A long file's fix may be in more places. */
function worthOfFile(scoreShare: number, rank: number, { index }: ReadableFile): number {
  const share = Number.isFinite(scoreShare) ? Math.max(leastScoreShare, scoreShare) : 1;
  return share ** exponents.score / (rank + 1) ** exponents.rank / Math.max(1, index.chunks.length) ** exponents.chunks;
}

/** Lines that exact evidence points at are worth as much again as the best lines by words. */
function focusedScores({ index }: ReadableFile, { focus = [] }: RankedFile, own: readonly number[]): readonly number[] {
  const best = Math.max(1, ...own);
  return index.chunks.map(([start, end], position) => {
    const pointedAt = focus.some(([from, to]) => from <= end && start <= to);
    const beside = ((own[position - 1] ?? 0) + (own[position + 1] ?? 0)) / 2;
    return (own[position] ?? 0) + neighbourShare * beside + (pointedAt ? best : 0);
  });
}

/** By position: the place of each in descending order, from 0; equals as they stand in the file. */
function placesOf(scores: readonly number[]): readonly number[] {
  const places = scores.map(() => 0);
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  for (const [place, position] of order.entries()) places[position] = place;
  return places;
}
