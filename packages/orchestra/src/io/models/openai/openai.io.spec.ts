import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenAiSettings, openAiSettingsSchema } from '../../../model';
import type { ModelReply, ModelRequest } from '../../ports';
import { type Answer, type ChatServer, chatServer, event, fails, json, says } from '../../testing/chat-server';
import { recordReplies } from '../record-replies';
import { createReplayModel } from '../replay';
import { createOpenAiModel, type OpenAiOptions } from './openai';

const key = 'sk-planted-0123456789abcdef';
const request: ModelRequest = { goalId: 'leak', taskId: 'w1-backend', round: 1, prompt: 'Fix it, please.', files: { 'src/a.ts': 'blob-a' } };
const reply = 'status: edits\nsummary: a reply of some length, in several pieces\n\nEND OF REPLY\n';

let root: string;
let server: ChatServer;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'openai-'));
});
afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

interface Told {
  readonly steps: string[];
  readonly notes: string[];
  readonly slept: number[];
}

function modelFor(told: Told, settings: Partial<Record<keyof OpenAiSettings, unknown>> = {}, more: Partial<OpenAiOptions> = {}) {
  return createOpenAiModel(root, {
    settings: openAiSettingsSchema.parse({ model: 'm', timeoutSeconds: 5, idleSeconds: 5, ...settings }),
    environment: { OPENAI_API_KEY: key, OPENAI_BASE_URL: server.url },
    progress: { step: (text) => void told.steps.push(text), note: (text) => void told.notes.push(text) },
    waiting: { now: () => Date.parse('2026-01-01T00:00:00Z'), random: () => 0, sleep: async (milliseconds) => void told.slept.push(milliseconds) },
    ...more,
  });
}

/** Asks once; whatever was said, written or thrown on the way must not hold the key. */
async function ask(answers: readonly Answer[], settings?: Partial<Record<keyof OpenAiSettings, unknown>>, more?: Partial<OpenAiOptions>): Promise<Told & { readonly outcome: ModelReply | Error }> {
  server = await chatServer(...answers);
  const told: Told = { steps: [], notes: [], slept: [] };
  const outcome = await modelFor(told, settings, more).ask(request).catch((error: Error) => error);
  const said = outcome instanceof Error ? `${outcome.message}\n${outcome.stack ?? ''}\n${JSON.stringify(outcome)}` : JSON.stringify(outcome);
  expect([said, ...told.steps, ...told.notes, ...written()].join('\n')).not.toContain(key);
  return { ...told, outcome };
}

function written(): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** Only local state: nothing that git would see. */
function onlyLocal(): void {
  expect(readdirSync(root).filter((name) => name !== '.orchestra')).toEqual([]);
}

describe('a reply', () => {
  it.each([['streamed', true], ['in one piece', false]])('%s comes back with its model and tokens', async (_how, stream) => {
    const { outcome, steps } = await ask([says(reply)], { stream });
    expect(outcome).toEqual({ kind: 'reply', text: reply, model: 'served', tokens: { input: 100, output: 20 } });
    expect(server.seen[0]).toMatchObject({ path: '/v1/chat/completions', prompt: request.prompt, headers: { authorization: `Bearer ${key}` }, body: stream ? { stream: true, model: 'm' } : { model: 'm' } });
    expect(steps).toEqual(['w1-backend: round 1 took 100 + 20 tokens; the goal so far 120 tokens']);
    onlyLocal();
  });

  it('is understood in the other form as well, whatever was asked for', async () => {
    const whole = json({ model: 'served', choices: [{ message: { content: reply }, finish_reason: 'stop' }] });
    expect((await ask([whole])).outcome).toMatchObject({ text: reply });
    await server.close();
    rmSync(join(root, '.orchestra'), { recursive: true });
    const pieces: Answer = (response, seen) => says(reply)(response, { ...seen, body: { stream: true } });
    expect((await ask([pieces], { stream: false })).outcome).toMatchObject({ text: reply });
  });

  it('that is long is announced at each doubling and no oftener', async () => {
    const { steps } = await ask([says('x'.repeat(9000))]);
    expect(steps.filter((step) => step.includes('receiving')).map((step) => /(\d+) thousand/.exec(step)?.[1])).toEqual(['1', '2', '4', '8']);
  });

  it('carries what the configuration says about the model, and the headers of the organisation', async () => {
    server = await chatServer(says(reply));
    const told: Told = { steps: [], notes: [], slept: [] };
    await modelFor(told, { organization: 'org-1', project: 'proj-1', headers: { 'X-Team': 'crm' }, temperature: 0, models: { m: { maxOutputTokens: 900, reasoningEffort: 'high', parameters: { seed: 7 } } } },
      { environment: { OPENAI_API_KEY: key, OPENAI_BASE_URL: server.url, OPENAI_CUSTOM_HEADERS: 'X-Gateway: eu' } }).ask(request);
    expect(server.seen[0]?.headers).toMatchObject({ 'openai-organization': 'org-1', 'openai-project': 'proj-1', 'x-team': 'crm', 'x-gateway': 'eu' });
    expect(server.seen[0]?.body).toMatchObject({ max_completion_tokens: 900, temperature: 0, reasoning_effort: 'high', seed: 7 });
  });

  it('is asked of the model that the specialist names', async () => {
    server = await chatServer(says(reply));
    await modelFor({ steps: [], notes: [], slept: [] }).ask({ ...request, model: 'small' });
    expect(server.seen[0]?.body['model']).toBe('small');
  });

  it('is recorded on demand, and replay gives the same one', async () => {
    server = await chatServer(says(reply));
    const recorded = await recordReplies(root, modelFor({ steps: [], notes: [], slept: [] })).ask(request);
    const replayed = await createReplayModel(root, { strict: true }).ask(request);
    expect(replayed).toEqual({ kind: 'reply', text: reply, model: 'served' });
    expect(recorded).toMatchObject(replayed);
    onlyLocal();
    expect(readdirSync(join(root, '.orchestra/recordings/leak'))).toEqual(['w1-backend.1.json', 'w1-backend.1.md']);
  });
});

describe('a server that fails', () => {
  const final: readonly (readonly [string, Answer, RegExp, 'input' | 'world'])[] = [
    ['401', fails(401, `Incorrect API key provided: ${key}. Find yours at the site.`), /does not accept the key \(401\)\. Check OPENAI_API_KEY[\s\S]*provided: \[redacted\]/, 'input'],
    ['403', fails(403, 'Country not supported'), /may not use "m".*\(403\)[\s\S]*Country/, 'input'],
    ['404 for the model', fails(404, 'The model `m` does not exist', {}, { code: 'model_not_found' }), /knows no model "m" \(404\)\. Check openai\.model/, 'input'],
    ['no quota', fails(429, 'You exceeded your current quota', {}, { code: 'insufficient_quota' }), /no quota left/, 'world'],
    ['a prompt that is too long', fails(400, "This model's maximum context length is 8192 tokens", {}, { code: 'context_length_exceeded' }), /lower budgets\.contextTokens/, 'input'],
    ['an HTML page with 200', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'), /response of type "text\/html"\. Check OPENAI_BASE_URL/, 'world'],
    ['a wrong content type', (response) => void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x'), /type "application\/octet-stream"/, 'world'],
    ['no content type', (response) => void response.writeHead(200).end('x'), /without a content type/, 'world'],
    ['JSON that is none', (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": ['), /says it is JSON and is not/, 'world'],
    ['an error inside a 200', json({ error: { message: 'upstream is down' } }), /error where the reply should be.*upstream is down/, 'world'],
    ['a list', json([1, 2]), /another format/, 'world'],
    ['a redirect', (response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end(), /redirects to another address/, 'world'],
    ['a huge reply', (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const piece = event({ choices: [{ index: 0, delta: { content: 'x'.repeat(60_000) } }] });
      const more = (): void => { while (response.writable && !response.destroyed && response.write(piece)); if (!response.destroyed) response.once('drain', more); };
      more();
    }, /longer than any reply/, 'world'],
    ['a line without end', (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const more = (): void => { while (!response.destroyed && response.write('data: '.padEnd(60_000, 'x'))); if (!response.destroyed) response.once('drain', more); };
      more();
    }, /longer than any reply/, 'world'],
  ];
  it.each(final)('with %s is told once, in words, and not asked again', async (_what, answer, message, kind) => {
    const { outcome, slept } = await ask([answer]);
    expect(outcome).toMatchObject({ kind, message: expect.stringMatching(message) });
    expect((outcome as Error).message).toMatch(/^w1-backend: [\s\S]*Nothing was written/);
    expect([server.seen.length, slept]).toEqual([1, []]);
    onlyLocal();
  });

  it('with 429 and Retry-After is given that time, then asked again', async () => {
    const { outcome, slept, steps } = await ask([fails(429, 'slow down', { 'retry-after': '20' }), fails(429, 'slow down', { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }), fails(429, 'x', { 'retry-after-ms': '15' }), says(reply)]);
    expect(outcome).toMatchObject({ text: reply });
    expect(slept).toEqual([20_000, 7000, 15]);
    expect(steps[0]).toMatch(/too many requests \(429\).*Asking again in 20 s \(1 of 5\)/);
  });

  it('with 429 and no Retry-After is asked again after twice the time each', async () => {
    const { outcome, slept } = await ask([fails(429, 'x'), fails(429, 'x'), fails(429, 'x'), says(reply)]);
    expect([outcome, slept]).toMatchObject([{ text: reply }, [500, 1000, 2000]]);
  });

  it('that wants a longer pause than allowed is not waited for', async () => {
    const { outcome, slept } = await ask([fails(429, 'x', { 'retry-after': '3600' })]);
    expect(outcome).toMatchObject({ kind: 'world', message: expect.stringMatching(/pause of 3600 s, longer than openai\.longestWaitSeconds[\s\S]*same command again/) });
    expect(slept).toEqual([]);
  });

  it('with a storm of 500 recovers; for ever, it is given up after the allowed retries', async () => {
    expect((await ask([fails(500, 'x'), fails(502, 'x'), fails(503, 'x'), says(reply)])).outcome).toMatchObject({ text: reply });
    await server.close();
    rmSync(join(root, '.orchestra'), { recursive: true });
    const { outcome, slept } = await ask([fails(500, 'always')], { retries: 3 });
    expect(outcome).toMatchObject({ kind: 'world', message: expect.stringMatching(/failed \(500\)\. The server said: always \(asked 4 times\)/) });
    expect([server.seen.length, slept]).toEqual([4, [500, 1000, 2000]]);
  });

  it.each<[string, Answer, RegExp, object]>([
    ['never answers', () => undefined, /did not finish its answer within 0\.15 s.*asked 2 times/, { timeoutSeconds: 0.15 }],
    ['stands still in the middle', (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).write(event({ choices: [{ delta: { content: 'half' } }] })), /stood still for 0\.1 s.*asked 2 times/, { idleSeconds: 0.1 }],
    ['drips for ever', (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => response.write(event({ choices: [{ delta: { content: '.' } }] })), 5);
      response.on('close', () => clearInterval(timer));
    }, /within 0\.2 s.*asked 2 times/, { timeoutSeconds: 0.2 }],
    ['does not finish an error', (response) => void response.writeHead(500, { 'content-type': 'application/json' }).write('{"error'), /within 0\.15 s/, { timeoutSeconds: 0.15 }],
  ])('that %s is given up in bounded time, after one more try', async (_what, answer, message, settings) => {
    const began = performance.now();
    const { outcome } = await ask([answer], settings);
    expect(outcome).toMatchObject({ kind: 'world', message: expect.stringMatching(message) });
    // The default patience is minutes; a loaded machine is given some of that.
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(server.seen).toHaveLength(2);
  });

  const cut: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(event({ choices: [{ delta: { content: 'status: edits\n' } }] }), () => response.destroy());
  };
  const ended: Answer = (response) => void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(event({ choices: [{ delta: { content: 'status: edits\n' } }] }));
  it.each([['cut off', cut], ['ended without its end', ended], ['empty choices', json({ choices: [] })], ['no choices', json({ id: 'x' })]])('with a reply that is %s is asked again, and given up in the end', async (_what, answer) => {
    const recovered = await ask([answer, says(reply)]);
    expect(recovered.outcome).toMatchObject({ text: reply });
    await server.close();
    rmSync(join(root, '.orchestra'), { recursive: true });
    expect((await ask([answer], { retries: 2 })).outcome).toMatchObject({ kind: 'world', message: expect.stringMatching(/asked 3 times/) });
    onlyLocal();
  });

  it('that is not there is named, and asked as often as any other', async () => {
    server = await chatServer(says(reply));
    const { url } = server;
    await server.close();
    const told: Told = { steps: [], notes: [], slept: [] };
    await expect(modelFor(told, { retries: 1 }, { environment: { OPENAI_API_KEY: key, OPENAI_BASE_URL: url } }).ask(request)).rejects.toMatchObject({ kind: 'world', message: expect.stringMatching(/could not be reached \(ECONNREFUSED\).*asked 2 times/) });
  });
});

describe('a reply that is none', () => {
  it('because it was cut off at its length is handed on as unusable, and kept', async () => {
    const { outcome } = await ask([says('status: edits\n', 'length')]);
    expect(outcome).toMatchObject({ kind: 'reply', text: 'status: edits\n', unusable: expect.stringMatching(/cut off at its length limit/) });
  });

  it('because it calls a tool is handed on as unusable', async () => {
    const { outcome } = await ask([json({ choices: [{ message: { content: null, tool_calls: [{ id: '1', function: { name: 'read', arguments: '{}' } }] }, finish_reason: 'tool_calls' }] })]);
    expect(outcome).toMatchObject({ unusable: expect.stringMatching(/calls a tool/) });
  });

  it('because the model refuses is a decline', async () => {
    expect((await ask([says('', 'stop', { refusal: 'I cannot help with that.' })])).outcome).toMatchObject({ text: 'status: decline\ndecline: The model refuses: I cannot help with that.\n' });
  });

  it('because a filter stopped it ends the wave, and what came before it is not used', async () => {
    expect((await ask([says('status: edits\n', 'content_filter')])).outcome).toMatchObject({ kind: 'world', message: expect.stringMatching(/content filter of .* stopped the reply/) });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a server with quirks', () => {
  const picky = (...refused: readonly (readonly [string, string])[]): Answer => (response, seen) => {
    const [, message] = refused.find(([name]) => name in seen.body) ?? [];
    (message === undefined ? says(reply) : fails(400, message))(response, seen);
  };

  it('is learnt from its refusals, once, and remembered', async () => {
    const refusals = picky(
      ['max_completion_tokens', "Unsupported parameter: 'max_completion_tokens' is not supported, use 'max_tokens'."], ['temperature', "Unsupported value: 'temperature' does not support 0 with this model."],
      ['stream_options', 'stream_options: extra fields not permitted'], ['seed', 'Unrecognized request argument supplied: seed'], ['stream', 'Streaming is not supported'],
    );
    const settings = { maxOutputTokens: 500, temperature: 0, parameters: { seed: 1 } };
    const { outcome, notes, slept } = await ask([refusals], settings);
    expect(outcome).toMatchObject({ text: reply });
    expect([server.seen.length, slept, notes.length]).toEqual([6, [], 5]);
    expect(server.seen[5]?.body).toEqual({ model: 'm', messages: [{ role: 'user', content: request.prompt }], max_tokens: 500 });
    const again = await modelFor({ steps: [], notes: [], slept: [] }, settings).ask({ ...request, round: 2 });
    expect([again, server.seen.length]).toMatchObject([{ text: reply }, 7]);
    expect(readFileSync(join(root, '.orchestra/quirks.json'), 'utf8')).toContain('"limitName": "max_tokens"');
  });

  it('that refuses everything ends after as many steps as there are parameters', async () => {
    const { outcome } = await ask([fails(400, 'max_completion_tokens max_tokens temperature stream_options stream model messages')], { maxOutputTokens: 5, temperature: 1 });
    expect(outcome).toMatchObject({ kind: 'input', message: expect.stringMatching(/refused the request \(400\)/) });
    expect(server.seen.length).toBeLessThan(8);
  });

  it('is learnt anew when the memory is broken', async () => {
    await ask([says(reply)]);
    writeFileSync(join(root, '.orchestra/quirks.json'), '{"x": 1');
    expect(await modelFor({ steps: [], notes: [], slept: [] }).ask({ ...request, round: 2 })).toMatchObject({ text: reply });
  });
});

describe('what was paid for', () => {
  const quiet = (): Told => ({ steps: [], notes: [], slept: [] });

  it('is not asked for twice, whatever ended the first run', async () => {
    server = await chatServer(says(reply), says('another'));
    const first = await modelFor(quiet()).ask(request);
    const told = quiet();
    // No key and no server are needed for what lies there.
    const second = await modelFor(told, {}, { environment: {} }).ask(request);
    expect([second, server.seen.length]).toEqual([first, 1]);
    expect(told.steps[0]).toMatch(/paid for before.*\.orchestra\/replies\/leak\/w1-backend\.1\.jsonl/);
  });

  it('is asked for again with another prompt, another model, or when it had not arrived whole', async () => {
    server = await chatServer(says(reply));
    await modelFor(quiet()).ask(request);
    await modelFor(quiet()).ask({ ...request, prompt: 'Another.' });
    await modelFor(quiet(), { model: 'n' }).ask({ ...request, prompt: 'Another.' });
    expect(server.seen).toHaveLength(3);
    const file = join(root, '.orchestra/replies/leak/w1-backend.1.jsonl');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    for (const torn of [lines.slice(0, -1).join('\n'), lines.join('\n').slice(0, -4), '', lines[lines.length - 1] ?? '', [lines[0], '{"text":1}', lines[lines.length - 1]].join('\n')]) {
      writeFileSync(file, torn);
      const before = server.seen.length;
      expect(await modelFor(quiet(), { model: 'n' }).ask({ ...request, prompt: 'Another.' })).toMatchObject({ text: reply });
      expect(server.seen.length).toBe(before + 1);
    }
  });

  it('is counted over all runs, and a budget stops before the request that would break it', async () => {
    server = await chatServer(says(reply));
    await modelFor(quiet(), { goalTokens: 500 }).ask(request);
    expect(server.seen[0]?.body['max_completion_tokens']).toBeLessThan(500);
    await expect(modelFor(quiet(), { goalTokens: 300 }).ask({ ...request, round: 2 })).rejects.toMatchObject({
      kind: 'state', message: expect.stringMatching(/token budget of goal leak is used up: 120 of 300 tokens[\s\S]*--goalTokens[\s\S]*same command again/),
    });
    await expect(modelFor(quiet(), { taskTokens: 300 }).ask({ ...request, round: 2 })).rejects.toThrow(/budget of task w1-backend/);
    expect(await modelFor(quiet(), { taskTokens: 300 }).ask({ ...request, taskId: 'w1-test' })).toMatchObject({ text: reply });
    expect(await modelFor(quiet(), { goalTokens: 300 }, { goalTokens: 5000 }).ask({ ...request, round: 2 })).toMatchObject({ text: reply });
    expect(server.seen).toHaveLength(3);
  });

  it('is counted here when the server does not say, and a budget is not promised to two at once', async () => {
    server = await chatServer(json({ choices: [{ message: { content: 'x y z' }, finish_reason: 'stop' }] }));
    const told = quiet();
    const model = modelFor(told, { goalTokens: 280, stream: false });
    const both = await Promise.allSettled([model.ask(request), model.ask({ ...request, taskId: 'w1-test', prompt: 'y '.repeat(20) })]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(told.steps[0]).toMatch(/took about 5 \+ \d tokens/);
  });

  it('is shown in money only where a price was given', async () => {
    const { steps } = await ask([says(reply)], { currency: 'EUR', models: { m: { price: { input: 2, output: 10 } } } });
    expect(steps[0]).toMatch(/120 tokens, 0\.0004 EUR$/);
  });
});

describe('what is missing', () => {
  it('is told at once, with what would be asked and the ways to go on', async () => {
    server = await chatServer(says(reply));
    const asked = modelFor({ steps: [], notes: [], slept: [] }, { model: undefined }, { environment: { OPENAI_BASE_URL: 'ftp://me:secret@host' } }).ask(request);
    await expect(asked).rejects.toMatchObject({ kind: 'input' });
    const { message } = (await asked.catch((error: Error) => error)) as Error;
    expect(message).toMatch(/OPENAI_API_KEY is not set[\s\S]*OPENAI_BASE_URL is not[\s\S]*no model is named[\s\S]*w1-backend\.1\.prompt\.md[\s\S]*--provider=handoff/);
    expect(message).not.toContain('secret');
    expect([server.seen.length, existsSync(join(root, '.orchestra'))]).toEqual([0, false]);
  });

  it('is told when the package is not installed', async () => {
    const { outcome } = await ask([says(reply)], {}, { loadSdk: async () => { throw new (jest.requireActual<typeof import('../../../model')>('../../../model').OrchestraError)('input', 'npm i -D openai@6'); } });
    expect(outcome).toMatchObject({ message: 'npm i -D openai@6' });
  });

  it('a key with a line break in it is refused before anything is sent', async () => {
    server = await chatServer(says(reply));
    await expect(modelFor({ steps: [], notes: [], slept: [] }, {}, { environment: { OPENAI_API_KEY: 'sk-a b', OPENAI_BASE_URL: server.url } }).ask(request)).rejects.toThrow(/characters that no key has/);
    expect(server.seen).toEqual([]);
  });
});

describe('the key', () => {
  it('is taken out of a reply that repeats it, in pieces and in base64, before it is kept', async () => {
    const { outcome } = await ask([says(`a ${key} b ${Buffer.from(key).toString('base64')} c`)]);
    expect(outcome).toMatchObject({ text: 'a [redacted] b [redacted] c' });
  });
});
