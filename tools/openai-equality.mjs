import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, run, sampleClone } from './bench/sample-clone.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { offlineEnvironment } from './offline-environment.mjs';

/**
 * A recorded wave on the sample CRM three times: replayed, asked of a server on loopback that streams, and of one that does not.
 * Prompts, tree, plan, records and report have to be the same but for the model's name.
 * Usage: node tools/openai-equality.mjs [goal] [--targets=typecheck,test]
 */
const goal = process.argv.slice(2).find((each) => !each.startsWith('--')) ?? 'contacts-archived-shown';
const targets = process.argv.find((each) => each.startsWith('--targets='))?.slice('--targets='.length).split(',');
const model = 'served-on-loopback';
const recordings = join(root, 'orchestra/recordings', goal);
if (!existsSync(recordings)) {
  console.error(`There are no recordings of "${goal}". Recorded: ${readdirSync(join(root, 'orchestra/recordings')).join(', ')}.`);
  process.exit(2);
}

ensureInstalled(root);
const clone = sampleClone({ linked: false });
const policy = join(clone, 'orchestra/orchestra.json');
const git = (...args) => run('git', ['-c', 'user.name=A person', '-c', 'user.email=person@example.test', ...args], { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' }).stdout;
const [tip, time] = git('log', '-1', '--format=%H %cI').trim().split(' ');
let faults = 0;

// The provider's settings stand in the policy, which is read from the base commit: its id is the one other thing that may differ.
let base = commitPolicy(true);
const replayed = await wave('replay');
tell('replay is accepted', replayed.code === 0, `${replayed.seconds} s`);
for (const stream of [true, false]) {
  if (!stream) base = commitPolicy(false);
  const asked = [];
  const server = await serve(asked);
  const served = await wave('openai', { OPENAI_BASE_URL: `http://127.0.0.1:${server.address().port}/v1`, OPENAI_API_KEY: 'a-key-of-nobody' });
  server.close();
  const what = stream ? 'streamed' : 'in one piece';
  tell(`${what}: openai is accepted`, served.code === 0, `${served.seconds} s, ${asked.length} requests, ${asked.filter((each) => each.recorded).length} prompts as recorded`);
  tell(`${what}: every request asked for that`, asked.length > 0 && asked.every((each) => each.stream === stream));
  compare(what, replayed.files, served.files);
}
process.exit(faults === 0 ? 0 : 1);

/** Always on top of the same commit and at its time: plans tell how old files are. */
function commitPolicy(stream) {
  git('reset', '--quiet', '--hard', tip);
  const settings = JSON.parse(readFileSync(policy, 'utf8'));
  writeFileSync(policy, `${JSON.stringify({ ...settings, ...(targets === undefined ? {} : { targets }), openai: { model, stream } }, undefined, 2)}\n`);
  process.env.GIT_COMMITTER_DATE = time;
  git('commit', '--quiet', '-am', `openai: stream ${stream}`, `--date=${time}`);
  delete process.env.GIT_COMMITTER_DATE;
  return git('rev-parse', 'HEAD').trim();
}

/** One whole wave, what it left, and everything put back: replies that were kept would otherwise be taken instead of asked for. */
async function wave(provider, env = {}) {
  const started = Date.now();
  const code = await nx(['g', '@aisha/orchestra:wave', `orchestra/goals/${goal}.json`, `--provider=${provider}`], env);
  const changed = git('status', '--porcelain', '-uall', '-z').split('\0').filter(Boolean).map((line) => line.slice(3)).sort();
  const prompts = readdirSync(join(clone, '.orchestra/waves', goal)).filter((name) => name.endsWith('.prompt.md')).map((name) => `.orchestra/waves/${goal}/${name}`);
  const files = new Map([...changed, ...prompts].map((path) => [path, existsSync(join(clone, path)) ? withoutModel(path) : 'deleted']));
  git('reset', '--quiet', '--hard');
  git('clean', '--quiet', '-fd');
  rmSync(join(clone, '.orchestra'), { recursive: true, force: true });
  return { code, files, seconds: Math.round((Date.now() - started) / 1000) };
}

/** `versions.model` of the report, the same line of its Markdown, and who answered in the record of the answers. */
function withoutModel(path) {
  const text = readFileSync(join(clone, path), 'utf8').replaceAll(base, '<base>');
  if (path.endsWith('/report.json')) {
    const report = JSON.parse(text);
    delete report.versions.model;
    return JSON.stringify(report);
  }
  if (path.endsWith('/report.md')) return text.replace(/^- model .*\n/m, '');
  if (path.endsWith('/packet.lock.json')) return text.replace(/^ *"model": ".*",?\n/gm, '');
  return text;
}

function compare(what, expected, actual) {
  const paths = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  const differing = paths.filter((path) => expected.get(path) !== actual.get(path));
  tell(`${what}: tree, prompts, plan, records and report are those of replay but for the model`, paths.length > 0 && differing.length === 0, differing.length === 0 ? `${paths.length} files` : differing.join(', '));
}

/** Chat Completions: for the n-th prompt of a task its n-th recorded reply. */
async function serve(asked) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (piece) => chunks.push(piece)).on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const prompt = body.messages[0].content;
      const task = /^# Task ([\w-]+):/.exec(prompt)?.[1] ?? '';
      const round = asked.filter((each) => each.task === task).length + 1;
      const { promptHash } = JSON.parse(readFileSync(join(recordings, `${task}.${round}.json`), 'utf8'));
      asked.push({ task, stream: body.stream === true, recorded: promptHash === createHash('sha256').update(prompt).digest('hex') });
      answer(response, readFileSync(join(recordings, `${task}.${round}.md`), 'utf8'), body.stream === true);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function answer(response, text, stream) {
  const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };
  if (!stream) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 'x', object: 'chat.completion', model, usage, choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] }));
    return;
  }
  const event = (part) => response.write(`data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', model, ...part })}\n\n`);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of text.match(/[\s\S]{1,40}/g) ?? []) event({ choices: [{ index: 0, delta: { content: piece } }] });
  event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
  event({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

/** Not waited for synchronously: the server answers from this process. */
function nx(args, env) {
  const program = createRequire(join(clone, 'package.json')).resolve('nx/bin/nx.js');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: clone, env: { ...process.env, ...offlineEnvironment, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function tell(what, good, detail = '') {
  faults += good ? 0 : 1;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${what}${detail === '' ? '' : ` (${detail})`}`);
}
