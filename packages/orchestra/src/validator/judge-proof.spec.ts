import type { ProofEvidence, TestCaseRun, TestRun } from '../model';
import { classifyGreen, classifyRed, judgeProof } from './judge-proof';

const file = 'packages/api/src/contacts.spec.ts';
const production = 'packages/api/src/contacts.ts';
const id = `${file} > refuses another tenant`;
const passed: TestCaseRun = { id, file, title: 'refuses another tenant', status: 'passed' };
const failedBy = (message: string, more: { readonly assertion?: boolean; readonly stack?: string } & Partial<TestCaseRun> = {}): TestCaseRun => {
  const { assertion = false, stack = '', ...rest } = more;
  return { ...passed, status: 'failed', failure: { message, stack, assertion }, ...rest };
};
const run = (cases: readonly TestCaseRun[], more: Partial<TestRun> = {}): TestRun => ({ runner: 'jest', files: [file], cases: [...cases], suiteErrors: [], timedOut: false, tail: '', ...more });

const assertion = failedBy('expect(received).toBe(expected)\n\nExpected: 404\nReceived: 200', { assertion: true, stack: `    at Object.<anonymous> (/scratch/1/${file}:9:31)` });

describe('classifyRed', () => {
  it.each<[string, TestRun]>([
    ['an assertion', run([assertion])],
    ['an assertion beside a passing test', run([{ ...passed, id: 'other' }, assertion])],
    ['an error thrown in production code', run([failedBy(`TypeError: Cannot read properties of undefined (reading 'id')`, { stack: `    at show (/scratch/1/${production}:4:9)\n    at Object.<anonymous> (/scratch/1/${file}:9:31)` })])],
    ['an error thrown by a library that production code called', run([failedBy('ZodError: invalid', { stack: `    at parse (/scratch/1/node_modules/zod/index.js:1:1)\n    at async show (file:///scratch/1/${production}:4:9)\n    at ${file}:9:31` })])],
    ['a JSON error in production code', run([failedBy('SyntaxError: Unexpected token } in JSON at position 4', { stack: `    at JSON.parse (<anonymous>)\n    at read (${production}:4:9)` })])],
    ['a vitest frame', run([failedBy('Error: boom', { stack: ` ❯ show ${production}:4:9\n ❯ ${file}:9:31` })], { runner: 'vitest' })],
    ['a missing method reached through production code', run([failedBy('TypeError: db.scoped is not a function', { stack: `    at show (${production}:4:9)\n    at ${file}:9:3` })])],
  ])('red is %s', (_name, subject) => {
    expect(classifyRed(subject, [production])).toMatchObject({ red: true, status: 'red', tests: [id] });
  });

  it.each<[string, TestRun, string]>([
    ['a file that does not load', run([], { suiteErrors: [{ file, message: 'SyntaxError: Unexpected token' }] }), 'could not be loaded'],
    ['a suite error beside a red test', run([assertion], { suiteErrors: [{ file: 'b.spec.ts', message: 'x' }] }), 'could not be loaded'],
    ['no test at all', run([]), 'No test ran'],
    ['only skipped tests', run([{ ...passed, status: 'skipped' }]), 'skipped'],
    ['only passing tests', run([passed]), 'passes on base'],
    ['a failing hook', run([failedBy('boom', { hook: true }), assertion]), 'hook'],
    ['a call of a missing export in the test', run([failedBy('TypeError: (0 , contacts.scoped) is not a function', { stack: `    at Object.<anonymous> (${file}:9:3)` })]), 'does not exist'],
    ['a missing export wrapped in an assertion', run([failedBy('expect(received).not.toThrow()\n\nThrown: TypeError: contacts.scoped is not a function', { assertion: true, stack: `    at Object.<anonymous> (${file}:9:3)` })]), 'does not exist'],
    ['a missing module inside the test body', run([failedBy(`Cannot find module './scoped' from '${file}'`)]), 'load or syntax'],
    ['an ESM import that is not there', run([failedBy(`SyntaxError: The requested module './contacts.js' does not provide an export named 'scoped'`)]), 'load or syntax'],
    ['an error of the test itself', run([failedBy('ReferenceError: tenantB is not defined', { stack: `    at Object.<anonymous> (${file}:9:3)\n    at show (${production}:1:1)` })]), 'not thrown in production'],
    ['an error whose message forges a frame', run([failedBy(`Error: x\n    at show (${production}:4:9)`, { stack: `    at Object.<anonymous> (${file}:9:3)` })]), 'not thrown in production'],
    ['a missing export whose message forges a frame', run([failedBy(`TypeError: contacts.scoped is not a function\n    at show (${production}:4:9)`, { assertion: true, stack: `    at ${file}:9:3` })]), 'does not exist'],
    ['the existence of a function, in jest', run([failedBy('expect(received).toBe(expected) // Object.is equality\n\nExpected: "function"\nReceived: "undefined"', { assertion: true })]), 'asserting that something exists'],
    ['the existence of any function', run([failedBy('expect(received).toEqual(expected) // deep equality\n\nExpected: Any<Function>\nReceived: undefined', { assertion: true })]), 'asserting that something exists'],
    ['an instance of Function', run([failedBy('expect(received).toBeInstanceOf(expected)\n\nExpected constructor: Function\n\nReceived value has no prototype\nReceived value: undefined', { assertion: true })]), 'asserting that something exists'],
    ['the existence of a function, in node:assert', run([failedBy(`Expected values to be strictly equal:\n\n'undefined' !== 'function'\n`, { assertion: true })]), 'asserting that something exists'],
    ['the same as a difference', run([failedBy(`Expected values to be strictly equal:\n+ actual - expected\n\n+ 'undefined'\n- 'function'`, { assertion: true })]), 'asserting that something exists'],
    ['the existence of a function, in chai', run([failedBy(`AssertionError: expected 'undefined' to equal 'function'`, { assertion: true })]), 'asserting that something exists'],
    ['a failure without a word', run([{ ...passed, status: 'failed' }]), 'without saying why'],
  ])('refused is %s', (_name, subject, why) => {
    const verdict = classifyRed(subject, [production]);
    expect(verdict).toMatchObject({ red: false, status: 'refused', tests: [] });
    expect(verdict.why).toContain(why);
  });

  it('leaves a time-out to a person', () => {
    expect(classifyRed(run([failedBy('timed out', { timedOut: true })]), [production]).status).toBe('timed-out');
    expect(classifyRed(run([], { timedOut: true }), [production]).status).toBe('timed-out');
  });

  it('says so when the runner is not supported', () => {
    expect(classifyRed(run([], { runner: 'unsupported' }), [production]).status).toBe('unsupported');
  });
});

describe('classifyGreen', () => {
  it.each<[string, readonly TestRun[]]>([
    ['no run', []],
    ['one failure in one of three runs', [run([passed]), run([assertion]), run([passed])]],
    ['a red test that is skipped on head', [run([{ ...passed, status: 'skipped' }])]],
    ['a red test that is not there on head', [run([{ ...passed, id: 'other' }])]],
    ['a suite error', [run([passed], { suiteErrors: [{ file, message: 'x' }] })]],
    ['a stopped run', [run([passed], { timedOut: true })]],
  ])('is not green: %s', (_name, runs) => {
    expect(classifyGreen(runs, [id]).green).toBe(false);
  });

  it('is green when every run passes every red test', () => {
    expect(classifyGreen([run([passed]), run([passed])], [id])).toMatchObject({ green: true, timedOut: false });
  });
});

describe('judgeProof', () => {
  const proof: ProofEvidence = { testFiles: [file], base: run([assertion]), head: [run([passed]), run([passed])], productionFiles: [production] };

  it('is proved by red on base and green twice on head', () => {
    const { summary, findings } = judgeProof(proof);
    expect(findings).toEqual([]);
    expect(summary).toEqual({
      status: 'proved',
      tests: [{ id, base: 'red', head: 'passed', message: 'expect(received).toBe(expected)' }],
      headRuns: 2,
      because: expect.stringContaining('by an assertion'),
    });
  });

  it.each<[string, Partial<ProofEvidence>, string]>([
    ['a test that passes on base', { base: run([passed]) }, 'red-not-proved'],
    ['a test that fails on head', { head: [run([passed]), run([assertion])] }, 'green-not-proved'],
    ['a single run on head', { head: [run([passed])] }, 'green-not-repeated'],
    ['an unsupported runner', { base: run([], { runner: 'unsupported' }) }, 'runner-unsupported'],
    ['a time-out on base', { base: run([], { timedOut: true }) }, 'red-timed-out'],
  ])('is not proved by %s', (_name, change, rule) => {
    const { summary, findings } = judgeProof({ ...proof, ...change });
    expect(findings.map((finding) => finding.rule)).toContain(rule);
    expect(summary.status).not.toBe('proved');
  });

  it.each<[string, readonly string[]]>([
    ['prose', ['packages/api/notes.html']],
    ['data', ['packages/api/config/limits.json', 'packages/api/flags.yaml']],
    ['nothing at all', []],
  ])('is not proved by a fix that is %s', (_name, fix) => {
    const { summary, findings } = judgeProof(proof, 'bugfix', fix);
    expect(findings.map(({ rule, because }) => [rule, because])).toEqual([['red-not-proved', expect.stringContaining('no source file differs')]]);
    expect(summary.status).toBe('not-proved');
    expect(summary.because).toContain('no source file differs');
  });

  it.each(['packages/api/src/contacts.ts', 'packages/api/migrations/004.sql'])('is proved by a fix in %s, whatever lies beside it', (path) => {
    expect(judgeProof(proof, 'bugfix', ['packages/api/limits.json', path]).findings).toEqual([]);
  });
});
