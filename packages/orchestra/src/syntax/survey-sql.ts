import { chunkLines, chunkPlainLines, joinSmallChunks, type Chunk } from './line-chunks';
import { linesOf } from './source-lines';
import type { Declaration } from './source-survey';

const name = String.raw`(?:if\s+not\s+exists\s+|if\s+exists\s+|only\s+)*(?:"?\w+"?\.)?"?(\w+)"?`;
const definition = new RegExp(String.raw`\b(?:create|alter)\s+(?:or\s+replace\s+)?(?:table|view|function|materialized\s+view)\s+${name}`, 'gi');
const policy = new RegExp(String.raw`\b(?:create|drop)\s+policy\s+(?:if\s+exists\s+)?(?:"[^"]*"|\w+)\s+on\s+${name}`, 'gi');

export interface SqlSurvey {
  readonly chunks: readonly Chunk[];
  readonly declarations: readonly Declaration[];
  readonly tables: readonly { readonly name: string; readonly line: number }[];
}

/**
 * Migrations, read line by line. A real SQL grammar is not used: dialects and `DO $$ … EXECUTE` blocks defeat it,
 * and the hub only needs to know which statements speak of which table.
 */
export function surveySql(text: string): SqlSurvey {
  const lines = linesOf(text);
  const tables = [...matches(text, definition), ...matches(text, policy)].sort((a, b) => a.line - b.line || (a.name < b.name ? -1 : 1));
  const statements = statementChunks(lines);
  const declarations = tables.map(({ name: table, line }) => ({ name: table, start: line, end: endOf(statements, line) }));
  return { chunks: joinSmallChunks(statements.flatMap((chunk) => splitLong(lines, chunk))), declarations, tables };
}

function matches(text: string, pattern: RegExp): { name: string; line: number }[] {
  const found: { name: string; line: number }[] = [];
  let line = 1;
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    for (; from < match.index; from += 1) if (text.charCodeAt(from) === 10) line += 1;
    found.push({ name: (match[1] ?? '').toLowerCase(), line });
  }
  return found;
}

/** A statement ends at a `;` that closes a line, outside a `$$` body. */
function statementChunks(lines: readonly string[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let start = 1;
  let quoted = false;
  for (const [position, line] of lines.entries()) {
    if ((line.match(/\$\w*\$/g) ?? []).length % 2 === 1) quoted = !quoted;
    if (!quoted && /;\s*(--.*)?$/.test(line)) {
      chunks.push({ start, end: position + 1, name: '' });
      start = position + 2;
    }
  }
  return start <= lines.length ? [...chunks, { start, end: lines.length, name: '' }] : chunks;
}

function splitLong(lines: readonly string[], chunk: Chunk): readonly Chunk[] {
  return chunk.end - chunk.start < chunkLines.most ? [chunk] : chunkPlainLines(lines, chunk.start, chunk.end);
}

function endOf(chunks: readonly Chunk[], line: number): number {
  return chunks.find((chunk) => chunk.start <= line && line <= chunk.end)?.end ?? line;
}
