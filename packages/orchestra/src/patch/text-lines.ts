/** One line of a file: its text without the line ending, which ending it has, and which edit of the reply wrote it. */
export interface TextLine {
  readonly text: string;
  readonly crlf: boolean;
  /** 0-based position of the edit; absent for lines the file had before. */
  readonly writtenBy?: number;
}

/** A file taken apart so that edits can be made without touching what they do not name. */
export interface TextLines {
  readonly lines: readonly TextLine[];
  readonly byteOrderMark: boolean;
  /** Whether the last line ends in a line ending: a property of the file that edits keep. */
  readonly finalNewline: boolean;
  /** The ending that new lines get: the one most lines have. */
  readonly crlf: boolean;
}

const byteOrderMark = '\ufeff';

/** `renderLines(splitLines(text)) === text` for every text. A lone CR is an ordinary character. */
export function splitLines(text: string): TextLines {
  const marked = text.startsWith(byteOrderMark);
  const body = marked ? text.slice(1) : text;
  if (body === '') return { lines: [], byteOrderMark: marked, finalNewline: true, crlf: false };
  const parts = body.split('\n');
  const finalNewline = parts[parts.length - 1] === '';
  if (finalNewline) parts.pop();
  const ended = finalNewline ? parts.length : parts.length - 1;
  const crlf = parts.slice(0, ended).filter((part) => part.endsWith('\r')).length * 2 > ended;
  // A last line without an ending gets the file's own as soon as another line comes after it.
  const lines = parts.map((part, index): TextLine =>
    index < ended && part.endsWith('\r') ? { text: part.slice(0, -1), crlf: true } : { text: part, crlf: index >= ended && crlf });
  return { lines, byteOrderMark: marked, finalNewline, crlf };
}

export function renderLines({ lines, byteOrderMark: marked, finalNewline }: TextLines): string {
  const body = lines.map((line, index) => {
    const ended = finalNewline || index < lines.length - 1;
    return ended ? `${line.text}${line.crlf ? '\r\n' : '\n'}` : line.text;
  });
  return (marked ? byteOrderMark : '') + body.join('');
}

/** A proposed text as lines, without what belongs to the file: its byte order mark, its line endings. */
export function proposedLines(text: string): readonly string[] {
  if (text === '') return [];
  const plain = plainText(text);
  return (plain.endsWith('\n') ? plain.slice(0, -1) : plain).split('\n');
}

export function plainText(text: string): string {
  return (text.startsWith(byteOrderMark) ? text.slice(1) : text).replaceAll('\r\n', '\n');
}
