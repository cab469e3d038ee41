import { extname } from 'node:path/posix';
import type { FileTexts } from '../model';
import { isSecretPath } from '../patch/is-secret-path';
import { findCredentials, findUrlSecrets, holdsOnlyExamples } from './credential-shapes';
import { once } from './once';
import type { SecretScanner } from './ports';
import { findKeyShapes, findServiceTokens, findSignedTokens, type Span } from './token-shapes';

const replacement = '[redacted]';
/** Redacting may join two halves into something that looks like a key again; more rounds than this is an attack. */
const mostRounds = 4;

interface Message {
  readonly ruleId: string;
  readonly range: readonly [number, number];
  readonly data?: object;
}
/** Some rules look at the name: a service account's key is a `.json`. */
type Lint = (text: string, path: string) => Promise<readonly Message[]>;

/**
 * The maintained scanner over texts in memory, and a few shapes it does not know. A file that holds keys by custom
 * (`.env`, `*.pem`) counts as a secret whatever is in it.
 */
export function createSecretScanner(): SecretScanner {
  const lint = once(loadLint);
  return {
    scan: async (texts) => scanTexts(await lint(), texts),
    cut: async (path, text) => cutSource(await lint(), path, text),
    redact: async (text) => redactText(await lint(), text),
  };
}

async function loadLint(): Promise<Lint> {
  const [{ lintSource }, { rules }] = await Promise.all([import('@secretlint/core'), import('@secretlint/secretlint-rule-preset-recommend')]);
  // `secretlint-disable` in a comment is the scanned text asking not to be scanned.
  const config = { rules: rules.filter((rule) => !rule.meta.id.endsWith('filter-comments')).map((rule) => ({ id: rule.meta.id, rule })) };
  return async (content, filePath) => {
    const result = await lintSource({ source: { content, filePath, ext: extname(filePath), contentType: 'text' }, options: { config, noPhysicFilePath: true } });
    return result.messages;
  };
}

async function scanTexts(lint: Lint, texts: FileTexts): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const [path, text] of texts) {
    const count = isSecretPath(path) ? 1 : await countSecrets(lint, text, path);
    if (count > 0) found.set(path, count);
  }
  return found;
}

async function countSecrets(lint: Lint, text: string, path: string): Promise<number> {
  return (await sourceSpans(lint, text, path)).length;
}

/** More of them make a file of keys out of a source. */
const mostCut = 5;

async function cutSource(lint: Lint, path: string, text: string): Promise<string | undefined> {
  if (isSecretPath(path)) return undefined;
  const spans = await sourceSpans(lint, text, path);
  if (spans.length > mostCut || spans.some(({ start, end }) => goesOn(text.slice(start, end)))) return undefined;
  const cut = cutOut(text, merge(spans.flatMap((span) => everyPlaceOf(text, span))));
  return (await sourceSpans(lint, cut, path)).length === 0 ? cut : undefined;
}

/** A secret of several lines, or a private key whose end was not found: its lines are joined by code, and the rest of them would stay. */
function goesOn(secret: string): boolean {
  return secret.includes('\n') || (/PRIVATE KEY/.test(secret) && !/-----END [A-Z ]{4,40}-----/.test(secret));
}

/** Shorter ones are words as well. */
const shortestValue = 6;

/** The span with what hangs on to it, and wherever else its value stands by itself: a password is in a URL, and on the next line alone. */
function everyPlaceOf(text: string, { start, end }: Span): readonly Span[] {
  const secret = text.slice(start, end);
  const values = [secret, ...findCredentials(secret).map((inner) => secret.slice(inner.start, inner.end))].filter(({ length }) => length >= shortestValue);
  const tail = /^[\w+/=~-]*/.exec(text.slice(end, end + longestTail))?.[0].length ?? 0;
  return [{ start, end: end + tail }, ...values.flatMap((value) => occurrencesOf(text, value))];
}

/** No key is longer, and a line may be a megabyte. */
const longestTail = 4096;

async function sourceSpans(lint: Lint, text: string, path: string): Promise<readonly Span[]> {
  // A file with a database URL for localhost is documentation or a test: withheld, it would be missed for nothing.
  const messages = (await lint(text, path)).filter(({ ruleId, range }) => !aboutUrls.test(ruleId) || !holdsOnlyExamples(text.slice(...range)));
  return merge([...messages.flatMap((message) => spansOf(text, message)), ...findKeyShapes(text), ...findServiceTokens(text), ...findUrlSecrets(text)]);
}

const aboutUrls = /-(?:basicauth|database-connection-string)$/;

async function findSecrets(lint: Lint, text: string): Promise<readonly Span[]> {
  const messages = await lint(text, 'text.txt');
  return merge([...messages.flatMap((message) => spansOf(text, message)), ...findKeyShapes(text), ...findSignedTokens(text), ...findCredentials(text)]);
}

/** The rules report a place and the matched value; in some (AWS) the place is off, so the value is looked for as well. */
function spansOf(text: string, message: Message): readonly Span[] {
  const values = Object.values(message.data ?? {}).filter((value): value is string => typeof value === 'string' && value.length >= 8);
  return [{ start: message.range[0], end: message.range[1] }, ...values.flatMap((value) => occurrencesOf(text, value))];
}

function occurrencesOf(text: string, value: string): readonly Span[] {
  const spans: Span[] = [];
  for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) spans.push({ start, end: start + value.length });
  return spans;
}

async function redactText(lint: Lint, text: string): Promise<{ readonly text: string; readonly secrets: number }> {
  let current = text;
  let secrets = 0;
  for (let round = 0; round < mostRounds; round += 1) {
    const spans = await findSecrets(lint, current);
    if (spans.length === 0) return { text: current, secrets };
    secrets += spans.length;
    current = cutOut(current, spans);
  }
  return { text: replacement, secrets };
}

function cutOut(text: string, spans: readonly Span[]): string {
  let cut = '';
  let position = 0;
  for (const { start, end } of spans) {
    cut += text.slice(position, start) + replacement;
    position = end;
  }
  return cut + text.slice(position);
}

/** In order and without overlaps: two rules on one key are one secret. */
function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged[merged.length - 1];
    if (last !== undefined && span.start < last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}
