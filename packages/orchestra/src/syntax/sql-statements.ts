/** One SQL statement, comments blanked out. */
export interface SqlStatement {
  /** Without its closing `;`. Bodies between `$$` are left out; texts in quotes stay. */
  readonly text: string;
  /** What stood between `$$` and `$$`, comments and all. */
  readonly bodies: readonly string[];
  /** 1-based, inclusive. */
  readonly range: readonly [number, number];
}

interface Piece {
  readonly kind: 'code' | 'comment' | 'body' | 'end';
  readonly text: string;
  readonly at: number;
}

/**
 * Statements of a migration, in order; those inside `do $$ … $$` as statements of their own. Only what ends a statement is
 * understood (quotes, comments, `$tag$`), no grammar: dialects would defeat one, and the readers of it look for phrases.
 */
export function sqlStatements(text: string, firstLine = 1): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  const lineOf = linesOf(text, firstLine);
  let pieces: Piece[] = [];
  const close = (end: number): void => {
    const made = statement(pieces, end, lineOf);
    if (made !== undefined) statements.push(made, ...inner(pieces, lineOf));
    pieces = [];
  };
  for (const piece of piecesOf(text)) {
    if (piece.kind === 'end') close(piece.at);
    else pieces.push(piece);
  }
  close(text.length);
  return statements;
}

function statement(pieces: readonly Piece[], end: number, lineOf: LineOf): SqlStatement | undefined {
  const code = pieces.map(({ kind, text: part }) => (kind === 'code' ? part : kind === 'body' ? ' $$ ' : ' ')).join('');
  const first = pieces.find(({ kind, text: part }) => kind === 'code' && part.trim() !== '');
  if (first === undefined) return undefined;
  const start = first.at + (first.text.length - first.text.trimStart().length);
  return { text: code.trim(), bodies: pieces.filter(({ kind }) => kind === 'body').map(({ text: body }) => body), range: [lineOf(start), lineOf(end)] };
}

/** The body of a `do` runs where it stands; that of a function only when it is called. */
function inner(pieces: readonly Piece[], lineOf: LineOf): readonly SqlStatement[] {
  const first = pieces.find(({ kind, text: part }) => kind === 'code' && part.trim() !== '');
  if (first === undefined || !/^\s*do\b/i.test(first.text)) return [];
  return pieces.filter(({ kind }) => kind === 'body').flatMap((body) => sqlStatements(body.text, lineOf(body.at)));
}

type LineOf = (offset: number) => number;

/** Asked of every statement, and a dump holds hundreds of thousands: the line ends are looked for once. */
function linesOf(text: string, firstLine: number): LineOf {
  const ends: number[] = [];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) ends.push(at);
  return (offset) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}

const opening = /--|\/\*|'|"|\$[A-Za-z_]*\$|;/g;

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const code = (to: number): void => {
    if (to > from) pieces.push({ kind: 'code', text: text.slice(from, to), at: from });
    from = to;
  };
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const [mark] = match;
    const end = endOf(text, mark, match.index);
    opening.lastIndex = end;
    if (mark === "'" || mark === '"') continue;
    code(match.index);
    const kind = mark === ';' ? 'end' : mark.startsWith('$') ? 'body' : 'comment';
    const inside = kind === 'body' ? text.slice(match.index + mark.length, Math.max(match.index + mark.length, end - mark.length)) : text.slice(match.index, end);
    pieces.push({ kind, text: inside, at: kind === 'body' ? match.index + mark.length : match.index });
    from = end;
  }
  code(text.length);
  return pieces;
}

/** Where what a mark opens ends; at the end of the text for what is never closed. */
function endOf(text: string, mark: string, at: number): number {
  if (mark === ';') return at + 1;
  const closing = mark === '--' ? '\n' : mark === '/*' ? '*/' : mark;
  const found = text.indexOf(closing, at + mark.length);
  return found === -1 ? text.length : found + closing.length;
}
