import type { FileTexts, OrchestrationGoal, RankedFile, RankingCandidate, ReasonKind } from '../model';
import { linesOf } from '../syntax/source-lines';
import { clipText } from './clip-text';
import { buildCorpus } from './corpus';
import { countTokens } from './count-tokens';
import type { FileIndex } from './file-index';
import { outlineFile } from './outline-file';
import { readGoal } from './read-goal';
import { renderOutline } from './render-outline';
import { chunkScorer, type ChunkScorer } from './score-chunks';
import { splitWords } from './split-words';

export interface SketchInput {
  readonly goal: OrchestrationGoal;
  readonly ranked: readonly RankedFile[];
  readonly indexes: ReadonlyMap<string, FileIndex>;
  /** Texts of the ranked files, secrets cut out; a file without one is listed by its path and reasons. */
  readonly texts: FileTexts;
}

/** o200k tokens of `lines` per file: thirty files stay below what one packet costs. */
const mostTokens = 150;
/** Characters of a line that are looked at: a bundle of one line has millions. */
const longestRead = 400;
const most = { reasons: 4, reason: 140, names: 14, outline: 4, lines: 6, line: 120, chunks: 3 } as const;
/** The first says how long ago and nothing of the goal, the second has no words of its own. */
const saysNothing: ReadonlySet<ReasonKind> = new Set<ReasonKind>(['recency', 'commit-message']);

/** The ranked files in so few words that a model can hold thirty of them against each other: why each stands there, and what in it speaks of the goal. */
export function sketchFiles(input: SketchInput): readonly RankingCandidate[] {
  const query = readGoal(input.goal);
  const score = chunkScorer(buildCorpus(input.indexes), query);
  return input.ranked.map(({ path, because }) => {
    const telling = because.filter(({ kind }) => !saysNothing.has(kind));
    const text = input.texts.get(path);
    const index = input.indexes.get(path);
    return {
      path,
      because: telling.slice(0, most.reasons).map(({ kind, detail }) => clipText(`${kind}: ${detail}`, most.reason)),
      lines: text === undefined || index === undefined ? [] : withinTokens(sketchText(path, text, index, score, query.words)),
    };
  });
}

function sketchText(path: string, text: string, index: FileIndex, score: ChunkScorer, words: ReadonlyMap<string, number>): readonly string[] {
  const lines = linesOf(text);
  const names = [...new Set(byWeight(index.definitions.map(([name]) => name), words))].slice(0, most.names);
  const outline = byWeight(renderOutline(outlineFile(path, text)).split('\n'), words).filter((line) => weightOf(line, words) > 0);
  return [
    `${lines.length} lines${names.length === 0 ? '' : `; declares ${names.join(', ')}`}`,
    ...outline.slice(0, most.outline).map((line) => clipText(line, most.line)),
    ...bestLines(lines, index, score(index), words),
  ];
}

/** Of the chunks that speak most of the goal the lines that do, each with its number. */
function bestLines(lines: readonly string[], { chunks }: FileIndex, scores: readonly number[], words: ReadonlyMap<string, number>): readonly string[] {
  const best = chunks.map(([start, end], position) => ({ start, end, score: scores[position] ?? 0 })).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score || a.start - b.start);
  const inside = best.slice(0, most.chunks).flatMap(({ start, end }) => lines.slice(start - 1, end).map((line, offset) => ({ number: start + offset, line, words: wordsOf(line).filter((word) => words.has(word)) })));
  return chooseLines(inside.filter((line) => line.words.length > 0), new Map(words)).map(({ number, line }) => clipText(`${number}: ${line.trim()}`, most.line));
}

interface TellingLine {
  readonly number: number;
  readonly line: string;
  readonly words: readonly string[];
}

/** One after the other; a word that was shown is worth half as much in the next line, so that six lines do not all say the same. */
function chooseLines(lines: readonly TellingLine[], worth: Map<string, number>): readonly TellingLine[] {
  const chosen: TellingLine[] = [];
  const valueOf = (line: TellingLine): number => line.words.reduce((sum, word) => sum + (worth.get(word) ?? 0), 0);
  while (chosen.length < most.lines) {
    const best = lines.filter((line) => !chosen.includes(line)).map((line) => ({ line, value: valueOf(line) })).sort((a, b) => b.value - a.value || a.line.number - b.line.number)[0];
    if (best === undefined) break;
    chosen.push(best.line);
    for (const word of best.line.words) worth.set(word, (worth.get(word) ?? 0) / 2);
  }
  return chosen;
}

/** Those with the goal's words first, otherwise as they stand. */
function byWeight(texts: readonly string[], words: ReadonlyMap<string, number>): readonly string[] {
  return texts.map((text, position) => ({ text, position, weight: weightOf(text, words) })).sort((a, b) => b.weight - a.weight || a.position - b.position).map(({ text }) => text);
}

function weightOf(text: string, words: ReadonlyMap<string, number>): number {
  return wordsOf(text).reduce((sum, word) => sum + (words.get(word) ?? 0), 0);
}

/** Each word once: a line that repeats one is not better for it. */
function wordsOf(text: string): readonly string[] {
  return [...new Set(splitWords(text.slice(0, longestRead)))];
}

function withinTokens(lines: readonly string[]): readonly string[] {
  let left = mostTokens;
  return lines.filter((line) => {
    const tokens = countTokens(line);
    if (line === '' || tokens > left) return false;
    left -= tokens;
    return true;
  });
}
