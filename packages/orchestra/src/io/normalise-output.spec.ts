import { normaliseMessage, normaliseTail } from './normalise-output';

const now = Date.parse('2026-03-01T12:00:00Z');
const options = { temp: '/tmp/x/temp', folders: new Map([['/tmp/x/tree', ''], ['/home/me/shop', ''], ['/tmp/x', '<scratch>']]), now };

test.each([
  ['colours', '\u001b[31mred\u001b[39m', 'red'],
  ['line endings and trailing blanks', 'a  \r\nb\r\n', 'a\nb'],
  ['paths of the tree', 'at /tmp/x/tree/packages/a.ts:3:4 (file:///tmp/x/tree/b.ts) in /tmp/x/tree', 'at packages/a.ts:3:4 (b.ts) in .'],
  ['paths of the workspace', '/home/me/shop/node_modules/x.js', 'node_modules/x.js'],
  ['other paths of the run', '/tmp/x/jest.json', '<scratch>/jest.json'],
  ['temporary files', 'open "/tmp/x/temp/up-8fe2/a.txt" failed', 'open "<temp>" failed'],
  ['time stamps near the run', '2026-03-01T11:59:58.123Z 1772366400000 1772366400', '<time> <time> <time>'],
  ['ports the system picked', 'http://127.0.0.1:45123/x localhost:50000', 'http://127.0.0.1:<port>/x localhost:<port>'],
  ['process ids and addresses', '(node:4711) Warning, pid 4711, 0x00007ffdeadbeef', '(node) Warning, pid <pid>, <address>'],
  ['durations in brackets', '✓ lists contacts (12 ms)', '✓ lists contacts'],
  ['random ids, equal ones alike', 'got 3f2b8c1e-9a4d-4e6f-8b7a-0c1d2e3f4a5b and 9a1b2c3d-4e5f-4a6b-9c8d-7e6f5a4b3c2d, not 3f2b8c1e-9a4d-4e6f-8b7a-0c1d2e3f4a5b', 'got <id-1> and <id-2>, not <id-1>'],
])('takes out what varies: %s', (_, text, expected) => {
  expect(normaliseMessage(text, options)).toBe(expected);
});

test.each([
  'Expected: 2020-01-01T00:00:00.000Z',
  'port 4001 of localhost:4001',
  'tenant 11111111-1111-4111-8111-111111111111',
  'Exceeded timeout of 5000 ms for a test.',
  'received 1500000000',
  'received 20 s, expected 30 s',
])('keeps what an assertion may be about: %s', (text) => {
  expect(normaliseMessage(text, options)).toBe(text);
});

test('a tail loses its durations and keeps its last lines', () => {
  const text = 'one\nTests: 1 passed\nTime:        1.2 s, estimated 2 s\nbuilt in 345ms\n# duration_ms 12.3\nv1.2.3s stays';
  expect(normaliseTail(text, options)).toBe('one\nTests: 1 passed\n\nbuilt in <duration>\n# duration_ms <duration>\nv1.2.3s stays');
  expect(normaliseTail('a\nb\nc', options, 2)).toBe('b\nc');
});

test('suites come in one order, whichever finished first', () => {
  const suites = ['PASS shop src/b.spec.ts (5.1 s)\n  console.log\n    hello\n', 'FAIL shop src/a.spec.ts\n  ● adds\n\n    expected\n', 'PASS shop src/a2.spec.ts\n'];
  const summary = '\nTest Suites: 1 failed, 2 passed, 3 total\nTime:        9 s\nRan all test suites.\n';
  const tails = [[0, 1, 2], [2, 1, 0], [1, 0, 2]].map((order) => normaliseTail(`> jest\n\n${order.map((index) => suites[index]).join('')}${summary}`, options));
  expect(new Set(tails).size).toBe(1);
  expect(tails[0]?.split('\n').filter((line) => /^(?:PASS|FAIL|Test)/.test(line))).toEqual(['PASS shop src/a2.spec.ts', 'PASS shop src/b.spec.ts', 'FAIL shop src/a.spec.ts', 'Test Suites: 1 failed, 2 passed, 3 total']);
});

it('takes a folder out of a pattern that names it with escaped dots, and leaves a sibling that begins alike', () => {
  const names = { temp: '/home/me/.tmp', folders: new Map([['/home/me/.tmp/scratch-1/tree', ''], ['/home/me/shop', '']]), now: 0 };
  expect(normaliseTail('Ran all test suites matching /home/me/\\.tmp/scratch-1/tree/src/a\\.spec\\.js.', names)).toBe('Ran all test suites matching src/a\\.spec\\.js.');
  expect(normaliseTail('in /home/me/shop.\nin /home/me/shop.old/src', names)).toBe('in ..\nin /home/me/shop.old/src');
});

test("Vitest's files come in one order, without the time of day and without the tests that happened to be slow", () => {
  const first = ' RUN  v4.1.12 /tmp/x/tree\n\n ✓ src/b.spec.js (2 tests) 3ms\n ✓ src/a.spec.js (1 test) 4ms\n\n Test Files  2 passed (2)\n   Start at  02:11:21\n   Duration  1.2s\n';
  const second = ' RUN  v4.1.12 /tmp/x/tree\n\n ✓ src/a.spec.js (1 test) 12ms\n ✓ src/b.spec.js (2 tests) 412ms\n     ✓ waits for the queue  400ms\n\n Test Files  2 passed (2)\n   Start at  12:01:09\n   Duration  990ms\n';
  expect(normaliseTail(first, options)).toBe(normaliseTail(second, options));
  expect(normaliseTail(first, options)).toContain('✓ src/a.spec.js (1 test) <duration>\n ✓ src/b.spec.js (2 tests) <duration>');
});
