import { stripVTControlCharacters } from 'node:util';

export interface NormaliseOptions {
  /** Folder for temporary files: a path below it is random as a whole. */
  readonly temp: string;
  /** Absolute folder → what to write instead, e.g. the scratch tree → ''. */
  readonly folders: ReadonlyMap<string, string>;
  /** When the run took place: only time stamps near it vary; a fixed date in an assertion is left alone. */
  readonly now: number;
}

const twoDays = 2 * 24 * 60 * 60 * 1000;

/** What differs between two runs of the same code goes, what a reader or a model needs to understand the failure stays. */
export function normaliseMessage(text: string, { temp, folders, now }: NormaliseOptions): string {
  return numberRandomIds(
    withoutFolders(stripVTControlCharacters(text).replace(/\r\n?/g, '\n'), temp, folders)
      .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g, (stamp) => (Math.abs(Date.parse(stamp) - now) < twoDays ? '<time>' : stamp))
      .replace(/\b1[5-9]\d{8}(?:\d{3})?\b/g, (stamp) => (Math.abs(Number(stamp.padEnd(13, '0')) - now) < twoDays ? '<time>' : stamp))
      // Only ports a system hands out by itself; 4001 in a message means something.
      .replace(/\b(localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0|\[?::\]?):(\d{5})\b/g, (whole, host: string, port: string) => (Number(port) >= 32768 ? `${host}:<port>` : whole))
      .replace(/\s\((?:\d+(?:\.\d+)? ?m?s)\)/g, '')
      .replace(/\(node:\d+\)/g, '(node)')
      .replace(/\bpid[ =:]+\d+/gi, 'pid <pid>')
      .replace(/\b0x[0-9a-f]{8,}\b/gi, '<address>'),
  )
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

/**
 * As `normaliseMessage`, and durations anywhere, for a program's own chatter; Jest's suites and Vitest's files, which finish in any order, are
 * sorted, Jest's failed ones last. At most the last `lines` lines.
 */
export function normaliseTail(text: string, options: NormaliseOptions, lines = 60): string {
  const normalised = sortPassedFiles(sortSuites(normaliseMessage(text, options)))
    .replace(/^Time: .*$/gm, '')
    .replace(/^ *Start at .*$/gm, '')
    .replace(/(?<![\w.])\d+(?:\.\d+)? ?(?:ms|milliseconds?|s|secs?|seconds?|mins?|minutes?)\b/g, '<duration>')
    .replace(/\bduration_ms \d+(?:\.\d+)?/g, 'duration_ms <duration>')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return normalised.split('\n').slice(-lines).join('\n').trim();
}

/** A suite's block reaches from its `PASS` or `FAIL` to the next one, or to Jest's summary. */
function sortSuites(text: string): string {
  const [before = '', ...blocks] = text.split(/^(?=(?:PASS|FAIL) )/m);
  const last = blocks.pop();
  if (last === undefined) return text;
  const end = last.search(/^(?:Summary of all failing tests|Test Suites: )/m);
  const suites = [...blocks, end < 0 ? last : last.slice(0, end)].map((block) => `${block.trimEnd()}\n`);
  const order = (block: string): string => (block.startsWith('FAIL') ? `1${block}` : `0${block}`);
  return [before, ...suites.sort((a, b) => (order(a) < order(b) ? -1 : 1)), end < 0 ? '' : `\n${last.slice(end)}`].join('');
}

/** Vitest names each file as it is done; those that passed take one line each, with a line more for each test that happened to be slow. */
function sortPassedFiles(text: string): string {
  return text.replace(/^ {3,}✓ .* \d+ ?ms\n/gm, '').replace(/(?:^ *✓ .*\(\d+ tests?\b.*(?:\n|$))+/gm, (lines) => `${lines.trimEnd().split('\n').sort().join('\n')}${lines.endsWith('\n') ? '\n' : ''}`);
}

/** Longest first, because one may lie in another. */
function withoutFolders(text: string, temp: string, folders: ReadonlyMap<string, string>): string {
  const names = [...folders.keys(), temp].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return names.reduce((rest, folder) => {
    const instead = folders.get(folder);
    if (instead === undefined) return withoutTemp(rest, folder);
    const mark = instead === '' ? '' : `${instead}/`;
    // Jest names the files it was given as a pattern: there a dot in the folder's name is escaped.
    return [`file://${folder}`, folder, escapePattern(folder)].reduce(
      // A sibling whose name begins alike is another folder.
      (changed, spelled) => changed.split(`${spelled}/`).join(mark).replace(new RegExp(`${escapePattern(spelled)}(?![\\w-]|\\.\\w)`, 'g'), () => (instead === '' ? '.' : instead)),
      rest,
    );
  }, text);
}

function escapePattern(text: string): string {
  return text.replace(/[|\\{}()[\]^$+*?.]/g, '\\$&');
}

function withoutTemp(text: string, temp: string): string {
  return text.split(`${temp}/`).map((part, index) => (index === 0 ? part : part.replace(/^[^\s'"`)\]:,]*/, '<temp>'))).join('');
}

/**
 * Random UUIDs become `<id-1>`, `<id-2>` in order of appearance, so that equal ones stay equal. One with few different digits
 * was written by hand in a fixture and is kept: it is what the assertion is about.
 */
function numberRandomIds(text: string): string {
  const names = new Map<string, string>();
  return text.replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b/gi, (id) => {
    if (new Set(id.replace(/-/g, '')).size <= 5) return id;
    const name = names.get(id) ?? `<id-${names.size + 1}>`;
    names.set(id, name);
    return name;
  });
}
