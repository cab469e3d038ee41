import { clipText } from './clip-text';
import { countTokens } from './count-tokens';
import { clipLines } from './outline-entries';
import { otherFiles } from './render-interfaces';
import { splitWords } from './split-words';

export interface InterfacesPage {
  readonly project: string;
  readonly text: string;
}

export interface InterfacesRequest {
  readonly pages: readonly InterfacesPage[];
  /** Of the goal. */
  readonly words: ReadonlySet<string>;
  /** Files that the packet shows in full or in outline: nothing of them is said twice. */
  readonly shown: ReadonlySet<string>;
  /** Files that are worth their name at least, best first. */
  readonly near: readonly string[];
  readonly tokens: number;
}

/** Characters of one line: what it takes is better spent on another file's name. */
const longestLine = 110;
/** Of a line and its mark. */
const leastTokens = 4;

/**
 * The lines of the interface pages that are worth most, within the budget, in their own order and under their own headings: one of each file that stands near,
 * and what shares rare words with the goal. They are the map of what a packet does not show, and what a specialist asks from.
 */
export function clipInterfaces({ pages, words, shown, near, tokens }: InterfacesRequest): readonly InterfacesPage[] {
  const sorted = [...pages].sort((a, b) => (a.project < b.project ? -1 : 1));
  const lines = sorted.flatMap(({ text }, page) => linesOfPage(text, page)).filter(({ file }) => !shown.has(file));
  const chosen = chooseLines(byWorth(lines, words, new Map(near.map((path, place) => [path, 2 - place / near.length] as const))), tokens);
  let left = tokens;
  return sorted.flatMap(({ project }, page) => {
    // Tokens across line ends can merge to more than their parts: the exact count has the last word.
    const text = clipLines(renderChosen(lines.filter((line) => line.page === page && chosen.has(line))), left);
    if (!text.includes('\n- ')) return [];
    left -= countTokens(text);
    return [{ project, text }];
  });
}

/** The files that a page names by a line of their own. */
export function filesNamedIn(text: string): ReadonlySet<string> {
  return new Set(linesOfPage(text, 0).flatMap(({ file }) => (file === '' ? [] : [file])));
}

interface InterfaceLine {
  readonly page: number;
  /** `''` for what a page says of no single file. */
  readonly file: string;
  readonly headings: readonly string[];
  readonly text: string;
  /** It says nothing but that the file is there. */
  readonly isName: boolean;
}

/** Where a route is declared stands at the end of its line. */
const declaredAt = / — (\S+):\d+$/;

function linesOfPage(text: string, page: number): readonly InterfaceLine[] {
  const lines: InterfaceLine[] = [];
  let headings: readonly string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) headings = [...headings.filter((heading) => depth(heading) < depth(line)), line];
    else if (line.startsWith('- ')) lines.push({ page, headings, text: namesFiles(headings) ? line : shorten(line), file: fileOf(line, headings), isName: namesFiles(headings) });
  }
  return lines;
}

function fileOf(line: string, headings: readonly string[]): string {
  return headings.find((heading) => heading.startsWith('### '))?.slice(4) ?? (namesFiles(headings) ? line.slice(2) : declaredAt.exec(line)?.[1]) ?? '';
}

function namesFiles(headings: readonly string[]): boolean {
  return headings.at(-1) === `## ${otherFiles}`;
}

/** A route without its place leads nowhere: its guards give way. */
function shorten(line: string): string {
  const place = declaredAt.exec(line)?.[0] ?? '';
  return `${clipText(line.slice(0, line.length - place.length), Math.max(longestLine - place.length, longestLine / 2))}${place}`;
}

function depth(heading: string): number {
  return heading.indexOf(' ');
}

/** Best first. A near file's best line counts for the file, all others for their words: two different ones, so that one common word does not bring every line in. What is left goes to mere names. */
function byWorth(lines: readonly InterfaceLine[], words: ReadonlySet<string>, nearness: ReadonlyMap<string, number>): readonly InterfaceLine[] {
  const said = lines.map((line) => [...new Set(splitWords(`${line.text} ${line.file}`))].filter((word) => words.has(word)));
  const held = new Map<string, number>();
  for (const word of said.flat()) held.set(word, (held.get(word) ?? 0) + 1);
  const rarity = (word: string): number => Math.log(1 + lines.length / (held.get(word) ?? 1));
  const whole = [...held.keys()].reduce((sum, word) => sum + rarity(word), 0);
  const worth = said.map((own) => (own.length === 0 ? 0 : own.reduce((sum, word) => sum + rarity(word), 0) / whole));
  const named = new Set<string>();
  const order = [...lines.keys()].sort((a, b) => (worth[b] ?? 0) - (worth[a] ?? 0) || a - b);
  return order
    .flatMap((at) => {
      const line = lines[at];
      if (line === undefined) return [];
      const ofFile = named.has(line.file) ? 0 : (nearness.get(line.file) ?? 0);
      if (ofFile > 0) named.add(line.file);
      return ofFile === 0 && !line.isName && (said[at] ?? []).length < 2 ? [] : [{ line, value: ofFile + (worth[at] ?? 0) }];
    })
    .sort((a, b) => b.value - a.value)
    .map(({ line }) => line);
}

/** What does not fit is passed over, and shorter lines after it still get their chance. */
function chooseLines(lines: readonly InterfaceLine[], tokens: number): ReadonlySet<InterfaceLine> {
  const chosen = new Set<InterfaceLine>();
  const headed = new Set<string>();
  let left = tokens;
  for (const line of lines) {
    if (left < leastTokens) break;
    // Counting is most of the work, and a token is seldom more than eight characters.
    if (line.text.length > 8 * left) continue;
    const headings = line.headings.map((heading) => `${line.page} ${heading}`).filter((heading) => !headed.has(heading));
    const cost = countTokens(`${line.text}\n`) + headings.reduce((sum, heading) => sum + countTokens(`${heading}\n`), 0);
    if (cost > left) continue;
    left -= cost;
    for (const heading of headings) headed.add(heading);
    chosen.add(line);
  }
  return chosen;
}

function renderChosen(lines: readonly InterfaceLine[]): string {
  const kept: string[] = [];
  let before: readonly string[] = [];
  for (const { headings, text } of lines) {
    kept.push(...headings.filter((heading) => !before.includes(heading)), text);
    before = headings;
  }
  return kept.join('\n');
}
