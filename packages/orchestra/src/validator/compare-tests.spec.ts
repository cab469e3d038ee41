import { changedFile, samplePolicy } from '../testing/sample-evidence';
import { compareTests, type LossKind } from './compare-tests';

const path = 'packages/api/src/contacts.spec.ts';
const policy = samplePolicy();
const lossesOf = (base: string | undefined, head: string | undefined): readonly LossKind[] =>
  compareTests([changedFile(path, base, head)], policy).map((loss) => loss.kind);

const forbidden = `it('refuses another tenant', async () => {
  const response = await get('/contacts/1', tenantB);
  expect(response.status).toBe(403);
  expect(response.body).toEqual({ error: 'forbidden' });
});`;
const suite = (...tests: readonly string[]): string => `describe('contacts', () => {\n${tests.join('\n')}\n});\n`;

describe('what takes something away from a test', () => {
  it.each<[string, string | undefined, string | undefined, LossKind]>([
    ['a removed test', suite(forbidden, `it('lists', () => { expect(list()).toEqual([]); });`), suite(`it('lists', () => { expect(list()).toEqual([]); });`), 'removed'],
    ['a deleted file', suite(forbidden), undefined, 'file-deleted'],
    ['skip', suite(forbidden), suite(forbidden.replace('it(', 'it.skip(')), 'skipped'],
    ['xit', suite(forbidden), suite(forbidden.replace('it(', 'xit(')), 'skipped'],
    ['todo', suite(forbidden), suite(`it.todo('refuses another tenant');`), 'skipped'],
    ['a skipped describe', suite(forbidden), suite(forbidden).replace('describe(', 'describe.skip('), 'skipped'],
    ['an option of node:test', suite(forbidden), suite(forbidden.replace(`tenant', async`, `tenant', { skip: true }, async`)), 'skipped'],
    ['a skip at run time', suite(forbidden), suite(forbidden.replace('const response', 't.skip();\nconst response')), 'skipped'],
    ['skipIf(true)', suite(forbidden), suite(forbidden.replace('it(', 'it.skipIf(true)(')), 'skipped'],
    ['skipIf(condition)', suite(forbidden), suite(forbidden.replace('it(', 'it.skipIf(process.env.CI)(')), 'skipped-if'],
    ['an alias under a condition', suite(forbidden), `const dbIt = process.env.DB ? it : it.skip;\n${suite(forbidden.replace('it(', 'dbIt('))}`, 'skipped-if'],
    ['only on a neighbour', suite(forbidden), suite(forbidden, `it.only('x', () => { expect(a()).toBe(1); });`), 'focused'],
    ['one assertion less', suite(forbidden), suite(forbidden.replace(`expect(response.status).toBe(403);`, '')), 'fewer-assertions'],
    ['toBe turned to toBeTruthy', suite(forbidden), suite(forbidden.replace('toBe(403)', 'toBeTruthy()')), 'weaker-assertions'],
    ['one value turned to a choice', suite(forbidden), suite(forbidden.replace('expect(response.status).toBe(403)', 'expect([200, 403]).toContain(response.status)')), 'weaker-assertions'],
    ['an expected value turned to anything', suite(forbidden), suite(forbidden.replace(`'forbidden'`, 'expect.anything()')), 'weaker-assertions'],
    ['assertions drawn together with one left out', `it('a', () => { expect(f().a).toBe(1); expect(f().b).toBe(2); expect(f().c).toBe(3); });`, `it('a', () => { expect(f()).toMatchObject({ a: 1, b: 2 }); });`, 'fewer-assertions'],
    ['an assertion of literals', suite(forbidden), suite(forbidden.replace('expect(response.status).toBe(403)', 'expect(true).toBe(true)')), 'fewer-assertions'],
    ['a value compared with itself', suite(forbidden), suite(forbidden.replace('toBe(403)', 'toBe(response.status)')), 'fewer-assertions'],
    ['an early return', suite(forbidden), suite(forbidden.replace('expect(response.status)', 'return;\nexpect(response.status)')), 'fewer-assertions'],
    ['a return under a condition', suite(forbidden), suite(forbidden.replace('const response', 'if (process.env.CI) return;\nconst response')), 'skipped-if'],
    ['if (false)', suite(forbidden), suite(forbidden.replace('expect(response.body)', 'if (false) expect(response.body)')), 'fewer-assertions'],
    ['a swallowing try', suite(forbidden), suite(forbidden.replace('expect(response.status).toBe(403);', 'try { expect(response.status).toBe(403); } catch {}')), 'fewer-assertions'],
    ['a commented assertion', suite(forbidden), suite(forbidden.replace('expect(response.body)', '// expect(response.body)')), 'fewer-assertions'],
    ['a raised limit', suite(forbidden.replace(/\}\);$/, '}, 1000);')), suite(forbidden.replace(/\}\);$/, '}, 60000);')), 'timeout-raised'],
    ['a raised limit of the file', `jest.setTimeout(1000);\n${suite(forbidden)}`, `jest.setTimeout(100000);\n${suite(forbidden)}`, 'timeout-raised'],
    ['rows taken from a table', `it.each([[1], [2], [3]])('n %d', (n) => { expect(f(n)).toBe(n); });`, `it.each([[1]])('n %d', (n) => { expect(f(n)).toBe(n); });`, 'fewer-rows'],
    ['a new test that cannot fail', suite(forbidden), suite(forbidden, `it('is covered elsewhere', () => { assert.ok(true, 'see integration tests'); });`), 'tautology'],
    ['a new test without assertions', suite(forbidden), suite(forbidden, `it('runs', () => { run(); });`), 'asserts-nothing'],
    ['a new test that does not run', suite(forbidden), suite(forbidden, `it.skip('later', () => { expect(a()).toBe(1); });`), 'born-skipped'],
    ['a test that is told to fail', suite(forbidden), suite(forbidden.replace('it(', 'it.failing(')), 'skipped'],
    ['a test that fails, in vitest', suite(forbidden), suite(forbidden.replace('it(', 'it.fails(')), 'skipped'],
    ['a new test that is told to fail', suite(forbidden), suite(forbidden, `it.failing('later', () => { expect(a()).toBe(1); });`), 'born-skipped'],
    ['a table without rows', suite(forbidden), suite(forbidden.replace('it(', 'it.each([])(')), 'skipped'],
    ['a suite over a table without rows', suite(forbidden), suite(forbidden).replace('describe(', 'describe.each([])('), 'skipped'],
    ['a suite under a condition', suite(forbidden), `if (!process.env.CI) {\n${suite(forbidden)}}\n`, 'skipped-if'],
    ['a suite behind &&', suite(forbidden), `process.env.CI || ${suite(forbidden)}`, 'skipped-if'],
    ['a suite under if (false)', suite(forbidden), `if (false) {\n${suite(forbidden)}}\n`, 'skipped'],
    ['a suite that returns under a condition', suite(forbidden), suite(`if (process.env.CI) return;`, forbidden), 'skipped-if'],
    ['a suite that returns', suite(forbidden), suite(`return;`, forbidden), 'removed'],
    ['a loop over nothing', suite(forbidden), suite(forbidden.replace('expect(response.status).toBe(403);', '[].forEach(() => { expect(response.status).toBe(403); });')), 'fewer-assertions'],
    ['retryTimes', suite(forbidden), `jest.retryTimes(5);\n${suite(forbidden)}`, 'retried'],
    ['more retries of mocha', suite(`this.retries(1);`, forbidden), suite(`this.retries(4);`, forbidden), 'retried'],
    ['a retry option', suite(forbidden), suite(forbidden.replace(`tenant', async`, `tenant', { retry: 3 }, async`)), 'retried'],
    ['retries in a new file', undefined, `jest.retryTimes(2);\n${suite(forbidden)}`, 'retried'],
    ['an expect of the file’s own', suite(forbidden), `const expect = () => ({ toBe() {}, toEqual() {} });\n${suite(forbidden)}`, 'expect-replaced'],
    ['a function named expect', suite(forbidden), `function expect() { return quiet; }\n${suite(forbidden)}`, 'expect-replaced'],
    ['a global expect', suite(forbidden), `globalThis.expect = quiet;\n${suite(forbidden)}`, 'expect-replaced'],
    ['an expect from elsewhere', suite(forbidden), `import { expect } from './soft-expect';\n${suite(forbidden)}`, 'expect-imported'],
    ['an expect required from elsewhere', suite(forbidden), `const { expect } = require('./soft-expect');\n${suite(forbidden)}`, 'expect-imported'],
    ['its subject mocked', suite(forbidden), `jest.mock('./contacts', () => ({ get: () => answer }));\n${suite(forbidden)}`, 'subject-mocked'],
    ['its subject mocked, in vitest', suite(forbidden), `vi.mock(import('./contacts.js'), () => ({ get: () => answer }));\n${suite(forbidden)}`, 'subject-mocked'],
    ['a helper that no longer asserts', `function refused(r) { expect(r.status).toBe(403); }\nit('a', () => { refused(get()); });`, `function refused(r) { r.status; }\nit('a', () => { refused(get()); });`, 'fewer-assertions'],
  ])('is seen: %s', (_name, base, head, kind) => {
    expect(lossesOf(base, head)).toContain(kind);
  });

  it('is seen when a test mocks the very file that the change mends', () => {
    const changes = [changedFile('packages/api/src/tenant.ts', 'a', 'b'), changedFile(path, suite(forbidden), `jest.mock('./tenant');\n${suite(forbidden)}`)];
    expect(compareTests(changes, policy).map((loss) => loss.kind)).toEqual(['fix-mocked']);
  });

  it('is seen when the file moves out of the reach of the runner', () => {
    const moved = changedFile('packages/api/src/contacts.checks.ts', suite(forbidden), suite(forbidden), path);
    expect(compareTests([moved], policy).map((loss) => loss.kind)).toContain('file-unreachable');
  });

  it('is seen when the file moves among the records', () => {
    const moved = changedFile('orchestra/context/contacts.spec.ts', suite(forbidden), suite(forbidden), path);
    expect(compareTests([moved], policy).map((loss) => loss.kind)).toContain('file-unreachable');
  });

  it('is seen when a new test asserts the same text as the one that was cut', () => {
    const added = `it('answers a missing id', async () => { const answer = await get('/contacts/9'); expect(response.status).toBe(403); });`;
    const cut = suite(forbidden.replace('expect(response.status).toBe(403);', ''), added);
    expect(lossesOf(suite(forbidden), cut)).toContain('moved');
    expect(lossesOf(suite(forbidden), suite(added))).toContain('removed');
  });

  it('tells a deletion together with its subject from one without', () => {
    const changes = [changedFile('packages/api/src/docs.spec.ts', suite(forbidden), undefined), changedFile('packages/api/src/docs.ts', 'export {};', undefined)];
    expect(compareTests(changes, policy).map((loss) => loss.kind)).toEqual(['deleted-with-subject']);
  });
});

describe('what takes nothing away', () => {
  it.each<[string, string, string]>([
    ['reformatting', suite(forbidden), suite(forbidden).replaceAll('  ', '    ').replaceAll(`'`, '"').replaceAll(';', '')],
    ['CRLF', suite(forbidden), suite(forbidden).replaceAll('\n', '\r\n')],
    ['a new order', suite(forbidden, `it('b', () => { expect(b()).toBe(2); });`), suite(`it('b', () => { expect(b()).toBe(2); });`, forbidden)],
    ['a new title', suite(forbidden), suite(forbidden.replace('refuses another tenant', 'answers 403 to another tenant'))],
    ['a renamed describe', suite(forbidden), suite(forbidden).replace(`'contacts'`, `'contacts routes'`)],
    ['a wrapper around test', `test('a', async () => { expect(await f()).toBe(1); });`, `const timeoutTest = (name, fn) => test(name, { timeout: 500 }, fn);\ntimeoutTest('a', async () => { expect(await f()).toBe(1); });`],
    ['assertions moved into a local helper', `it('a', () => { expect(f()).toBe(1); expect(g()).toBe(2); });`, `const check = () => { expect(f()).toBe(1); expect(g()).toBe(2); };\nit('a', () => { check(); });`],
    ['a helper inlined', `const check = () => { expect(f()).toBe(1); };\nit('a', () => { check(); });`, `it('a', () => { expect(f()).toBe(1); });`],
    ['assertions drawn together into one object', `it('a', () => { expect(f().a).toBe(1); expect(f().b).toBe(2); expect(f().c).toBe(3); });`, `it('a', () => { expect(f()).toEqual({ a: 1, b: 2, c: 3, d: 4 }); });`],
    ['an exact comparison of fewer fields', `it('a', () => { expect(f()).toEqual({ a: 1, b: 2 }); });`, `it('a', () => { expect(f()).toEqual({ a: 1 }); });`],
    ['a stronger assertion', suite(forbidden.replace('toBe(403)', 'toBeTruthy()')), suite(forbidden)],
    ['a new test', suite(forbidden), suite(forbidden, `it('b', () => { expect(b()).toBe(2); });`)],
    ['an unskipped test', suite(forbidden.replace('it(', 'it.skip(')), suite(forbidden)],
    ['a renamed variable', suite(forbidden), suite(forbidden.replaceAll('response', 'answer'))],
    ['expect of a library, by import', suite(forbidden), `import { expect } from '@jest/globals';\n${suite(forbidden)}`],
    ['expect of a library, by require', suite(forbidden), `const { expect } = require('chai');\n${suite(forbidden)}`],
    ['expect handed to the test', suite(forbidden), suite(forbidden.replace('async ()', 'async ({ expect })'))],
    ['an expect that was there before', `import { expect } from './fixtures';\n${suite(forbidden)}`, `import { expect } from './fixtures';\nimport './more';\n${suite(forbidden)}`],
    ['a mock of a neighbour', suite(forbidden), `jest.mock('./mailer');\njest.mock('../services/contacts');\n${suite(forbidden)}`],
    ['fewer retries', `jest.retryTimes(3);\n${suite(forbidden)}`, suite(forbidden)],
    ['a condition that was there before', `if (!process.env.CI) {\n${suite(forbidden)}}\n`, `if (!process.env.CI) {\n// why\n${suite(forbidden)}}\n`],
    ['a condition inside a test', suite(forbidden), suite(forbidden.replace('const response', 'const body = tenantB ? {} : undefined;\nconst response'))],
    ['a limit raised a little', suite(forbidden.replace(/\}\);$/, '}, 1000);')), suite(forbidden.replace(/\}\);$/, '}, 2000);'))],
  ])('%s', (_name, base, head) => {
    expect(lossesOf(base, head)).toEqual([]);
  });

  it('a file that moves with its tests', () => {
    expect(compareTests([changedFile('packages/api/src/routes/contacts.spec.ts', suite(forbidden), suite(forbidden), path)], policy)).toEqual([]);
  });

  it('tests that move to another file', () => {
    const changes = [changedFile(path, suite(forbidden, `it('b', () => { expect(b()).toBe(2); });`), suite(`it('b', () => { expect(b()).toBe(2); });`)), changedFile('packages/api/src/tenant.spec.ts', undefined, suite(forbidden))];
    expect(compareTests(changes, policy)).toEqual([]);
  });
});
