import type { Edit, Rejection } from '../../model';
import { pathOnLine, spellPath } from './clean-path';
import { findElision } from './find-elision';
import type { RawBlock } from './scan-blocks';

export interface ReadEdits {
  readonly edits: readonly Edit[];
  readonly rejections: readonly Rejection[];
  readonly tolerances: readonly string[];
}

/** Blocks as edits. A faulty block refuses none of the others here; whoever decides refuses them all together. */
export function readEdits(blocks: readonly RawBlock[]): ReadEdits {
  const edits: Edit[] = [];
  const rejections: Rejection[] = [];
  const tolerances: string[] = [];
  const seen = new Set<string>();
  for (const block of blocks) {
    const spelled = spellPath(block.path);
    tolerances.push(...spelled.tolerances);
    const elision = findElision(block.kind === 'SEARCH' ? block.replacement : block.body, block.kind === 'SEARCH' ? block.body : []);
    if (elision !== undefined) {
      const because = `"${elision}" stands for code that was left out; write all of it, or quote a smaller part of the file`;
      rejections.push({ kind: 'malformed', edit: block.position, path: spelled.path, because });
      continue;
    }
    const made = editOf(block, spelled.path);
    if ('because' in made) {
      rejections.push({ kind: 'malformed', edit: block.position, path: spelled.path, because: made.because });
      continue;
    }
    const key = JSON.stringify(made.edit);
    tolerances.push(...made.tolerances, ...(seen.has(key) ? ['repeated-block'] : []));
    if (!seen.has(key)) edits.push(made.edit);
    seen.add(key);
  }
  return { edits, rejections, tolerances };
}

type MadeEdit = { readonly edit: Edit; readonly tolerances: readonly string[] } | { readonly because: string };

function editOf(block: RawBlock, path: string): MadeEdit {
  switch (block.kind) {
    case 'SEARCH': {
      const parts = unfencedParts(block);
      // An empty search cannot mean any place in a file that exists; `create` refuses to overwrite one.
      return parts.body.length === 0
        ? { edit: { kind: 'create', path, text: textOf(parts.replacement) }, tolerances: ['empty-search', ...parts.tolerances] }
        : { edit: { kind: 'replace', path, find: textOf(parts.body), with: textOf(parts.replacement) }, tolerances: parts.tolerances };
    }
    case 'CREATE': {
      const parts = unfencedParts(block);
      return { edit: { kind: 'create', path, text: textOf(parts.body) }, tolerances: parts.tolerances };
    }
    case 'DELETE':
      return block.body.every((line) => line.trim() === '') ? { edit: { kind: 'delete', path }, tolerances: [] } : { because: 'a DELETE block must be empty' };
    case 'RENAME':
      return renameOf(block, path);
  }
}

function renameOf(block: RawBlock, path: string): MadeEdit {
  const [line, ...more] = block.body.filter((each) => each.trim() !== '');
  const target = line === undefined || more.length > 0 ? undefined : pathOnLine(line, true);
  if (target === undefined) return { because: 'a RENAME block must hold one line, the new path' };
  const spelled = spellPath(target);
  return { edit: { kind: 'rename', path, to: spelled.path }, tolerances: spelled.tolerances };
}

const fence = /^(?:`{3,}|~{3,})[^`]*$/;
const closingFence = /^(?:`{3,}|~{3,})$/;

/**
 * Without a fence around the markers, one around each text inside them is the reply's own and goes. Not for Markdown,
 * where it may be the text itself.
 */
function unfencedParts(block: RawBlock): { readonly body: readonly string[]; readonly replacement: readonly string[]; readonly tolerances: readonly string[] } {
  const parts = [block.body, block.replacement].filter((part) => part.some((line) => line.trim() !== ''));
  const wrapped = parts.every((part) => fence.test((part[0] ?? '').trim()) && part.length > 1 && closingFence.test((part[part.length - 1] ?? '').trim()));
  if (block.fenced || parts.length === 0 || !wrapped || /\.(md|mdx|markdown)$/i.test(block.path)) {
    return { body: block.body, replacement: block.replacement, tolerances: [] };
  }
  const inner = (part: readonly string[]) => (parts.includes(part) ? part.slice(1, -1) : part);
  return { body: inner(block.body), replacement: inner(block.replacement), tolerances: ['fence-inside-block'] };
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
