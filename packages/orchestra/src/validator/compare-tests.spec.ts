import { changedFile, samplePolicy } from '../testing/sample-evidence';
import { compareTests, type LossKind } from './compare-tests';

const path = 'packages/api/src/contacts.spec.ts';
const policy = samplePolicy();
const lossesOf = (base: string | undefined, head: string | undefined, where = path): readonly LossKind[] =>
  compareTests([changedFile(where, base, head)], policy).map((loss) => loss.kind);

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
    ['a promise nobody waits for', suite(forbidden), suite(forbidden.replace('expect(response.status).toBe(403)', 'expect(get()).resolves.toBe(403)')), 'fewer-assertions'],
    ['a rejection nobody waits for', suite(`it('a', async () => { await expect(f()).rejects.toThrow('no'); });`), suite(`it('a', async () => { expect(f()).rejects.toThrow('no'); });`), 'fewer-assertions'],
    ['assert.rejects without await', suite(`it('a', async () => { await assert.rejects(f(), /no/); });`), suite(`it('a', async () => { assert.rejects(f(), /no/); });`), 'fewer-assertions'],
    ['an async helper nobody waits for', `async function check() { expect(await f()).toBe(1); }\nit('a', async () => { await check(); });`, `async function check() { expect(await f()).toBe(1); }\nit('a', async () => { check(); });`, 'fewer-assertions'],
    ['void before an async helper', `const check = async () => { expect(await f()).toBe(1); };\nit('a', async () => { await check(); });`, `const check = async () => { expect(await f()).toBe(1); };\nit('a', async () => { void check(); });`, 'fewer-assertions'],
    ['a then left alone', suite(`it('a', () => f().then((x) => { expect(x).toBe(1); }));`), suite(`it('a', () => { f().then((x) => { expect(x).toBe(1); }); });`), 'fewer-assertions'],
    ['an async forEach', suite(`it('a', async () => { for (const x of xs) { expect(await f(x)).toBe(1); } });`), suite(`it('a', async () => { xs.forEach(async (x) => { expect(await f(x)).toBe(1); }); });`), 'fewer-assertions'],
    ['an async function called on the spot', suite(`it('a', async () => { expect(await f()).toBe(1); });`), suite(`it('a', () => { (async () => { expect(await f()).toBe(1); })(); });`), 'fewer-assertions'],
    ['a new test that waits for nothing', suite(forbidden), suite(forbidden, `it('b', () => { expect(f()).resolves.toBe(2); });`), 'tautology'],
    ['a call compared with itself', suite(forbidden), suite(forbidden.replace('expect(response.status).toBe(403)', 'expect(status(response)).toBe(status(response))')), 'weaker-assertions'],
    ['a call compared with itself, by assert', suite(`it('a', () => { assert.equal(f(), 5); });`), suite(`it('a', () => { assert.equal(f(), f()); });`), 'weaker-assertions'],
    ['a new test of a call and itself', suite(forbidden), suite(forbidden, `it('b', () => { expect(f(1)).toEqual(f(1)); });`), 'proves-existence'],
    ['a new test of a value and itself', suite(forbidden), suite(forbidden, `it('b', () => { const x = f(); expect(x).toEqual(x); });`), 'tautology'],
    ['a new test that something is defined', suite(forbidden), suite(forbidden, `it('b', () => { expect(f()).toBeDefined(); expect(f().a).not.toBeNull(); });`), 'proves-existence'],
    ['a new test that an object is truthy', suite(forbidden), suite(forbidden, `it('b', () => { expect(contact).toBeTruthy(); });`), 'proves-existence'],
    ['a new test that nothing is thrown', suite(forbidden), suite(forbidden, `it('b', () => { expect(() => f(null)).not.toThrow(); });`), 'proves-existence'],
    ['a new test that nothing is thrown, by assert', suite(forbidden), suite(forbidden, `it('b', () => { assert.doesNotThrow(() => f(null)); assert.ok(f(1)); });`), 'proves-existence'],
    ['a new test that says little beside one that says more', suite(forbidden), suite(forbidden, `it('b', () => { expect(f()).toBeDefined(); });`, `it('c', () => { expect(f()).toBe(1); });`), 'asserts-existence'],
    ['another expected value', suite(forbidden), suite(forbidden.replace('toBe(403)', 'toBe(200)')), 'expectation-changed'],
    ['another expected text inside an object', suite(forbidden), suite(forbidden.replace(`'forbidden'`, `'not found'`)), 'expectation-changed'],
    ['another expected value, by assert', suite(`it('a', () => { assert.strictEqual(f(), 5, 'five'); });`), suite(`it('a', () => { assert.strictEqual(f(), 6, 'six'); });`), 'expectation-changed'],
    ['true turned to false', suite(`it('a', () => { expect(open()).toBe(true); });`), suite(`it('a', () => { expect(open()).toBe(false); });`), 'expectation-changed'],
    ['describe.only', suite(forbidden), suite(forbidden).replace('describe(', 'describe.only('), 'focused'],
    ['fit', suite(forbidden), suite(forbidden.replace('it(', 'fit(')), 'focused'],
    ['xdescribe', suite(forbidden), suite(forbidden).replace('describe(', 'xdescribe('), 'skipped'],
    ['test.todo in place of a body', suite(`test('a', () => { expect(f()).toBe(1); });`), suite(`test.todo('a');`), 'skipped'],
  ])('is seen: %s', (_name, base, head, kind) => {
    expect(lossesOf(base, head)).toContain(kind);
    expect(lossesOf(base, head, 'packages/api/test/contacts.test.js')).toContain(kind);
  });

  it.each<[string, string, string | undefined, string, LossKind]>([
    ['a helper that no longer asserts', 'export function refused(r) { expect(r.status).toBe(403); }', 'export function refused(r) { r.status; }', 'packages/api/src/testing/refused.ts', 'helper-emptied'],
    ['a helper that no longer throws', 'const refused = (r) => { if (r.status !== 403) throw new Error("open"); };\nmodule.exports = { refused };', 'const refused = (r) => { r.status; };\nmodule.exports = { refused };', 'packages/api/__tests__/helpers.js', 'helper-emptied'],
    ['a helper that does nothing', 'export async function seed(db) { await db.insert(tenantA); }', 'export async function seed(db) {}', 'packages/api/src/test-support/seed.ts', 'helper-emptied'],
    ['a fixture without rows', '[{ "id": 1 }, { "id": 2 }]', '[]', 'packages/api/src/__fixtures__/contacts.json', 'fixture-emptied'],
    ['a fixture with fewer rows', '[{ "id": 1 }, { "id": 2 }]', '[{ "id": 1 }]', 'packages/api/src/fixtures/contacts.json', 'fixture-emptied'],
    ['a fixture of text that is empty', 'a,b\n1,2\n', '', 'packages/api/src/fixtures/contacts.csv', 'fixture-emptied'],
    ['a fixture that is deleted', '{ "a": 1 }', undefined, 'packages/api/src/fixtures/contacts.json', 'fixture-emptied'],
  ])('is seen behind the tests: %s', (_name, base, head, where, kind) => {
    expect(lossesOf(base, head, where)).toEqual([kind]);
  });

  it.each<[string, string, string, string]>([
    ['a helper that does more', 'export function refused(r) { expect(r.status).toBe(403); }', 'export function refused(r) { expect(r.status).toBe(403); expect(r.body).toEqual({}); }', 'packages/api/src/testing/refused.ts'],
    ['a helper in another layout', 'export function refused(r) { expect(r.status).toBe(403); }', 'export const refused = (r) => {\n  expect(r.status).toBe(403);\n};', 'packages/api/src/testing/refused.ts'],
    ['a fixture with other rows', '[{ "id": 1 }]', '[{ "id": 2 }, { "id": 3 }]', 'packages/api/src/fixtures/contacts.json'],
    ['a fixture of text with a line less', 'a\nb\nc\n', 'a\nb\n', 'packages/api/src/fixtures/log.txt'],
    ['the same beside production code', 'export function check(r) { if (!r) throw new Error(); }', 'export function check(r) {}', 'packages/api/src/check.ts'],
  ])('is not seen behind the tests: %s', (_name, base, head, where) => {
    expect(lossesOf(base, head, where)).toEqual([]);
  });

  it('lets a fixture go with the tests that used it, which is a finding of its own', () => {
    const changes = [changedFile(path, suite(forbidden), undefined), changedFile('packages/api/src/fixtures/contacts.json', '[1]', undefined)];
    expect(compareTests(changes, policy).map((loss) => loss.kind)).toEqual(['file-deleted']);
  });

  it('is seen when a test mocks the very file that the change mends', () => {
    const changes = [changedFile('packages/api/src/tenant.ts', 'a', 'b'), changedFile(path, suite(forbidden), `jest.mock('./tenant');\n${suite(forbidden)}`)];
    expect(compareTests(changes, policy).map((loss) => loss.kind)).toEqual(['fix-mocked']);
  });

  it('is seen when the file moves out of the reach of the runner', () => {
    const moved = changedFile('packages/api/src/contacts.checks.ts', suite(forbidden), suite(forbidden), path);
    expect(compareTests([moved], policy).map((loss) => loss.kind)).toContain('file-unreachable');
  });

  it.each(['packages/api/src/contacts.test.ts', 'packages/api/test/contacts.spec.ts'])('is asked about when the file moves to %s, where a runner may not look', (to) => {
    const moved = changedFile(to, suite(forbidden), suite(forbidden), 'packages/api/src/contacts.spec.ts');
    expect(compareTests([moved], policy).map((loss) => loss.kind)).toEqual(['file-out-of-sight']);
  });

  it('is not, when it moves with its code and keeps its ending', () => {
    const moved = changedFile('packages/api/src/people/contacts.spec.ts', suite(forbidden), suite(forbidden), 'packages/api/src/contacts.spec.ts');
    expect(compareTests([moved], policy)).toEqual([]);
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
    ['a promise that is waited for', suite(forbidden), suite(forbidden.replace('expect(response.body)', 'await expect(later()).resolves.toBe(1);\nexpect(response.body)'))],
    ['a promise that is returned', suite(forbidden), suite(forbidden, `it('b', () => expect(f()).rejects.toThrow('no'));`, `it('c', () => { return f().then((x) => { expect(x).toBe(1); }); });`)],
    ['promises waited for together', suite(forbidden), suite(forbidden, `it('b', async () => { await Promise.all(xs.map(async (x) => { expect(await f(x)).toBe(1); })); });`)],
    ['a test that says itself when it is over', suite(forbidden), suite(forbidden, `it('b', (done) => { f().then((x) => { expect(x).toBe(1); done(); }); });`)],
    ['a synchronous helper', `const check = () => { expect(f()).toBe(1); };\n${suite(forbidden)}`, `const check = () => { expect(f()).toBe(1); };\n${suite(forbidden, `it('b', () => { check(); });`)}`],
    ['a then inside a promise that is waited for', suite(forbidden), suite(forbidden, `it('b', async () => { await new Promise((resolve) => { f().then((x) => { expect(x).toBe(1); resolve(); }); }); });`)],
    ['a question with two answers', suite(forbidden), suite(forbidden, `it('b', () => { expect(isOpen(x)).toBeTruthy(); expect(response.ok).toBeTruthy(); assert.ok(!found); });`)],
    ['that nothing is found', suite(forbidden), suite(forbidden, `it('b', () => { expect(find(9)).toBeUndefined(); expect(find(8)).toBeNull(); });`)],
    ['existence beside a value in one test', suite(forbidden), suite(forbidden, `it('b', () => { expect(f()).toBeDefined(); expect(f().a).toBe(1); });`)],
    ['two calls that differ', suite(forbidden), suite(forbidden, `it('b', () => { expect(f(1)).toBe(f(2)); expect(f(1)).not.toBe(f(1)); });`)],
    ['a value and a message', suite(`it('a', () => { expect(f(1)).toBe(2); });`), suite(`it('a', () => { expect(f(1)).toBe(2); expect(f(3)).toBe(4); });`)],
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
