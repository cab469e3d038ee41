/** A path as a reply spells it, in our one spelling, and the leniencies that took. */
export interface SpelledPath {
  readonly path: string;
  readonly tolerances: readonly string[];
}

/**
 * Undoes `./` and backslashes only. Everything else that looks wrong (`..`, a leading `/`, a drive) is left standing, so
 * that `checkPath` sees it and refuses: mending it would turn an attempt to leave the workspace into an edit inside it.
 */
export function spellPath(raw: string): SpelledPath {
  const tolerances: string[] = [];
  let path = raw;
  if (path.includes('\\')) {
    path = path.replaceAll('\\', '/');
    tolerances.push('backslash-path');
  }
  if (/^(\.\/)+/.test(path)) {
    path = path.replace(/^(\.\/+)+/, '');
    tolerances.push('dot-slash-path');
  }
  return { path, tolerances };
}

const label = /^(?:file|path|filename|file name|file path|filepath)\s*[:=]\s*/i;
const longestLine = 2000;

/**
 * The path on a line of its own: bare, or inside Markdown, quotes, a comment or after `File:`. `undefined` for prose.
 *
 * @param alone nothing but a path belongs on this line (between a fence and a marker), so a name without slash or dot counts
 */
export function pathOnLine(line: string, alone: boolean): string | undefined {
  const trimmed = line.trim();
  if (trimmed.length > longestLine) return undefined;
  const quoted = trimmed.split('`').filter((_, index, all) => index % 2 === 1 && index < all.length - 1);
  if (!alone && quoted.length > 1) return undefined;
  const whole = alone && !trimmed.startsWith('`');
  const candidate = withoutNote(quoted.length === 1 && !whole ? (quoted[0] ?? '').trim() : undecorated(trimmed));
  return looksLikePath(candidate, alone) ? candidate : onlyPathIn(trimmed);
}

/** The one word of a sentence that is a path with folder and extension; `undefined` when there are several, or none. */
function onlyPathIn(line: string): string | undefined {
  const words = line.split(/\s+/).map((word) => withoutNote(undecorated(word)));
  const paths = words.filter((word) => /[/\\][^/\\]*\.[A-Za-z][A-Za-z0-9]*$/.test(word) && looksLikePath(word, false));
  return new Set(paths).size === 1 ? paths[0] : undefined;
}

/** Without list, heading, emphasis and comment marks, label, quotes. Underscores stay: they begin and end real names. */
function undecorated(line: string): string {
  const plain = withoutMarks(uncommented(line)).replace(label, '');
  return trimCharacters(withoutMarks(plain), `"'\`“”„‘’«»`, `"'\`“”„‘’«»*:,; `);
}

function uncommented(line: string): string {
  for (const [begin, end] of [['<!--', '-->'], ['/*', '*/'], ['//', '']] as const) {
    if (line.startsWith(begin)) return (line.endsWith(end) ? line.slice(begin.length, line.length - end.length) : line.slice(begin.length)).trim();
  }
  return line;
}

function withoutMarks(line: string): string {
  return trimCharacters(line.replace(/^\d{1,3}[.)]\s/, ''), '#>*- \t', '* \t');
}

/** Written as loops: patterns that look for a run at the end of a line take quadratic time on hostile lines. */
function trimCharacters(text: string, leading: string, trailing: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && leading.includes(text[from] ?? '')) from++;
  while (to > from && trailing.includes(text[to - 1] ?? '')) to--;
  return text.slice(from, to);
}

/** `src/a.ts (lines 3-9)`, `src/a.ts:3-9`: packets show paths like this, so replies copy it. */
function withoutNote(path: string): string {
  const parenthesis = path.indexOf(' (');
  return (parenthesis < 0 ? path : path.slice(0, parenthesis)).replace(/:\d+(?:[-–:]\d+)?$/, '').trim();
}

export function looksLikePath(text: string, alone: boolean): boolean {
  if (text.length > longestLine || /[<>`"|]/.test(text) || !/[\p{L}\p{N}]/u.test(text)) return false;
  if (/\s/.test(text)) return alone && /[/\\]/.test(text) && /\.[A-Za-z0-9]+$/.test(text) && !/[.,;:!?]\s/.test(text);
  return alone || /[/\\]/.test(text) || /^[\w.@-]+\.[A-Za-z][A-Za-z0-9]*$/.test(text) || /^(Dockerfile|Makefile)$/.test(text);
}

/** The path in what follows the ticks of a fence: `ts src/a.ts`, `ts:src/a.ts`, `src/a.ts`, `ts title="src/a.ts"`. */
export function pathInFenceInfo(info: string): string | undefined {
  const words = info.split(/\s+/).flatMap((word) => {
    const value = word.replace(/^\{+|\}+$/g, '').replace(/^[A-Za-z-]+=/, '').replace(/^["']|["']$/g, '');
    return [value, value.replace(/^[A-Za-z0-9+#-]+:(?![/\\])/, '')];
  });
  // A bare language name may hold a dot or a slash (`text/html`), so an extension after a name is asked for.
  return words.reverse().find((word) => /[^/\\.]\.[A-Za-z][A-Za-z0-9]*$/.test(word) && looksLikePath(word, false));
}
