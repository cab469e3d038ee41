import type { Rejection } from '../../model';
import { isCloser, readBody, readOpener, splitBody, unclosed, type BlockKind } from './block-markers';
import { findBlockPath, type Fence } from './find-block-path';

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
  /** The last block stands in a fence that is never closed, or another one was begun after it. */
  readonly openEnded: boolean;
}

const fenceLine = /^\s*(`{3,}|~{3,})([^`]*)$/;

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
        const found = findBlockPath(lines, index, opener, fence, previous);
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
    if (isCloser(line.trimEnd())) malformed(`line ${index + 1} of the reply closes a block that was never opened`);
    outside.push({ text: line, part, ...(fence === undefined ? {} : { info: fence.info }) });
  }
  // A lone fence after the last block is a slip; one with text in it was to become another block.
  const begun = position > 0 && fence !== undefined && lines.slice(fence.line + 1).some((line) => line.trim() !== '');
  const openEnded = fenceOfLastBlock !== undefined || begun;
  return { blocks, rejections, tolerances: openEnded ? [...tolerances, 'unclosed-fence'] : tolerances, outside, openEnded };
}
