/** Indentation of one matched line: as the reply wrote it, and as the file has it. */
export interface IndentationPair {
  readonly proposed: string;
  readonly actual: string;
}

/**
 * How to write the reply's indentation in the file's own: the matched lines give pairs, and a line between them is
 * placed relative to the pair with the most similar indentation, the nearest one of these. Tabs against spaces and
 * another width per level are read off the pairs, or off `proposedWidths` and `fileUnit` where only one level matched.
 *
 * @param proposedWidths widths of all indentations in the reply's block
 * @param fileUnit columns of one level in the file
 * @returns a function from indentation and position (index into `pairs`) to the file's indentation
 */
export function mapIndentation(
  pairs: readonly IndentationPair[], proposedWidths: readonly number[], fileUnit: number,
): (proposed: string, position: number) => string {
  const slope = slopeOf(pairs, proposedWidths, fileUnit);
  const filler = fillerOf(pairs.map((pair) => pair.actual)) ?? fillerOf(pairs.map((pair) => pair.proposed)) ?? ' ';
  return (proposed, position) => {
    const pivot = choosePivot(pairs, proposed.length, position);
    if (pivot === undefined) return proposed;
    const width = Math.max(0, Math.round(pivot.actual.length + (proposed.length - pivot.proposed.length) * slope));
    return pivot.actual.slice(0, width) + filler.repeat(Math.max(0, width - pivot.actual.length));
  };
}

/** Whether one rule turns every proposed indentation into the real one: what languages that read indentation need. */
export function isRegular(pairs: readonly IndentationPair[], map: (proposed: string, position: number) => string): boolean {
  const byProposed = new Map(pairs.map((pair) => [pair.proposed, pair.actual]));
  return pairs.every((pair) => byProposed.get(pair.proposed) === pair.actual && map(pair.proposed, 0) === pair.actual);
}

/** Columns of the file per column of the reply. */
function slopeOf(pairs: readonly IndentationPair[], proposedWidths: readonly number[], fileUnit: number): number {
  const sorted = [...pairs].sort((a, b) => a.proposed.length - b.proposed.length);
  const least = sorted[0];
  const most = sorted[sorted.length - 1];
  if (least === undefined || most === undefined) return 1;
  const proposedRange = most.proposed.length - least.proposed.length;
  const actualRange = most.actual.length - least.actual.length;
  if (proposedRange > 0 && actualRange > 0) return actualRange / proposedRange;
  const proposedFiller = fillerOf(pairs.map((pair) => pair.proposed));
  const actualFiller = fillerOf(pairs.map((pair) => pair.actual));
  if (actualFiller === '\t' && proposedFiller !== '\t') return 1 / smallestStep(proposedWidths);
  if (actualFiller !== '\t' && proposedFiller === '\t') return fileUnit;
  return 1;
}

function smallestStep(widths: readonly number[]): number {
  const sorted = [...new Set(widths)].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((width, index) => width - (sorted[index] ?? 0));
  return steps.length === 0 ? Math.max(1, sorted[0] ?? 1) : Math.min(...steps);
}

function choosePivot(pairs: readonly IndentationPair[], width: number, position: number): IndentationPair | undefined {
  let best: IndentationPair | undefined;
  let bestCost = [Infinity, Infinity] as const;
  pairs.forEach((pair, index) => {
    const cost = [Math.abs(pair.proposed.length - width), Math.abs(index - position)] as const;
    if (cost[0] < bestCost[0] || (cost[0] === bestCost[0] && cost[1] < bestCost[1])) [best, bestCost] = [pair, cost];
  });
  return best;
}

function fillerOf(indentations: readonly string[]): string | undefined {
  const longest = indentations.find((indentation) => indentation !== '');
  return longest === undefined ? undefined : longest.includes('\t') ? '\t' : ' ';
}

export function indentationOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
