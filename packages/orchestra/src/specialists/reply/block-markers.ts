export type BlockKind = 'SEARCH' | 'CREATE' | 'DELETE' | 'RENAME';

export interface Opener {
  readonly kind: BlockKind;
  readonly indentation: string;
  /** How many `<`: the same number of `=` and `>` ends the parts, so code that holds shorter markers is only text. */
  readonly size: number;
  readonly rest: string;
  readonly decorated: boolean;
}

export interface Body {
  readonly end: number;
  readonly dividers: readonly number[];
  readonly decorated: boolean;
}

/** Matched against lines without trailing white space, and of bounded marker length: otherwise hostile replies take quadratic time. */
const openerLine = /^(\s*)(<{5,40})\s*(SEARCH|ORIGINAL|CREATE|DELETE|RENAME)\b:?(.*)$/i;
const closerLine = /^\s*>{5,40}\s*(?:(?:REPLACE|UPDATED|SEARCH|CREATE|DELETE|RENAME|END)\b.*)?$/i;

/** Markers of this many characters or fewer were not chosen to stand apart from the code, so their length may be off. */
const usualSize = 7;

/** The opening marker of a block, or `undefined` for any other line. */
export function readOpener(line: string): Opener | undefined {
  const match = openerLine.exec(line.trimEnd());
  if (match === null) return undefined;
  const [, indentation = '', marks = '', word = '', rest = ''] = match;
  const kind = word.toUpperCase();
  const decorated = word !== kind || kind === 'ORIGINAL' || !/^\s*<+ \S+( |$)/.test(line);
  return { kind: kind === 'ORIGINAL' ? 'SEARCH' : (kind as BlockKind), indentation, size: marks.length, rest: rest.trim(), decorated };
}

export function unclosed(index: number, opener: Opener): string {
  return (
    `the ${opener.kind} block that begins in line ${index + 1} of the reply has no end: the reply was cut off, or the closing line is missing, ` +
    'or the code itself holds marker lines (then use more < = > characters, the same number in all three)'
  );
}

/** The end of a block. Lengths are strict first; a wrong length is forgiven only where no longer markers were chosen. */
export function readBody(lines: readonly string[], start: number, opener: Opener): { found: Body; tolerances: readonly string[] } | undefined {
  const strict = findEnd(lines, start, opener, (length) => length === opener.size);
  if (strict !== undefined && (opener.kind !== 'SEARCH' || strict.dividers.length > 0)) return { found: strict, tolerances: [] };
  if (opener.size > usualSize) return strict && { found: strict, tolerances: [] };
  const lenient = findEnd(lines, start, opener, (length) => Math.abs(length - usualSize) <= 1);
  return lenient && { found: lenient, tolerances: ['marker-length'] };
}

function findEnd(lines: readonly string[], start: number, opener: Opener, fits: (length: number) => boolean): Body | undefined {
  const dividers: number[] = [];
  for (let index = start + 1; index < lines.length; index++) {
    const line = unindent(lines[index] ?? '', opener.indentation).trimEnd();
    const nested = readOpener(line);
    if (nested !== undefined && fits(nested.size)) return undefined;
    const marks = /^(?:=+|>+)/.exec(line)?.[0] ?? '';
    if (!fits(marks.length)) continue;
    if (marks.startsWith('>') && isCloser(line)) return { end: index, dividers, decorated: line.slice(marks.length) !== ` ${closingWord(opener.kind)}` };
    if (marks === line) dividers.push(index);
  }
  return undefined;
}

function closingWord(kind: BlockKind): string {
  return kind === 'SEARCH' ? 'REPLACE' : kind;
}

/** Any closing marker, of whatever block and length. `line` without trailing white space. */
export function isCloser(line: string): boolean {
  return closerLine.test(line);
}

export type Parts =
  | { readonly body: readonly string[]; readonly replacement: readonly string[]; readonly tolerances: readonly string[] }
  | { readonly because: string; readonly tolerances: readonly string[] };

export function splitBody(lines: readonly string[], start: number, opener: Opener, { end, dividers, decorated }: Body): Parts {
  const tolerances = [...(opener.indentation === '' ? [] : ['indented-block']), ...(opener.decorated || decorated ? ['decorated-marker'] : [])];
  const slice = (from: number, to: number) => lines.slice(from, to).map((line) => unindent(line, opener.indentation));
  if (opener.kind !== 'SEARCH') {
    const target = opener.kind === 'RENAME' && opener.rest !== '' ? [opener.rest] : [];
    const body = [...target, ...slice(start + 1, end)];
    const first = body.find((line) => line.trim() !== '');
    if (opener.kind === 'CREATE' && first === '='.repeat(opener.size)) {
      return { because: `the CREATE block that begins in line ${start + 1} of the reply begins with a divider; it holds the whole text and nothing else`, tolerances };
    }
    return { body, replacement: [], tolerances };
  }
  const [divider, ...others] = dividers;
  const where = `the SEARCH block that begins in line ${start + 1} of the reply`;
  if (divider === undefined) return { because: `${where} has no ${'='.repeat(opener.size)} line between the text to find and the text to write`, tolerances };
  if (others.length > 0) {
    return { because: `${where} has ${dividers.length} divider lines, so its two parts cannot be told apart; use more < = > characters, the same number in all three`, tolerances };
  }
  return { body: slice(start + 1, divider), replacement: slice(divider + 1, end), tolerances };
}

function unindent(line: string, indentation: string): string {
  return line.startsWith(indentation) ? line.slice(indentation.length) : line;
}
