/**
 * `text` between code fences that it cannot close: they are longer than any run of ticks in it. What stands inside is
 * data to whoever reads the Markdown, whatever it says.
 */
export function fenceText(text: string, info = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const ticks = '`'.repeat(longest + 1);
  // A lone CR or a Unicode line separator would begin a line in some viewers and not in others.
  const plain = text.replace(/\r\n?/g, '\n').replace(/[\u2028\u2029]/g, '\n');
  return `${ticks}${info}\n${plain}${plain.endsWith('\n') ? '' : '\n'}${ticks}`;
}
