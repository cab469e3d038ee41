import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrchestraError } from '../model';
import { runProcess } from './run-process';

const node = process.execPath;
const env = { PATH: process.env['PATH'] ?? '' };
let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'run-process-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const run = (script: string, more: object = {}) => runProcess({ command: node, args: ['-e', script], cwd, env, ...more });

test('hands back code, both streams and takes input', async () => {
  const script = 'process.stdin.on("data", d => { process.stdout.write(d); process.stderr.write("e"); process.exitCode = 3; })';
  const result = await run(script, { input: 'héllo' });
  expect(result).toMatchObject({ code: 3, signal: null, stdout: 'héllo', stderr: 'e', timedOut: false, truncated: false });
});

test('passes arguments as they are, without a shell', async () => {
  const hostile = '$(touch owned); `touch owned` && touch owned';
  const result = await runProcess({ command: node, args: ['-e', 'console.log(process.argv[1])', hostile], cwd, env });
  expect(result.stdout.trim()).toBe(hostile);
  expect(existsSync(join(cwd, 'owned'))).toBe(false);
});

test('inherits nothing from our own environment', async () => {
  process.env['RUN_PROCESS_SPEC'] = 'secret';
  const result = await run('console.log(JSON.stringify(Object.keys(process.env)))');
  delete process.env['RUN_PROCESS_SPEC'];
  expect(JSON.parse(result.stdout)).toEqual(['PATH']);
});

test('keeps the end of an output that is too long, and says so', async () => {
  const result = await run('for (let i = 0; i < 2000; i++) console.log("line " + i)', { outputLimit: 100 });
  expect(result.stdout.length).toBe(100);
  expect(result.stdout.endsWith('line 1999\n')).toBe(true);
  expect(result.truncated).toBe(true);
});

test('ends the whole process group when the time is up', async () => {
  const grandchild = 'require("fs").writeFileSync("pid", String(process.pid)); setInterval(() => {}, 1000)';
  const script = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(grandchild)}], {stdio: "inherit"}); setInterval(() => {}, 1000)`;
  const result = await run(script, { timeoutMs: 1500 });
  expect(result).toMatchObject({ timedOut: true, code: null, signal: 'SIGKILL' });
  const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
  expect(isAlive(pid)).toBe(false);
});

test('does not wait for a child that the program left behind', async () => {
  const script = 'require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], {stdio: "inherit"}).unref(); process.exit(0)';
  const started = Date.now();
  expect((await run(script)).code).toBe(0);
  expect(Date.now() - started).toBeLessThan(25_000);
});

test('a missing program is one clear sentence of kind world', async () => {
  const attempt = runProcess({ command: 'no-such-program-here', args: [], cwd, env });
  await expect(attempt).rejects.toThrow('"no-such-program-here" could not be started: no such program');
  await attempt.catch((error) => expect(OrchestraError.is(error) && error.kind).toBe('world'));
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A killed orphan may wait for its reaper; that is dead enough.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
