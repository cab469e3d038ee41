import * as z from '../../../model/zod';
import type { Sdk } from './load-sdk';
import { BodyTooLong, watchedBody } from './watched-body';

/** Everything is optional: the servers that call themselves compatible leave out whatever they like. */
const usageSchema = z.object({ prompt_tokens: z.number().nonnegative(), completion_tokens: z.number().nonnegative() }).nullish().catch(undefined);
const messageSchema = z.object({ content: z.string().nullish().catch(undefined), refusal: z.string().nullish().catch(undefined), tool_calls: z.array(z.unknown()).nullish().catch(undefined) });
const chunkSchema = z.object({
  model: z.string().nullish().catch(undefined),
  usage: usageSchema,
  choices: z.array(z.object({ delta: messageSchema.nullish(), message: messageSchema.nullish(), finish_reason: z.string().nullish().catch(undefined) })).nullish().catch(undefined),
  error: z.unknown().optional(),
});
type Chunk = z.infer<typeof chunkSchema>;

export interface ReadReply {
  readonly text: string;
  readonly refusal: string;
  readonly model: string | undefined;
  readonly finish: string | undefined;
  readonly callsTool: boolean;
  /** Whether the server has made any choice at all. */
  readonly chose: boolean;
  readonly streamed: boolean;
  readonly tokens: { readonly input: number; readonly output: number } | undefined;
}

/** Eight times the longest reply that today's models can give. */
export const mostReplyCharacters = 4 * 1024 * 1024;

/** The response is no reply in any format of the protocol: most often the page of a proxy, or the wrong address. */
export class NotAReply extends Error {}

const nothing: ReadReply = { text: '', refusal: '', model: undefined, finish: undefined, callsTool: false, chose: false, streamed: false, tokens: undefined };

/**
 * Reads a response whatever we asked for: some servers stream although they were not asked to, some do not although they were.
 *
 * @param onText each piece of the reply's text as it arrives
 */
export async function readReply(
  sdk: Sdk, client: InstanceType<Sdk['OpenAI']>, response: Response, options: { readonly idleMs: number; readonly controller: AbortController; readonly onText: (text: string) => void },
): Promise<ReadReply> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (response.body === null) throw new NotAReply('an empty response');
  const streamed = type === 'text/event-stream';
  const bytes = watchedBody(response.body, { idleMs: options.idleMs, lines: streamed });
  if (streamed) {
    const stream = sdk.Stream.fromSSEResponse<unknown>(new Response(ReadableStream.from(bytes), { headers: response.headers }), options.controller, client);
    let read: ReadReply = { ...nothing, streamed };
    for await (const event of stream) read = addChunk(read, event, options.onText);
    return read;
  }
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test(type)) {
    await bytes.return(undefined);
    throw new NotAReply(type === '' ? 'a response without a content type' : `a response of type "${type.slice(0, 60)}"`);
  }
  return addChunk(nothing, parseJson(await wholeText(bytes)), options.onText);
}

async function wholeText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotAReply('a response that says it is JSON and is not');
  }
}

function addChunk(read: ReadReply, event: unknown, onText: (text: string) => void): ReadReply {
  const parsed = chunkSchema.safeParse(event);
  if (!parsed.success) throw new NotAReply('a response in another format');
  const chunk = parsed.data;
  if (chunk.error !== undefined && chunk.error !== null) throw new NotAReply(`an error where the reply should be: ${JSON.stringify(chunk.error)}`);
  const choice = chunk.choices?.[0];
  const part = choice?.delta ?? choice?.message;
  const text = part?.content ?? '';
  if (text !== '') onText(text);
  if (read.text.length + text.length > mostReplyCharacters) throw new BodyTooLong();
  return {
    text: read.text + text,
    refusal: read.refusal + (part?.refusal ?? ''),
    model: read.model ?? (chunk.model || undefined),
    finish: choice?.finish_reason ?? read.finish,
    callsTool: read.callsTool || (part?.tool_calls ?? []).length > 0,
    chose: read.chose || choice !== undefined,
    streamed: read.streamed,
    tokens: tokensOf(chunk) ?? read.tokens,
  };
}

function tokensOf({ usage }: Chunk): ReadReply['tokens'] {
  return usage === undefined || usage === null ? undefined : { input: usage.prompt_tokens, output: usage.completion_tokens };
}
