import { outlineSql } from '../syntax/outline-sql';
import { pathAliases } from '../syntax/path-aliases';
import { linesOf, toLineFeeds } from '../syntax/source-lines';
import { isSource } from '../syntax/parse-source';
import { chunkPlainLines } from '../syntax/line-chunks';
import type { SourceSurvey, TextAt } from '../syntax/source-survey';
import { surveySource } from '../syntax/survey-source';
import { surveySql } from '../syntax/survey-sql';
import { findBugIds } from './find-bug-ids';
import { INDEX_VERSION, type FileIndex } from './file-index';
import { findComments } from './find-comments';
import { findLogPrefixes, findPhrases } from './find-phrases';
import { lineCounter, type LineOf } from './line-counter';
import { holdsPathAliases } from './path-kind';
import { WordCounter } from './word-counter';

export { INDEX_VERSION, type FileIndex } from './file-index';

/**
 * Pure and total: text that no grammar can read (broken, too deep) is indexed as plain lines.
 * @param path workspace-relative, decides the grammar only
 */
export function indexFile(path: string, text: string): FileIndex {
  const clean = toLineFeeds(text);
  const lines = linesOf(clean);
  const survey = surveyText(path, clean, lines);
  const lineOf = lineCounter(clean);
  const counter = countWords(clean, survey, lineOf);
  return {
    version: INDEX_VERSION,
    lines: lines.length,
    lengths: counter.lengths,
    postings: counter.postings(),
    sieve: counter.sieve(),
    bigrams: counter.bigrams(),
    chunks: survey.chunks.map((chunk, position) => [chunk.start, chunk.end, chunk.name, counter.chunkLengths[position] ?? 0] as const),
    definitions: definitionsOf(path, clean, survey),
    imports: survey.imports,
    aliases: holdsPathAliases(path) ? pathAliases(path, clean) : [],
    phrases: findPhrases(survey.strings, lineOf),
    logPrefixes: findLogPrefixes(survey.strings, lineOf),
    routes: survey.routes,
    mounts: survey.mounts,
    tables: survey.tables.map(({ name, line }) => [name, line] as const),
    schema: path.endsWith('.sql') ? schemaOf(path, clean) : [],
    bugIds: findBugIds(lines),
  };
}

/** A package.json defines its package's name: that is how imports of workspace packages are resolved. */
function definitionsOf(path: string, text: string, survey: SourceSurvey): FileIndex['definitions'] {
  if (!path.endsWith('package.json')) return survey.declarations.map(({ name, start, end }) => [name, start, end] as const);
  const name = packageName(text);
  return name === undefined ? [] : [[name, 1, 1]];
}

function packageName(text: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null && 'name' in manifest && typeof manifest.name === 'string' ? manifest.name : undefined;
  } catch {
    // A broken manifest names nobody.
    return undefined;
  }
}

function schemaOf(path: string, text: string): FileIndex['schema'] {
  return outlineSql(path, text).tables.map(({ name, line, created, tenantColumn, rowLevelSecurity }) => {
    return [name, line, `${created ? 'c' : ''}${tenantColumn ? 't' : ''}${rowLevelSecurity ? 'r' : ''}`] as const;
  });
}

const nothing = { declarations: [], imports: [], routes: [], mounts: [], tables: [], identifiers: [], strings: [] };

function surveyText(path: string, text: string, lines: readonly string[]): SourceSurvey {
  if (path.endsWith('.sql')) return { ...nothing, ...surveySql(text), identifiers: wholeLines(lines) };
  if (!isSource(path)) return plainSurvey(lines);
  try {
    return surveySource(path, text);
  } catch (error) {
    // Nesting too deep for a recursive parser is the file's fault, not ours: it is still worth finding by its words.
    if (error instanceof RangeError) return plainSurvey(lines);
    throw error;
  }
}

function plainSurvey(lines: readonly string[]): SourceSurvey {
  return { ...nothing, chunks: chunkPlainLines(lines), identifiers: wholeLines(lines) };
}

function wholeLines(lines: readonly string[]): readonly TextAt[] {
  let position = 0;
  return lines.map((text) => {
    const at = { text, position };
    position += text.length + 1;
    return at;
  });
}

function countWords(text: string, survey: SourceSurvey, lineOf: LineOf): WordCounter {
  const counter = new WordCounter(survey.chunks.length);
  const chunkOf = chunkLocator(survey);
  const add = (field: 'code' | 'strings' | 'comments', found: readonly TextAt[]): void => {
    for (const one of found) counter.add(field, chunkOf(lineOf(one.position)), one.text);
  };
  add('code', survey.identifiers);
  add('strings', survey.strings);
  // In SQL and plain text the whole line is already counted.
  if (survey.strings.length > 0 || survey.declarations.length > 0) add('comments', findComments(text, survey.strings));
  for (const { name, start } of survey.declarations) counter.add('definitions', chunkOf(start), name);
  return counter;
}

/** Chunks tile the file in order, so the one that holds a line is found by bisection. */
function chunkLocator({ chunks }: SourceSurvey): (line: number) => number {
  return (line) => {
    let low = 0;
    let high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((chunks[middle]?.end ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return Math.max(low, 0);
  };
}
