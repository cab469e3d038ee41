import { OrchestraError, type OpenAiSettings } from '../../../model';
import type { ModelRequest, Progress } from '../../ports';
import type { KeptReplies, KeptReply, ReplyEnd } from '../kept-replies';
import { valueRedactor } from '../redact-values';
import type { TokenLedger } from '../token-ledger';
import { type Connection, endpointName } from './connection';
import { BrokenReply, explainFailure, type Failure, FilteredReply, quoted } from './explain-failure';
import type { Sdk } from './load-sdk';
import { createQuirkMemory, learnFrom, type Quirks } from './quirks';
import { type ReadReply, readReply } from './read-reply';
import { parametersOf, type RequestBody, requestBody } from './request-body';
import { type Waiting, waitBefore } from './wait-before';

export interface ExchangeParts {
  readonly root: string;
  readonly sdk: Sdk;
  readonly connection: Connection;
  readonly settings: OpenAiSettings;
  readonly progress: Progress;
  readonly kept: KeptReplies;
  readonly ledger: TokenLedger;
  readonly waiting: Waiting;
}

export interface Exchange {
  ask(request: ModelRequest, model: string, tokens: { readonly promptTokens: number; readonly room: number | undefined }): Promise<KeptReply>;
}

/** A reply that breaks in the middle was paid for in part each time, so it gets fewer tries than a refusal. */
const triesOfBrokenReplies = 2;

/** One question and its reply, with everything that can happen between them. */
export function createExchange(parts: ExchangeParts): Exchange {
  const { sdk, connection, settings, progress, waiting } = parts;
  const endpoint = endpointName(connection.baseUrl);
  const redact = valueRedactor([connection.apiKey, connection.organization, connection.project, ...Object.values(connection.headers)]);
  const quirkMemory = createQuirkMemory(parts.root);
  const client = new sdk.OpenAI({
    apiKey: connection.apiKey, baseURL: connection.baseUrl, organization: connection.organization ?? null, project: connection.project ?? null,
    defaultHeaders: connection.headers, maxRetries: 0, timeout: settings.timeoutSeconds * 1000, logLevel: 'off',
    // Followed, a redirect would carry the prompt to an address that nobody has named.
    fetchOptions: { redirect: 'error' },
  });
  const attempt = async (request: ModelRequest, model: string, body: RequestBody, promptTokens: number): Promise<KeptReply> => {
    const controller = new AbortController();
    const late = new sdk.APIConnectionTimeoutError();
    const timer = setTimeout(() => controller.abort(late), settings.timeoutSeconds * 1000);
    const writer = await parts.kept.begin(request, model);
    try {
      const response = await client.post('/chat/completions', { body, signal: controller.signal }).asResponse();
      const received = receiver(request, progress, redact, writer.append);
      const read = await readReply(sdk, client, response, { idleMs: settings.idleSeconds * 1000, controller, onText: received.take });
      controller.signal.throwIfAborted();
      received.flush();
      const tokens = await tokensOf(read, promptTokens);
      parts.ledger.add(request.goalId, { task: request.taskId, round: request.round, model, ...tokens.tokens, counted: tokens.counted });
      const end = endOf(read, model, tokens.tokens, redact);
      if (end.text !== undefined) writer.append(end.text);
      writer.end(end.end);
      return { ...end.end, text: received.text() + (end.text ?? '') };
    } catch (error) {
      // Where it was noticed does not matter: in the stream it looks like a quiet end, in the client like a cancelled request.
      throw controller.signal.reason === late ? late : error;
    } finally {
      clearTimeout(timer);
      controller.abort();
    }
  };
  const place = () => ({ endpoint, model: '', timeoutSeconds: settings.timeoutSeconds, idleSeconds: settings.idleSeconds, now: waiting.now(), redact });
  return {
    ask: async (request, model, { promptTokens, room }) => {
      const parameters = parametersOf(settings, model);
      let quirks = await quirkMemory.recall(`${endpoint} ${model}`);
      for (let failures = 0, broken = 0; ;) {
        const body = requestBody(model, request.prompt, parameters, quirks, room);
        try {
          return await attempt(request, model, body, promptTokens);
        } catch (error) {
          const failure = explainFailure(sdk, error, { ...place(), model });
          const learnt = failure.refusal === undefined ? undefined : learnFrom(body, failure.refusal, quirks);
          if (learnt !== undefined) {
            await quirkMemory.remember(`${endpoint} ${model}`, learnt);
            progress.note(`${model}: ${describeQuirk(quirks, learnt)} (remembered in .orchestra/quirks.json).`);
            quirks = learnt;
            continue;
          }
          failures += 1;
          broken += error instanceof BrokenReply || failure.again === 'once' ? 1 : 0;
          await waitOrGiveUp(failure, { failures, broken, request, model }, parts);
        }
      }
    },
  };
}

/** Collects the text, takes it down, and says how far it is: at each doubling, so that a log stays short. */
function receiver(request: ModelRequest, progress: Progress, redact: (text: string) => string, append: (text: string) => void) {
  const written: string[] = [];
  let length = 0;
  // A credential may come in two pieces: the end of what has arrived waits for what follows it.
  const heldBack = 512;
  let held = '';
  let announced = 1000;
  const write = (text: string): void => {
    if (text === '') return;
    written.push(text);
    append(text);
  };
  return {
    take: (piece: string): void => {
      held = redact(held + piece);
      write(held.slice(0, Math.max(0, held.length - heldBack)));
      held = held.slice(-heldBack);
      length += piece.length;
      if (length < announced) return;
      progress.step(`${request.taskId}: receiving the reply, ${announced / 1000} thousand characters so far`);
      while (announced <= length) announced *= 2;
    },
    flush: (): void => {
      write(held);
      held = '';
    },
    text: (): string => written.join(''),
  };
}

async function tokensOf(read: ReadReply, promptTokens: number): Promise<{ readonly tokens: { readonly input: number; readonly output: number }; readonly counted: 'server' | 'here' }> {
  if (read.tokens !== undefined) return { tokens: read.tokens, counted: 'server' };
  const { countTokens } = await import('gpt-tokenizer');
  return { tokens: { input: promptTokens, output: countTokens(read.text, { disallowedSpecial: new Set() }) }, counted: 'here' };
}

/** How the reply ended, and a text in place of one that the model did not write. Throws for what is no reply at all. */
function endOf(read: ReadReply, model: string, tokens: { readonly input: number; readonly output: number }, redact: (text: string) => string): { readonly end: ReplyEnd; readonly text?: string } {
  const end = { model: quoted(read.model ?? model, { redact }), tokens };
  if (!read.chose) throw new BrokenReply('the answer holds no reply (no choices)');
  if (read.streamed && read.finish === undefined) throw new BrokenReply('the reply was cut off before its end');
  if (read.refusal !== '') return { end, text: `status: decline\ndecline: The model refuses: ${quoted(read.refusal, { redact })}\n` };
  if (read.finish === 'content_filter') throw new FilteredReply();
  if (read.finish === 'length') return { end: { ...end, unusable: 'the reply was cut off at its length limit; answer with fewer and shorter edits, and no text around them' } };
  if (read.callsTool && read.text.trim() === '') return { end: { ...end, unusable: 'the reply calls a tool; there are none, answer in plain text' }, text: '(a call of a tool)\n' };
  return { end };
}

function describeQuirk(before: Quirks, after: Quirks): string {
  const left = after.leftOut.filter((name) => !before.leftOut.includes(name));
  if (left.length > 0) return `the server does not take "${left.join('", "')}", which is left out from now on`;
  return after.stream === before.stream ? `the server wants "${after.limitName}" for the longest reply` : 'the server does not stream';
}

async function waitOrGiveUp(failure: Failure, so: { readonly failures: number; readonly broken: number; readonly request: ModelRequest; readonly model: string }, { settings, waiting, progress }: ExchangeParts): Promise<void> {
  const wait = waitBefore(so.failures, failure.waitMs, waiting.random());
  const tooLong = wait > settings.longestWaitSeconds * 1000;
  const patience = failure.again !== 'never' && so.failures <= settings.retries && so.broken < (failure.again === 'once' ? 2 : triesOfBrokenReplies + 1);
  if (!patience || tooLong) {
    const often = so.failures > 1 ? ` (asked ${so.failures} times)` : '';
    const pause = failure.again !== 'never' && tooLong ? ` It asks for a pause of ${Math.ceil(wait / 1000)} s, longer than openai.longestWaitSeconds.` : '';
    throw new OrchestraError(failure.kind, `${so.request.taskId}: ${failure.message}${pause}${often}\nNothing was written. Replies that have arrived are kept: type the same command again and they are not asked for twice.`);
  }
  progress.step(`${so.request.taskId}: ${failure.message} Asking again in ${Math.ceil(wait / 1000)} s (${so.failures} of ${settings.retries}).`);
  await waiting.sleep(wait);
}
