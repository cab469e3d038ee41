import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the server saw it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
  readonly prompt: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

export interface ChatServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** A server on loopback that answers its n-th request with the n-th answer, and every further one with the last. */
export async function chatServer(...answers: readonly Answer[]): Promise<ChatServer> {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as { readonly messages?: readonly { readonly content: string }[] };
      const entry = { path: request.url ?? '', headers: request.headers, body, prompt: body.messages?.[0]?.content ?? '' };
      seen.push(entry);
      const answer = answers[Math.min(seen.length, answers.length) - 1];
      if (answer === undefined) throw new Error('chatServer: no answer is scripted');
      response.on('error', () => undefined);
      void answer(response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

/** As a stream when the request asks for one, in pieces of a few characters. */
export function says(text: string, finish = 'stop', more: object = {}): Answer {
  return (response, request) => {
    if (request.body['stream'] !== true) return json({ model: 'served', usage, choices: [{ index: 0, message: { role: 'assistant', content: text, ...more }, finish_reason: finish }] })(response, request);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const piece of text.match(/[\s\S]{1,7}/g) ?? []) response.write(event({ choices: [{ index: 0, delta: { content: piece } }] }));
    response.write(event({ choices: [{ index: 0, delta: more, finish_reason: finish }] }));
    response.write(event({ choices: [], usage }));
    response.end('data: [DONE]\n\n');
  };
}

export function event(chunk: object): string {
  return `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'served', ...chunk })}\n\n`;
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

export function fails(status: number, message: string, headers: Readonly<Record<string, string>> = {}, more: object = {}): Answer {
  return json({ error: { message, type: 'error', ...more } }, status, headers);
}
