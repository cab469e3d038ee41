import type { Rejection } from '../../model';
import { pathInFenceInfo, pathOnLine } from './clean-path';

export type BlockKind = 'SEARCH' | 'CREATE' | 'DELETE' | 'RENAME';

/** One marked block of a reply, still as text. */
export interface RawBlock {
  /** 0-based place among all blocks of the reply, faulty ones included. */
  readonly position: number;
  readonly kind: BlockKind;
  /** As spelled in the reply. */
  readonly path: string;
  /** SEARCH: the lines to find. Otherwise the whole body. */
  readonly body: readonly string[];
  /** SEARCH: the lines to write. Otherwise empty. */
  readonly replacement: readonly string[];
  readonly fenced: boolean;
}

export interface OutsideLine {
  readonly text: string;
  /** Info string of the fence around the line, when it stands in one that holds no block. */
  readonly info?: string;
  /** Lines with different numbers are separated by a block or a fence. */
  readonly part: number;
}

export interface ScannedReply {
  readonly blocks: readonly RawBlock[];
  readonly rejections: readonly Rejection[];
  readonly tolerances: readonly string[];
  readonly outside: readonly OutsideLine[];
  /** The last block stands in a fence that is never closed. */
  readonly openEnded: boolean;
}

interface Fence {
  readonly tick: string;
  readonly info: string;
  readonly line: number;
}

interface Opener {
  readonly kind: BlockKind;
  readonly indentation: string;
  /** How many `<`: the same number of `=` and `>` ends the parts, so code that holds shorter markers is only text. */
  readonly size: number;
  readonly rest: string;
  readonly decorated: boolean;
}

interface Body {
  readonly end: number;
  readonly dividers: readonly number[];
  readonly decorated: boolean;
}

/** Matched against lines without trailing white space, and of bounded marker length: otherwise hostile replies take quadratic time. */
const openerLine = /^(\s*)(<{5,40})\s*(SEARCH|ORIGINAL|CREATE|DELETE|RENAME)\b:?(.*)$/i;
const closerLine = /^\s*>{5,40}\s*(?:(?:REPLACE|UPDATED|SEARCH|CREATE|DELETE|RENAME|END)\b.*)?$/i;
const fenceLine = /^\s*(`{3,}|~{3,})([^`]*)$/;
/** Markers of this many characters or fewer were not chosen to stand apart from the code, so their length may be off. */
const usualSize = 7;

/**
 * Finds every block, in one pass. Faults do not end the scan: all of them are told at once. Text outside blocks is
 * handed back for the header. Whatever the text, only paths that it spells out are found.
 */
export function scanBlocks(lines: readonly string[]): ScannedReply {
  const blocks: RawBlock[] = [];
  const rejections: Rejection[] = [];
  const tolerances: string[] = [];
  const outside: OutsideLine[] = [];
  let fence: Fence | undefined;
  let fenceOfLastBlock: Fence | undefined;
  let previous: { readonly end: number; readonly path: string } | undefined;
  let position = 0;
  let part = 0;
  const malformed = (because: string) => void rejections.push({ kind: 'malformed', edit: position, because });

  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const opener = readOpener(line);
    if (opener !== undefined) {
      part++;
      const body = readBody(lines, index, opener);
      if (body === undefined) {
        malformed(unclosed(index, opener));
      } else {
        const found = findPath(lines, index, opener, fence, previous);
        const parts = splitBody(lines, index, opener, body.found);
        tolerances.push(...body.tolerances, ...found.tolerances, ...parts.tolerances);
        if (found.path === undefined) malformed(found.because);
        else if ('because' in parts) malformed(parts.because);
        else blocks.push({ position, kind: opener.kind, path: found.path, body: parts.body, replacement: parts.replacement, fenced: fence !== undefined });
        previous = found.path === undefined ? undefined : { end: body.found.end, path: found.path };
        index = body.found.end;
      }
      fenceOfLastBlock = fence;
      position++;
      continue;
    }
    const ticks = fenceLine.exec(line.trimEnd());
    if (ticks !== null) {
      const [, tick = '', spacedInfo = ''] = ticks;
      const info = spacedInfo.trim();
      const closes = fence !== undefined && info === '' && tick.startsWith(fence.tick);
      // A fence that opens inside another one means that the other was never closed: no closing fence has an info string.
      const opens = !closes && (fence === undefined || info !== '');
      if (closes) fence = undefined;
      else if (opens) {
        if (fence !== undefined) tolerances.push('unclosed-fence');
        fence = { tick, info, line: index };
      }
      if (closes || opens) {
        fenceOfLastBlock = undefined;
        part++;
        continue;
      }
    }
    if (closerLine.test(line.trimEnd())) malformed(`line ${index + 1} of the reply closes a block that was never opened`);
    outside.push({ text: line, part, ...(fence === undefined ? {} : { info: fence.info }) });
  }
  const openEnded = fenceOfLastBlock !== undefined;
  return { blocks, rejections, tolerances: openEnded ? [...tolerances, 'unclosed-fence'] : tolerances, outside, openEnded };
}

function readOpener(line: string): Opener | undefined {
  const match = openerLine.exec(line.trimEnd());
  if (match === null) return undefined;
  const [, indentation = '', marks = '', word = '', rest = ''] = match;
  const kind = word.toUpperCase();
  const decorated = word !== kind || kind === 'ORIGINAL' || !/^\s*<+ \S+( |$)/.test(line);
  return { kind: kind === 'ORIGINAL' ? 'SEARCH' : (kind as BlockKind), indentation, size: marks.length, rest: rest.trim(), decorated };
}

function unclosed(index: number, opener: Opener): string {
  return (
    `the ${opener.kind} block that begins in line ${index + 1} of the reply has no end: the reply was cut off, or the closing line is missing, ` +
    'or the code itself holds marker lines (then use more < = > characters, the same number in all three)'
  );
}

/** The end of a block. Lengths are strict first; a wrong length is forgiven only where no longer markers were chosen. */
function readBody(lines: readonly string[], start: number, opener: Opener): { found: Body; tolerances: readonly string[] } | undefined {
  const strict = findEnd(lines, start, opener, (length) => length === opener.size);
  if (strict !== undefined && (opener.kind !== 'SEARCH' || strict.dividers.length > 0)) return { found: strict, tolerances: [] };
  if (opener.size > usualSize) return strict && { found: strict, tolerances: [] };
  const lenient = findEnd(lines, start, opener, (length) => length >= 5 && length <= 9);
  return lenient && { found: lenient, tolerances: ['marker-length'] };
}

function findEnd(lines: readonly string[], start: number, opener: Opener, fits: (length: number) => boolean): Body | undefined {
  const dividers: number[] = [];
  for (let index = start + 1; index < lines.length; index++) {
    const line = unindent(lines[index] ?? '', opener.indentation).trimEnd();
    const nested = readOpener(line);
    if (nested !== undefined && fits(nested.size)) return undefined;
    const marks = /^(?:=+|>+)/.exec(line)?.[0] ?? '';
    if (!fits(marks.length)) continue;
    if (marks.startsWith('>') && closerLine.test(line)) return { end: index, dividers, decorated: line.slice(marks.length) !== ` ${closingWord(opener.kind)}` };
    if (marks === line) dividers.push(index);
  }
  return undefined;
}

function closingWord(kind: BlockKind): string {
  return kind === 'SEARCH' ? 'REPLACE' : kind;
}

type Parts =
  | { readonly body: readonly string[]; readonly replacement: readonly string[]; readonly tolerances: readonly string[] }
  | { readonly because: string; readonly tolerances: readonly string[] };

function splitBody(lines: readonly string[], start: number, opener: Opener, { end, dividers, decorated }: Body): Parts {
  const tolerances = [...(opener.indentation === '' ? [] : ['indented-block']), ...(opener.decorated || decorated ? ['decorated-marker'] : [])];
  const slice = (from: number, to: number) => lines.slice(from, to).map((line) => unindent(line, opener.indentation));
  if (opener.kind !== 'SEARCH') {
    const target = opener.kind === 'RENAME' && opener.rest !== '' ? [opener.rest] : [];
    const body = [...target, ...slice(start + 1, end)];
    const first = body.find((line) => line.trim() !== '');
    if (opener.kind === 'CREATE' && first === '='.repeat(opener.size)) {
      return { because: `the CREATE block that begins in line ${start + 1} of the reply begins with a divider; it holds the whole text and nothing else`, tolerances };
    }
    return { body, replacement: [], tolerances };
  }
  const [divider, ...others] = dividers;
  const where = `the SEARCH block that begins in line ${start + 1} of the reply`;
  if (divider === undefined) return { because: `${where} has no ${'='.repeat(opener.size)} line between the text to find and the text to write`, tolerances };
  if (others.length > 0) {
    return { because: `${where} has ${dividers.length} divider lines, so its two parts cannot be told apart; use more < = > characters, the same number in all three`, tolerances };
  }
  return { body: slice(start + 1, divider), replacement: slice(divider + 1, end), tolerances };
}

function unindent(line: string, indentation: string): string {
  return line.startsWith(indentation) ? line.slice(indentation.length) : line;
}

type FoundPath =
  | { readonly path: string; readonly tolerances: readonly string[] }
  | { readonly path: undefined; readonly because: string; readonly tolerances: readonly string[] };

/**
 * The path that a block names: on its marker line, on the line above it, in the fence's info or above the fence. A block
 * right after another one in the same fence may leave it out. Nothing else stands in for a path, and two different
 * ones are a fault: an edit is never taken to another file than the one it names.
 */
function findPath(lines: readonly string[], index: number, opener: Opener, fence: Fence | undefined, previous: { end: number; path: string } | undefined): FoundPath {
  const floor = Math.max(fence?.line ?? -1, previous?.end ?? -1);
  const above = lastFilled(lines, index, floor);
  const onMarker = opener.kind === 'RENAME' ? undefined : pathOnLine(opener.rest, true);
  const inside = above === undefined ? undefined : pathOnLine(lines[above] ?? '', fence !== undefined && fence.line >= (previous?.end ?? -1));
  const inInfo = fence === undefined || (previous?.end ?? -1) > fence.line ? undefined : pathInFenceInfo(fence.info);
  const named = [...new Set([inside, onMarker, inInfo].filter((path) => path !== undefined))];
  if (named.length > 1) return { path: undefined, because: `the block that begins in line ${index + 1} of the reply names two paths: ${named.join(' and ')}`, tolerances: [] };
  const [path] = named;
  if (path !== undefined) return { path, tolerances: pathTolerances(lines[above ?? -1] ?? '', path, inside, onMarker, fence) };
  if (above === undefined && previous !== undefined && previous.end === floor) return { path: previous.path, tolerances: ['path-carried-on'] };
  const overFence = above === undefined && fence !== undefined ? lastFilled(lines, fence.line, previous?.end ?? -1) : undefined;
  const outer = overFence === undefined ? undefined : pathOnLine(lines[overFence] ?? '', false);
  if (outer !== undefined) return { path: outer, tolerances: ['path-above-fence'] };
  return { path: undefined, because: `the block that begins in line ${index + 1} of the reply has no path in the line above it`, tolerances: [] };
}

function pathTolerances(line: string, path: string, inside: string | undefined, onMarker: string | undefined, fence: Fence | undefined): readonly string[] {
  const unfenced = fence === undefined ? ['no-fence'] : [];
  if (inside !== undefined) return line.trim() === path ? unfenced : [...unfenced, 'decorated-path'];
  return [...unfenced, onMarker === undefined ? 'path-in-fence-info' : 'path-on-marker'];
}

/** The nearest line above `index`, and below `floor`, that is not blank. */
function lastFilled(lines: readonly string[], index: number, floor: number): number | undefined {
  for (let above = index - 1; above > floor; above--) {
    if ((lines[above] ?? '').trim() !== '') return above;
  }
  return undefined;
}
