/** Git blobs may hold CRLF; everything the hub reads, counts and shows has LF, so that both checkouts give equal bytes. */
export function toLineFeeds(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
}

/** Lines without the empty one after a final newline: `a\nb\n` has two. */
export function linesOf(text: string): readonly string[] {
  const lines = toLineFeeds(text).split('\n');
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** 1-based line of a character offset; for the few matches of a pattern, not for every token. */
export function lineOfOffset(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
