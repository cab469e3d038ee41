import type { OrchestraErrorKind } from '../../../model';
import type { Sdk } from './load-sdk';
import { mostReplyCharacters, NotAReply } from './read-reply';
import { BodyStoodStill, BodyTooLong } from './watched-body';

/** What went wrong with one request, in words that name the way out, and whether asking again can help. */
export interface Failure {
  readonly kind: OrchestraErrorKind;
  readonly message: string;
  readonly again: 'never' | 'once' | 'as-allowed';
  /** How long the server wants us to wait, from its headers. */
  readonly waitMs?: number;
  /** A refusal of the request itself: it may name a parameter that this server does not take. */
  readonly refusal?: { readonly parameter: string | undefined; readonly message: string };
}

export interface AskedPlace {
  readonly endpoint: string;
  readonly model: string;
  readonly timeoutSeconds: number;
  readonly idleSeconds: number;
  /** Milliseconds since the epoch: Retry-After may be a date. */
  readonly now: number;
  /** Takes our credentials out of what the server says. */
  readonly redact: (text: string) => string;
}

/** The reply came and ended too early, or made no choice: the server's fault, and worth another try. */
export class BrokenReply extends Error {}

/** What came before it is paid for and useless; asked again, the same prompt would meet the same filter. */
export class FilteredReply extends Error {}

export function explainFailure(sdk: Sdk, error: unknown, place: AskedPlace): Failure {
  if (error instanceof NotAReply) return never('world', `${place.endpoint} answered with ${quoted(error.message, place)}. Check OPENAI_BASE_URL: it usually ends in /v1, and nothing but the service must answer there.`);
  if (error instanceof BodyTooLong) return never('world', `The reply of ${place.model} is longer than any reply (${mostReplyCharacters / 1024 / 1024} million characters) and was given up.`);
  if (error instanceof FilteredReply) return never('world', `The content filter of ${place.endpoint} stopped the reply of ${place.model}. Say the goal in other words, or use another model.`);
  if (error instanceof BodyStoodStill) return { kind: 'world', again: 'once', message: `The reply of ${place.model} stood still for ${place.idleSeconds} s (openai.idleSeconds).` };
  if (error instanceof BrokenReply) return { kind: 'world', again: 'as-allowed', message: `${place.endpoint}: ${error.message}.` };
  if (error instanceof sdk.APIConnectionTimeoutError || error instanceof sdk.APIUserAbortError) return { kind: 'world', again: 'once', message: `${place.endpoint} did not finish its answer within ${place.timeoutSeconds} s (openai.timeoutSeconds).` };
  if (error instanceof sdk.APIConnectionError) return connectionFailure(error, place);
  if (error instanceof sdk.APIError) return ofStatus(error, place);
  return { kind: 'world', again: 'as-allowed', message: `The connection to ${place.endpoint} broke: ${quoted(messageOf(error), place)}.` };
}

type ApiFailure = InstanceType<Sdk['APIError']>;

function ofStatus(error: ApiFailure, place: AskedPlace): Failure {
  const said = ` The server said: ${quoted(bodyMessage(error), place)}`;
  const { status } = error;
  const waitMs = waitOf(error.headers, place.now);
  switch (status) {
    case undefined:
      return { kind: 'world', again: 'as-allowed', message: `${place.endpoint} broke off with an error.${said}` };
    case 401:
      return never('input', `${place.endpoint} does not accept the key (401). Check OPENAI_API_KEY, and OPENAI_BASE_URL if the key belongs to another service.${said}`);
    case 403:
      return never('input', `The key may not use "${place.model}" at ${place.endpoint} (403).${said}`);
    case 404:
      return never('input', `${place.endpoint} knows no model "${place.model}" (404). Check openai.model in orchestra/orchestra.json, or the address in OPENAI_BASE_URL: it usually ends in /v1.${said}`);
    case 429:
      return error.code === 'insufficient_quota' || error.type === 'insufficient_quota'
        ? never('world', `The account at ${place.endpoint} has no quota left (429).${said}`)
        : { kind: 'world', again: 'as-allowed', message: `${place.endpoint} has too many requests (429).${said}`, ...wait(waitMs) };
    default:
      if (status === 408 || status === 409 || status >= 500) return { kind: 'world', again: 'as-allowed', message: `${place.endpoint} failed (${status}).${said}`, ...wait(waitMs) };
      return { ...never('input', `${place.endpoint} refused the request (${status}).${lengthHint(error)}${said}`), refusal: { parameter: error.param ?? undefined, message: bodyMessage(error) } };
  }
}

function connectionFailure(error: Error, place: AskedPlace): Failure {
  const chain = [error, error.cause, error.cause instanceof Error ? error.cause.cause : undefined];
  const text = chain.map(messageOf).join(' ');
  if (/redirect/i.test(text)) return never('world', `${place.endpoint} redirects to another address. Prompts are not sent on; set OPENAI_BASE_URL to the final address.`);
  const code = chain.map((each) => (each as { readonly code?: unknown } | undefined)?.code).find((each): each is string => typeof each === 'string');
  return { kind: 'world', again: 'as-allowed', message: `${place.endpoint} could not be reached${code === undefined ? '' : ` (${code})`}. Check the network and OPENAI_BASE_URL.` };
}

function never(kind: OrchestraErrorKind, message: string): Failure {
  return { kind, message, again: 'never' };
}

function wait(waitMs: number | undefined): { readonly waitMs?: number } {
  return waitMs === undefined ? {} : { waitMs };
}

/** `Retry-After` in seconds or as a date, or the finer header that some send. */
function waitOf(headers: Headers | undefined, now: number): number | undefined {
  const fine = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(fine)) return Math.max(0, fine);
  const after = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(after)) return Number.parseFloat(after) * 1000;
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function lengthHint(error: ApiFailure): string {
  return error.code === 'context_length_exceeded' || /context.{0,20}(?:length|window)|too many tokens|maximum.{0,20}tokens/i.test(bodyMessage(error))
    ? ' The prompt is longer than this model takes: lower budgets.contextTokens, or contextTokens of the specialist, in orchestra/orchestra.json.'
    : '';
}

function bodyMessage(error: ApiFailure): string {
  const body = error.error as { readonly message?: unknown } | string | undefined;
  if (typeof body === 'string') return body;
  return typeof body?.message === 'string' ? body.message : error.message;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : error === undefined ? '' : String(error);
}

/** One line of what a stranger wrote: no credentials, no control characters, no end of it. */
export function quoted(text: string, { redact }: Pick<AskedPlace, 'redact'>): string {
  const line = redact(text).replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
