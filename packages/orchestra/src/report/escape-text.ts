/**
 * Goals, notes, test messages and file names are other people's text. Each renderer takes it through one of these, so that
 * a test name cannot draw a table row, a link or a green tick into the report, or repaint a terminal.
 */

/** Everything invisible but line feed and tab: control characters, direction overrides, zero-width joiners. */
const invisible = /(?![\n\t])[\p{Cc}\p{Cf}\u2028\u2029]/gu;
/** What paints a terminal, as a whole: without the bracket and the digits that follow the escape character. */
const paint = /(?![\n\t])\p{Cc}\[[0-9;?]*[A-Za-z]/gu;

/** One line, no control characters, no direction overrides. */
export function plainLine(text: string): string {
  return text.replace(paint, '').replace(/\s+/g, ' ').replace(invisible, '').trim();
}

/** Several lines, the same things taken out. */
export function plainBlock(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(paint, '').replace(invisible, '').trimEnd();
}

/** Running text in Markdown, where nothing of it is markup. `@` is parted from the name, so that nobody is notified. */
export function markdownText(text: string): string {
  return plainLine(text)
    .replace(/[\\`*_[\]<>|#~&]/g, (character) => (character === '<' ? '&lt;' : character === '>' ? '&gt;' : character === '&' ? '&amp;' : `\\${character}`))
    .replace(/@(?=\w)/g, '@\u2060');
}

/** Inline code that holds any text, backticks included. */
export function markdownCode(text: string): string {
  const line = plainLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const padding = line.startsWith('`') || line.endsWith('`') || line === '' ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** A fenced block whose fence is longer than any inside it. */
export function markdownBlock(text: string): string {
  const block = plainBlock(text);
  const fence = '`'.repeat(Math.max(3, longestRun(block) + 1));
  return `${fence}text\n${block}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
