import type { OrchestrationGoal } from '../model';
import { hashBigram } from './bigram-hash';
import { normalisePhrase } from './find-phrases';
import { readStackFrames, type StackFrame } from './stack-frames';
import { findCompounds, splitWords } from './split-words';

/** A goal, read once: what to look for, by kind of evidence. */
export interface GoalQuery {
  /** Stemmed word → weight; the title's words count twice. */
  readonly words: ReadonlyMap<string, number>;
  /** Stemmed words in the order they were written, title first; for adjacency. */
  readonly wordList: readonly string[];
  /** Hash of two neighbouring words → the words. */
  readonly bigrams: ReadonlyMap<string, readonly [string, string]>;
  readonly targetFiles: readonly string[];
  readonly frames: readonly StackFrame[];
  /** Paths and file names mentioned in prose, with the line when given. */
  readonly paths: readonly { readonly path: string; readonly line?: number }[];
  /** Identifiers as written: camelCase, PascalCase, snake_case, or anything in back-ticks. */
  readonly identifiers: readonly string[];
  readonly routes: readonly { readonly method?: string; readonly path: string }[];
  readonly logPrefixes: readonly string[];
  /** Quoted fragments, normalised. */
  readonly quotes: readonly string[];
  readonly bugIds: readonly string[];
  /** The whole text, normalised, to look literals up in. */
  readonly text: string;
}

/** Words beyond this add time and no precision: a pasted log repeats itself. */
const mostWords = 80;
/** Words that are read at all, and requests: a log of a megabyte says no more. */
const mostListed = 5000;
const mostRoutes = 50;

/** Nothing that is looked for is longer; each pattern below begins anew at every character of a word, and a log may hold 200 kB of base64. */
const longestRun = /\S{400}(?=\S)/g;

function inShortRuns(text: string): string {
  return text.replace(longestRun, '$& ');
}

export function readGoal(given: OrchestrationGoal): GoalQuery {
  const goal = { ...given, title: inShortRuns(given.title), description: inShortRuns(given.description), logs: inShortRuns(given.logs ?? ''), stackTrace: inShortRuns(given.stackTrace ?? '') };
  const prose = [goal.description, ...(goal.answers ?? []).flatMap(({ question, answer }) => [question, answer].map(inShortRuns))].join('\n');
  const { logs, stackTrace } = goal;
  const frames = readStackFrames([stackTrace, logs, goal.description].join('\n'));
  const all = [goal.title, prose, logs, stackTrace].join('\n');
  const [title, told] = [withoutIds(goal.title), withoutIds(prose)];
  const wordList = splitWords([title, told, withoutIds(withoutFrames(logs)), withoutIds(withoutFrames(stackTrace))].join('\n')).slice(0, mostListed);
  return {
    words: weighWords([...splitWords(title), ...findCompounds(title)], [...wordList, ...findCompounds(told)]),
    wordList,
    bigrams: new Map(wordList.slice(1).flatMap((word, before) => hashPair(wordList[before], word))),
    targetFiles: goal.targetFiles ?? [],
    frames,
    paths: findPaths(all),
    identifiers: findIdentifiers(all),
    routes: findRoutes(all),
    logPrefixes: unique(all.match(/\[[A-Z][\w .:/-]{1,40}\]/g) ?? []),
    quotes: findQuotes(`${goal.title}\n${prose}\n${logs}`),
    bugIds: unique([...(goal.bugId === undefined ? [] : [goal.bugId]), ...(all.match(/\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*-\d{1,6}\b/g) ?? [])]),
    text: normalisePhrase(all),
  };
}

function hashPair(first: string | undefined, second: string): readonly (readonly [string, readonly [string, string]])[] {
  return first === undefined || first === second ? [] : [[hashBigram(first, second), [first, second]]];
}

/** Frames speak through `frames`; as words their paths would only repeat directory names. */
function withoutFrames(text: string): string {
  return text.split('\n').filter((line) => readStackFrames(line).length === 0).join('\n');
}

const idsAndTimes = /(?<=[/"'=:])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?Z?/gi;

/** Of one record or moment, as requests and logs carry them: as words they are rare, and find seeds, fixtures and migrations of other records. An id that a person names by itself is meant. */
function withoutIds(text: string): string {
  return text.replace(idsAndTimes, ' ');
}

/** Saturating in the count, so that a long ticket does not let one common word win. */
function weighWords(title: readonly string[], words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of [...title, ...words]) counts.set(word, (counts.get(word) ?? 0) + 1);
  const weighed = [...counts].map(([word, count]) => [word, Math.sqrt(Math.min(count, 4))] as const);
  return new Map(weighed.sort((a, b) => b[1] - a[1]).slice(0, mostWords));
}

const pathPattern = /(?:[\w@.()[\]-]+\/)*[\w@()[\]-][\w@.()[\]-]*\.(?:[cm]?[jt]sx?|sql|ya?ml|json|css|sh|py|toml|conf|html)\b(?::(\d+))?/g;

function findPaths(text: string): GoalQuery['paths'] {
  const found = new Map<string, { path: string; line?: number }>();
  for (const match of text.matchAll(pathPattern)) {
    const path = match[0].replace(/:\d+$/, '');
    found.set(match[0], { path, ...(match[1] === undefined ? {} : { line: Number(match[1]) }) });
  }
  return [...found.values()];
}

function findIdentifiers(text: string): readonly string[] {
  const ticked = [...text.matchAll(/`([A-Za-z_$][\w$.]*)(?:\(\))?`/g)].map((match) => match[1] ?? '');
  const shaped = text.match(/\b(?:[a-z]+\d*(?:[A-Z][a-z0-9]*)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[a-zA-Z]+(?:_[a-zA-Z0-9]+)+)\b/g) ?? [];
  const called = [...text.matchAll(/\b([a-z]\w{3,})\(\)/g)].map((match) => match[1] ?? '');
  return unique([...ticked.flatMap((name) => name.split('.')), ...shaped, ...called]).filter((name) => name.length > 2);
}

function findRoutes(text: string): GoalQuery['routes'] {
  const found = new Map<string, { method?: string; path: string }>();
  const pattern = /(?:\b(GET|POST|PUT|PATCH|DELETE)\s+)?(?:https?:\/\/[^\s/"'`]+)?(\/[a-z][\w:.%-]*(?:\/[\w:.{}*%-]+)*)/g;
  for (const match of text.matchAll(pattern)) {
    const path = (match[2] ?? '').replace(/[.:]+$/, '');
    const before = text[match.index - 1] ?? ' ';
    const looksLikeRoute = match[1] !== undefined || path.startsWith('/api/') || (/[\s"'`(]/.test(before) && path.split('/').length > 2);
    if (!looksLikeRoute || /\.[a-z]{1,4}$/.test(path)) continue;
    found.set(`${match[1] ?? ''} ${path}`, { ...(match[1] === undefined ? {} : { method: match[1] }), path });
  }
  return [...found.values()].slice(0, mostRoutes);
}

function findQuotes(text: string): readonly string[] {
  const quoted = [...text.matchAll(/"([^"\n]{4,160})"|(?<!\w)'([^'\n]{4,160})'(?!\w)|`([^`\n]{4,160})`|“([^”\n]{4,160})”/g)];
  return unique(quoted.map((match) => normalisePhrase(match[1] ?? match[2] ?? match[3] ?? match[4] ?? ''))).filter((phrase) => phrase.includes(' '));
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
