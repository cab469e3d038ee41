import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How far each reply has come, by the first line of its prompt and its hash of occurrence. */
export interface AskedPrompt {
  readonly task: string;
  readonly prompt: string;
  /** Bodies and headers as they came, without the authorisation: what was sent away. */
  readonly sent: string;
  whole: boolean;
}

export interface ModelServer {
  readonly url: string;
  readonly asked: readonly AskedPrompt[];
  /** How many replies to the same prompt went out whole, at most. */
  mostWholeReplies(): number;
  /** Stops in the first reply of a task, before it begins or in its middle, until the connection is gone. */
  holdOnce(task: string, where: 'before' | 'middle'): void;
  /** Whether a reply is being held now. */
  holding(): boolean;
  close(): Promise<void>;
}

/** Chat Completions on loopback, streamed: one reply for each task. Paid by the reply, so it counts them. */
export async function modelServer(replies: Readonly<Record<string, string>>): Promise<ModelServer> {
  const asked: AskedPrompt[] = [];
  let hold: { readonly task: string; readonly where: 'before' | 'middle' } | undefined;
  let held = 0;
  const answer = (response: ServerResponse, entry: AskedPrompt): void => {
    const mine = hold?.task === entry.task ? hold.where : undefined;
    hold = mine === undefined ? hold : undefined;
    if (mine !== undefined) response.on('close', () => { held -= 1; });
    if (mine === 'before') return void (held += 1);
    const text = replies[entry.task] ?? 'status: decline\ndecline: nobody has scripted this task\n';
    const half = Math.floor(text.length / 2);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(chunk({ choices: [{ index: 0, delta: { content: text.slice(0, half) } }] }));
    if (mine === 'middle') return void (held += 1);
    response.write(chunk({ choices: [{ index: 0, delta: { content: text.slice(half) }, finish_reason: 'stop' }] }));
    response.write(chunk({ choices: [], usage: { prompt_tokens: 1000, completion_tokens: 100 } }));
    response.end('data: [DONE]\n\n', () => { entry.whole = true; });
  };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (piece: Buffer) => chunks.push(piece)).on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const prompt = (JSON.parse(body) as { readonly messages: readonly { readonly content: string }[] }).messages[0]?.content ?? '';
      const { authorization: _ours, ...headers } = request.headers;
      const entry = { task: taskOf(prompt), prompt, sent: `${JSON.stringify(headers)}\n${body}`, whole: false };
      asked.push(entry);
      answer(response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    mostWholeReplies: () => Math.max(0, ...asked.map((each) => asked.filter((other) => other.whole && other.prompt === each.prompt).length)),
    holdOnce: (task, where) => { hold = { task, where }; },
    holding: () => held > 0,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A question about the plan has no task; its title tells it. */
function taskOf(prompt: string): string {
  const [, task, title] = /^# (?:Task ([\w-]+):|(.*))/.exec(prompt) ?? [];
  return task ?? title ?? '';
}

const chunk = (part: object): string => `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model: 'served', ...part })}\n\n`;
