import { gitBlobId, type PacketFile, type RankedFile } from '../model';
import { clipText } from './clip-text';
import { countTokens } from './count-tokens';
import { outlineFile } from './outline-file';
import type { ReadableFile, ReadableFiles } from './packet-item';
import { renderOutline } from './render-outline';

/** One outline is a pointer, not a replacement for the file. */
const mostTokens = 160;
/** With less room than this the rest is not even parsed: parsing is most of what a packet costs. */
const leastTokens = 24;
/** Characters. */
const longestBeginning = 80;

/** Outlines of ranked files of which no line is shown, best first, while they fit. */
export function outlineEntries(ranked: readonly Pick<RankedFile, 'path' | 'because'>[], files: ReadableFiles, blobs: ReadonlyMap<string, string>, tokens: number): readonly PacketFile[] {
  const entries: PacketFile[] = [];
  let left = tokens;
  for (const { path, because } of ranked) {
    const file = files.get(path);
    if (left < leastTokens) break;
    if (file === undefined) continue;
    const outline = renderOutline(outlineFile(path, file.lines.join('\n')));
    const text = clipLines(outline === '' ? beginningOf(file) : outline, Math.min(mostTokens, left));
    if (text === '') continue;
    const own = countTokens(text);
    left -= own;
    entries.push({ path, hash: blobs.get(path) ?? gitBlobId(file.lines.join('\n')), mode: 'outline', text, because, tokens: own });
  }
  return entries;
}

/** A style sheet or a Dockerfile declares nothing, and has to be named all the same to be asked for. */
function beginningOf({ lines }: ReadableFile): string {
  const first = lines.find((line) => /\w/.test(line));
  return first === undefined ? '' : `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}, beginning: ${clipText(first.trim(), longestBeginning)}`;
}

/** Whole lines from the top, as many as the budget holds. */
export function clipLines(text: string, tokens: number): string {
  if (countTokens(text) <= tokens) return text;
  const lines = text.split('\n');
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (countTokens(lines.slice(0, middle).join('\n')) <= tokens) low = middle;
    else high = middle - 1;
  }
  return lines.slice(0, low).join('\n');
}
