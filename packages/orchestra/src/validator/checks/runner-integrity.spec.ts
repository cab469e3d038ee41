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
