/** As much of a terminal's stream as a live line needs. */
export interface LineStream {
  write(text: string): unknown;
  readonly columns?: number;
}

export interface LiveLine {
  /** Shows `text` on one line, in place of what the line showed before. */
  show(text: string): void;
  /** Takes the line away; whatever is written next begins where it stood. */
  clear(): void;
}

const eraseLine = '\r\u001b[2K';

/**
 * One line at the bottom of a terminal that others may write to at any time: Nx, the report, a stack trace. Their writes are
 * watched on every stream of `shared`, as spinners do it, so that they never land behind our text and our text never
 * erases half a line of theirs.
 */
export function createLiveLine(stream: LineStream, shared: readonly LineStream[]): LiveLine {
  const write = stream.write.bind(stream);
  let visible = false;
  let atLineStart = true;
  const clear = () => {
    if (visible) write(eraseLine);
    visible = false;
  };
  for (const each of new Set([stream, ...shared])) {
    const original = each.write.bind(each);
    each.write = (text: string, ...rest: readonly unknown[]) => {
      clear();
      atLineStart = String(text).endsWith('\n');
      return Reflect.apply(original, undefined, [text, ...rest]) as unknown;
    };
  }
  const show = (text: string) => {
    if (!atLineStart) return;
    write(`${eraseLine}${clip(text, stream.columns)}`);
    visible = true;
  };
  return { show, clear };
}

/** One column is left free: a full line would wrap, and could not be erased any more. */
function clip(text: string, columns: number | undefined): string {
  const room = (columns === undefined || columns === 0 ? 80 : columns) - 1;
  return text.length <= room ? text : room < 1 ? '' : `${text.slice(0, room - 1)}…`;
}
