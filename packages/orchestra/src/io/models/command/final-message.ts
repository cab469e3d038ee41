/** What an agent has to say fits in this; the rest is chatter. */
const mostHeader = 8000;
const status = /^[\s>*#`_-]*status\**\s*:\**\s*(edits|needs|question|decline)\b/i;
/** A block in the last message would be read as an edit that nobody made in the clone. */
const marker = /^\s*(?:[<>=]{6,}|`{3,}|~{3,}|END OF REPLY)/i;

/**
 * The header of a reply out of what an agent printed: from its last `status:` line on, without anything that looks like an
 * edit. An agent that forgot it is taken at its deeds: edits when there are any.
 */
export function headerFrom(output: string, hasEdits: boolean): string {
  const lines = plainOutput(output).split('\n');
  const from = lines.findLastIndex((line) => status.test(line));
  const said = from < 0 ? undefined : status.exec(lines[from] ?? '')?.[1]?.toLowerCase();
  const rest = from < 0 ? [] : lines.slice(from + 1).filter((line) => !marker.test(line));
  // Deeds go before words: whoever has changed files has answered with edits.
  const first = `status: ${hasEdits || said === undefined ? 'edits' : said}`;
  const header = [first, ...rest].join('\n').slice(0, mostHeader).trimEnd();
  return from >= 0 ? header : `${first}\nsummary: ${lastLine(lines)}`;
}

/** Without the colours of a terminal, with LF line ends. */
export function plainOutput(output: string): string {
  return output.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replace(/\r\n?/g, '\n');
}

function lastLine(lines: readonly string[]): string {
  const line = lines.filter((each) => each.trim() !== '' && !marker.test(each)).at(-1) ?? '';
  return line.replace(/[\p{Cc}]+/gu, ' ').trim().slice(0, 300) || 'the agent said nothing';
}
