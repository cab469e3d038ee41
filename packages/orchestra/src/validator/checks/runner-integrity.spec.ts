import { changedFile, sampleEvidence } from '../../testing/sample-evidence';
import { runnerIntegrity } from './runner-integrity';

const spec = 'packages/api/src/a.spec.ts';
const found = (head: string, base?: string, path = spec) =>
  runnerIntegrity.judge(sampleEvidence({ changes: [changedFile(path, base, head)] })).map(({ severity, data }) => `${severity}: ${String(data['what'])}`);

describe('runner-integrity', () => {
  it.each([
    ["afterAll(() => process.exit(0));", 'process.exit()'],
    ["process['exit'](0);", 'process.exit()'],
    ['globalThis.process.reallyExit(0);', 'process.reallyExit()'],
    ["require('node:process').abort();", 'process.abort()'],
    ['process.kill(process.ppid);', 'process.kill()'],
    ['process.exit.call(process, 0);', 'process.exit()'],
    ['const { exit: leave } = process; leave(0);', 'process.exit'],
    ['const leave = process.exit; leave(0);', 'process.exit'],
    ["import { exit } from 'node:process';", 'process.exit'],
    ["process.on('exit', () => { process.exitCode = 0; });", 'process.exitCode = …'],
    ['process.send = () => true;', 'process.send = …'],
    ['expect.extend({ toBe: () => ({ pass: true, message: () => "" }) });', 'expect.extend({ toBe })'],
    ['vitest.expect.extend({ toEqual() { return { pass: true }; } });', 'expect.extend({ toEqual })'],
  ])('asks a person about %s', (text, what) => {
    expect(found(text)).toEqual([`person: ${what}`]);
  });

  it.each([
    ["jest.spyOn(process, 'exit').mockImplementation(() => undefined);"],
    ['process.exit = jest.fn();'],
    ['expect(process.exitCode).toBe(1); process.exitCode = undefined;'],
    ['expect.extend({ toBeContact: () => ({ pass: true }) });'],
    ["execFileSync(process.execPath, ['-e', 'process.exit(3)']);"],
    ['expect(process.exit).toHaveBeenCalledWith(1);'],
  ])('says nothing about %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('leaves alone what stood there before, and what is no test', () => {
    expect(found('process.exit(0); // moved\n', 'process.exit(0);\n')).toEqual([]);
    expect(found('process.exit(0); process.exit(1);', 'process.exit(0);')).toEqual(['person: process.exit()']);
    expect(found('process.exit(1);', undefined, 'packages/api/src/main.ts')).toEqual([]);
  });

  it('looks into helpers of tests', () => {
    expect(found('process.exit(0);', undefined, 'packages/api/src/testing/set-up.ts')).toEqual(['person: process.exit()']);
  });
});

describe('a test that reaches out', () => {
  const judged = (base: string, head: string, kind: 'bugfix' | 'change' = 'bugfix') => runnerIntegrity.judge(sampleEvidence({ kind, changes: [changedFile('packages/api/src/a.spec.ts', base, head)] })).map(({ rule, severity, because }) => `${rule} ${severity} ${because}`);

  it.each<[string, string, string]>([
    ['reads the source', `const text = readFileSync(join(__dirname, 'contacts.ts'), 'utf8');\n`, 'reads the source contacts.ts'],
    ['reads it through a bundler', `import text from './contacts.ts?raw';\n`, 'reads the source ./contacts.ts?raw'],
    ['mends the source', `const path = resolve('src/contacts.ts');\nwriteFileSync(path, readFileSync(path, 'utf8').replace('a', 'b'));\n`, 'rewrites the source src/contacts.ts'],
    ['writes a hook', `writeFileSync(join(hooks, 'post-checkout'), text);\n`, "reaches into git's own files (post-checkout)"],
    ['reads a key', `const key = process.env['OPENAI_API_KEY'];\n`, 'reads OPENAI_API_KEY from the environment'],
    ['reads keys by name', `const keys = ['NX_CLOUD_ACCESS_TOKEN'].map((name) => process.env[name]);\n`, 'reads NX_CLOUD_ACCESS_TOKEN from the environment'],
  ])('%s, and a person sees it', (_what, head, because) => {
    expect(judged('', head)).toEqual([`test-reaches-out person packages/api/src/a.spec.ts ${because}.`]);
    expect(judged('', head, 'change')).toEqual([`test-reaches-out warn packages/api/src/a.spec.ts ${because}.`]);
    expect(judged(head, `${head}more();\n`)).toEqual([]);
  });

  it.each<[string, string]>([
    ['a key it sets itself', `process.env.OPENAI_API_KEY = 'x';\ndelete process.env['OPENAI_API_KEY'];\n`],
    ['a fixture', `const rows = JSON.parse(readFileSync(join(__dirname, 'rows.json'), 'utf8'));\n`],
    ['a module it loads', `const { a } = await import('./contacts.ts');\nreadFileSync('x.json');\n`],
    ['a word', `it('commits to git', () => expect(commit('pre-commit')).toBe(1));\n`],
  ])('and not: %s', (_what, head) => {
    expect(judged('', head)).toEqual([]);
  });
});
