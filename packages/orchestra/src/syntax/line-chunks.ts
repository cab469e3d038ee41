/** A run of lines that is worth reading on its own. 1-based inclusive. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  /** Innermost declaration or route that holds it; empty for top-level lines. */
  readonly name: string;
}

/** Slices aim at `target` lines and are cut at `most`, so that one slice never eats the packet. */
export const chunkLines = { target: 40, most: 70 } as const;

/** For text without a grammar of ours: cut at the last blank line before the target, else at the target. */
export function chunkPlainLines(lines: readonly string[], from = 1, to = lines.length, name = ''): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let start = from;
  while (start <= to) {
    const end = to - start < chunkLines.most ? to : cutBefore(lines, start);
    chunks.push({ start, end, name });
    start = end + 1;
  }
  return chunks;
}

function cutBefore(lines: readonly string[], start: number): number {
  const latest = start + chunkLines.most - 1;
  for (let line = latest; line > start + chunkLines.target / 2; line -= 1) {
    if ((lines[line - 1] ?? '').trim() === '') return line;
  }
  return start + chunkLines.target - 1;
}

/** Below this, neighbours are joined even when they are different declarations: a constant alone is no slice. */
const smallest = 12;

/** Neighbours are joined while they stay within the target and have one name, or are tiny. The tiling is kept. */
export function joinSmallChunks(chunks: readonly Chunk[]): readonly Chunk[] {
  const joined: Chunk[] = [];
  for (const chunk of chunks) {
    const last = joined.at(-1);
    if (last !== undefined && belongs(last, chunk)) joined[joined.length - 1] = { ...last, end: chunk.end, name: longer(last, chunk) };
    else joined.push(chunk);
  }
  return joined;
}

function belongs(last: Chunk, chunk: Chunk): boolean {
  const lines = chunk.end - last.start + 1;
  return lines <= smallest || (last.name === chunk.name && lines <= chunkLines.target);
}

function longer(last: Chunk, chunk: Chunk): string {
  return chunk.end - chunk.start > last.end - last.start ? chunk.name : last.name;
}
