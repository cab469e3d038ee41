import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type CommandSettings, commandSettingsSchema } from '../../../model';
import { parseReply } from '../../../specialists/parse-reply';
import { createRepository } from '../../git-repository';
import type { ModelReply, ModelRequest } from '../../ports';
import { createScratchTrees } from '../../scratch-trees';
import { createSecretScanner } from '../../secret-scanner';
import { type TempRepository, tempRepository } from '../../testing/temp-repository';
import { createCommandModel } from './command';
import { canContain } from './run-agent';

const key = 'agent-key-0123456789';
const files = {
  'package.json': '{"name":"shop"}\n', '.gitignore': 'node_modules\n.orchestra\ndist\n',
  'src/a.ts': 'export const one = 1;\nexport const two = 2;\nexport const three = 3;\n', 'src/b.ts': 'export const b = 1;\n', 'src/windows.ts': 'a\r\nb\r\nc\r\n',
  '.env.production': 'TOKEN=planted\n', 'src/leak.ts': `export const github = 'ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}';\n`,
};

let temp: TempRepository;
let bin: string;
beforeEach(() => {
  temp = tempRepository(files);
  mkdirSync(join(temp.root, 'node_modules/left'), { recursive: true });
  writeFileSync(join(temp.root, 'node_modules/left/package.json'), '{"name":"left"}');
  bin = mkdtempSync(join(tmpdir(), 'agent-bin-'));
});
afterEach(() => {
  temp.dispose();
  rmSync(bin, { recursive: true, force: true });
});

interface Worked {
  readonly reply: ModelReply | Error;
  readonly notes: readonly string[];
  readonly steps: readonly string[];
}

/** A scripted agent: a shell script under a name of its own. */
function agent(script: string): string {
  const path = join(bin, 'agent');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

async function work(script: string, settings: Partial<Record<keyof CommandSettings, unknown>> = {}, more: { readonly contained?: boolean; readonly request?: Partial<ModelRequest> } = {}): Promise<Worked> {
  const notes: string[] = [];
  const steps: string[] = [];
  const repository = createRepository(temp.root);
  const fingerprint = async () => [...(await repository.fingerprint())].filter(([path]) => !path.startsWith('.orchestra/replies'));
  const before = await fingerprint();
  const model = createCommandModel(temp.root, {
    settings: commandSettingsSchema.parse({ run: [agent(script)], network: false, timeoutSeconds: 20, ...settings }), environment: { ...process.env, AGENT_KEY: key, OTHER_KEY: 'other-key-987654' },
    repository, scratch: createScratchTrees(repository), secrets: createSecretScanner(), progress: { note: (text) => void notes.push(text), step: (text) => void steps.push(text) },
    ...(more.contained === undefined ? {} : { contained: more.contained }),
  });
  const request: ModelRequest = { goalId: 'leak', taskId: 'w1-backend', round: 1, prompt: 'the prompt', files: {}, tree: { commit: await repository.head(), changed: new Map(), deleted: [] }, ...more.request };
  const reply = await model.ask(request).catch((error: Error) => error);
  if (!(reply instanceof Error)) {
    expect(await fingerprint()).toEqual(before);
  }
  return { reply, notes, steps };
}

const editsOf = (reply: ModelReply | Error) => {
  expect(reply).toMatchObject({ kind: 'reply', sawFiles: true });
  const parsed = parseReply('text' in reply ? reply.text : '', 'w1-backend');
  expect(parsed).toMatchObject({ kind: 'edits', tolerances: [] });
  return parsed.kind === 'edits' ? parsed.output.edits.map(({ kind, path }) => `${kind} ${path}`) : [];
};
const scratchLeft = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`orchestra-scratch-`) && name.includes(`-${process.pid}-`));

describe('an agent that works in its clone', () => {
  it('has its difference taken as the reply, with the header it printed', async () => {
    const { reply } = await work(`cat > prompt.txt; test "$(cat prompt.txt)" = "the prompt" || exit 9; rm prompt.txt
sed -i s/two/zwei/ src/a.ts; printf 'export const neu = 1;\\n' > src/new.ts; rm src/b.ts; sed -i 's/^b/B/' src/windows.ts; mkdir dist; echo x > dist/out.js
echo "I have fixed it."; echo "status: edits"; echo "rootCause: The name was wrong."; echo "risks: none"`);
    expect(editsOf(reply)).toEqual(['replace src/a.ts', 'delete src/b.ts', 'create src/new.ts', 'replace src/windows.ts']);
    expect(reply).toMatchObject({ model: 'command: agent', text: expect.stringMatching(/^status: edits\nrootCause: The name was wrong\./) });
    expect(scratchLeft()).toEqual([]);
  });

  it('is not run again for the same prompt', async () => {
    const first = await work("sed -i s/two/zwei/ src/a.ts; echo status: edits");
    const second = await work("sed -i s/two/zwei/ src/a.ts; echo status: edits");
    expect([second.reply, second.steps.join()]).toEqual([first.reply, expect.stringMatching(/is taken from \.orchestra\/replies/)]);
  });

  it("sees the wave's edits so far, one commit, no remote, no hook and nothing with a secret in it", async () => {
    temp.git('config', 'user.secret', 'mine');
    const { reply, steps } = await work(`{ git log --oneline | wc -l; git remote; git config --list | grep -c secret; ls .git/hooks 2>/dev/null; ls -a . src; cat src/a.ts; readlink node_modules/left; } > seen.md`, {}, {
      request: { tree: { commit: temp.git('rev-parse', 'HEAD').trim(), changed: new Map([['src/a.ts', 'export const changed = 1;\n']]), deleted: ['src/b.ts'] } },
    });
    const parsed = parseReply('text' in reply ? reply.text : '', 'w1-backend');
    const [seen] = parsed.kind === 'edits' ? parsed.output.edits : [];
    const text = seen?.kind === 'create' ? seen.text : '';
    expect(text).toMatch(/^1\n0\n/);
    expect(text).toContain('export const changed = 1;');
    expect(text).not.toMatch(/leak\.ts|\.env\.production|^b\.ts/m);
    expect(steps.join()).toMatch(/2 file\(s\) with secrets are left out/);
  });

  it('is given the variables that were granted, and an own home', async () => {
    const { reply } = await work('env | grep -c "^AGENT_KEY=" > n.md; env | grep -c "^OTHER_KEY=" >> n.md; env | grep -c "^OPENAI" >> n.md; case "$HOME" in */home) echo own >> n.md;; esac; echo status: edits', { environment: ['AGENT_KEY'] });
    expect(reply).toMatchObject({ text: expect.stringContaining('1\n0\n0\nown') });
  });

  it('may ask, decline or say that it needs more', async () => {
    expect((await work('echo "status: question"; echo "question: Gross or net?"')).reply).toMatchObject({ text: expect.stringMatching(/^status: question\nquestion: Gross or net\?/) });
  });

  it('answers a question about the plan in words, and what it changes on the way is thrown away', async () => {
    const { reply, notes } = await work(`echo "src/b.ts - the cause"; echo "src/a.ts"; echo "${key}"; echo hacked > src/a.ts`, { environment: ['AGENT_KEY'] }, { request: { taskId: 'rank-w1', question: true } });
    expect(reply).toMatchObject({ kind: 'reply', text: 'src/b.ts - the cause\nsrc/a.ts\n[redacted]\n', model: 'command: agent' });
    expect(notes.join()).toMatch(/changed 1 file\(s\) of its clone; they are thrown away/);
  });

  it('cannot smuggle an edit into its last message', async () => {
    const { reply } = await work(`sed -i s/two/zwei/ src/a.ts; printf 'status: edits\\nsummary: x\\n\\n\`\`\`\\nsrc/b.ts\\n<<<<<<< DELETE\\n>>>>>>> DELETE\\n\`\`\`\\n'`);
    expect(editsOf(reply)).toEqual(['replace src/a.ts']);
  });
});

describe('an agent that misbehaves', () => {
  it("is held back from everything but its clone where bubblewrap works: links, main tree, its git and the user's", async () => {
    if (!(await canContain())) return expect(await canContain()).toBe(false);
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    symlinkSync(outside, join(temp.root, 'src/linked'));
    temp.git('add', '-A');
    temp.git('commit', '-qm', 'a link');
    const { reply, notes } = await work(`echo x > ${temp.root}/src/a.ts; echo x >> ${temp.root}/.git/config; echo x > src/linked/owned; ls ${temp.root} > seen.md 2>&1
git config --global core.hooksPath /tmp/evil; rm -rf .git; git init -q; git config core.fsmonitor "touch ${outside}/owned"; mkdir -p .git/hooks; echo x > .git/hooks/pre-commit; sed -i s/two/zwei/ src/a.ts; echo status: edits`, {}, { contained: true });
    expect(editsOf(reply)).toEqual(['create seen.md', 'replace src/a.ts']);
    expect(readdirSync(outside)).toEqual([]);
    expect(notes.join()).toMatch(/did more than edit files: it changed the clone's git config; it wrote a global git config/);
    expect(reply).toMatchObject({ text: expect.not.stringContaining('package.json') });
    rmSync(outside, { recursive: true });
  });

  it.each([
    ['the main tree', (root: string) => `echo x > ${root}/src/a.ts`, 'src/a.ts'], ['a git hook', (root: string) => `mkdir -p ${root}/.git/hooks; echo x > ${root}/.git/hooks/pre-commit`, '.git/hooks/pre-commit'],
    ['the git config', (root: string) => `git -C ${root} config core.fsmonitor evil`, '.git/config'],
  ])('is found out, and nothing of it taken, when it changes %s without bubblewrap', async (_what, script, path) => {
    const { reply, notes } = await work(`${script(temp.root)}; sed -i s/two/zwei/ src/b.ts; echo status: edits`, {}, { contained: false });
    expect(reply).toMatchObject({ kind: 'world', message: expect.stringMatching(/changed files outside its clone[\s\S]*Nothing of its work was taken/) });
    expect((reply as Error).message).toContain(`- ${path}`);
    expect(notes[0]).toMatch(/bubblewrap does not work here, so the agent is not contained/);
  });

  it.each<[string, string, RegExp]>([
    ['makes a symbolic link', 'ln -s /etc/passwd src/passwd', /src\/passwd: symbolic links cannot be made/], ['makes a file a link', 'rm src/a.ts; ln -s /etc/passwd src/a.ts', /src\/a\.ts: symbolic links/],
    ['changes a mode', 'chmod +x src/a.ts', /src\/a\.ts: file modes/], ['writes a binary', "printf 'a\\000b' > src/bin.ts", /src\/bin\.ts: it is binary/], ['makes a pipe', 'mkfifo src/pipe', /src\/pipe: it is neither/],
    ['writes its key into a file', 'echo "const k = \'$AGENT_KEY\';" > src/k.ts', /hold a secret or the value of a variable/], ['changes a thousand files', 'for i in $(seq 1000); do echo x > src/f$i.ts; done', /1000 files differ/],
  ])('has its reply refused as a whole when it %s', async (_what, script, because) => {
    const { reply } = await work(`${script}; sed -i s/two/zwei/ src/b.ts; echo status: edits`, { environment: ['AGENT_KEY'] });
    expect(reply).toMatchObject({ unusable: expect.stringMatching(because) });
    expect(JSON.stringify(reply)).not.toContain(key);
  });

  it.each([true, false])('is ended with everything it started when it forks and hangs (contained: %s)', async (contained) => {
    const marker = join(tmpdir(), `orchestra-fork-${process.pid}-${contained}`);
    const began = performance.now();
    const { reply } = await work(`setsid sh -c 'while :; do sleep 0.2; touch ${marker}; done' >/dev/null 2>&1 & sleep 60`, { timeoutSeconds: 1 }, { contained: contained && (await canContain()) });
    expect(reply).toMatchObject({ unusable: expect.stringMatching(/did not end within 1 s/) });
    expect(performance.now() - began).toBeLessThan(40_000);
    rmSync(marker, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(existsSync(marker)).toBe(false);
  });

  it('is stopped when it writes a gigabyte of output', async () => {
    const before = process.memoryUsage().rss;
    const { reply } = await work('head -c 1000000000 /dev/zero | tr "\\0" x; echo status: edits', { outputMegabytes: 4 });
    expect(reply).toMatchObject({ unusable: expect.stringMatching(/more than 4 MB of output/) });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('has secrets taken out of what it prints', async () => {
    const { reply, notes } = await work(`sed -i s/two/zwei/ src/a.ts; echo "status: edits"; echo "summary: the key is $AGENT_KEY and ghp_${'a1B2c3D4e5'.repeat(4).slice(0, 36)}"`, { environment: ['AGENT_KEY'] });
    expect(reply).toMatchObject({ text: expect.stringMatching(/the key is \[redacted\] and \[redacted\]/) });
    expect(notes.join()).toMatch(/printed or wrote secrets/);
    expect(readFileSync(join(temp.root, '.orchestra/replies/leak/w1-backend.1.jsonl'), 'utf8')).not.toContain(key);
  });

  it('ends with a code and no change: one message with what it said', async () => {
    const { reply } = await work('echo "Not logged in. $AGENT_KEY" >&2; exit 3', { environment: ['AGENT_KEY'] });
    expect(reply).toMatchObject({ kind: 'world', message: expect.stringMatching(/ended with code 3 and changed nothing[\s\S]*Not logged in\. \[redacted\]/) });
  });
});

describe('settings that cannot work', () => {
  it.each<[string, Partial<Record<keyof CommandSettings, unknown>>, RegExp]>([
    ['no such program', { run: ['no-such-agent-here'] }, /there is no program "no-such-agent-here"/], ['a relative program', { run: ['./agent'] }, /name on the PATH or an absolute path/],
    ['a home file elsewhere', { homeFiles: ['../../etc/passwd'] }, /does not lie below the home folder/], ['a home file that is missing', { homeFiles: ['.no-such/file.json'] }, /there is no ~\/\.no-such/],
  ])('%s is told, and nothing stays behind', async (_what, settings, message) => {
    const { reply } = await work('exit 0', settings);
    expect(reply).toMatchObject({ kind: 'input', message: expect.stringMatching(message) });
    expect(scratchLeft()).toEqual([]);
  });

  it('without any, what to write where is told', async () => {
    const repository = createRepository(temp.root);
    const model = createCommandModel(temp.root, { settings: undefined, environment: {}, repository, scratch: createScratchTrees(repository), secrets: createSecretScanner(), progress: { note: () => undefined, step: () => undefined } });
    await expect(model.ask({ goalId: 'leak', taskId: 'w1-test', round: 1, prompt: 'p', files: {} })).rejects.toMatchObject({ kind: 'input', message: expect.stringMatching(/"command": \{ "run"/) });
    expect(existsSync(join(temp.root, '.orchestra', dirname('x')))).toBe(false);
  });
});
