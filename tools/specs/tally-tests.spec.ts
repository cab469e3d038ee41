import { tallyTests } from '../tally-tests.mjs';

const counts = (rows: Readonly<Record<string, readonly [number, number]>>) =>
  new Map(Object.entries(rows).map(([project, [passed, failed]]) => [project, { passed, failed }]));

it('adds up every project, and says nothing but the total', () => {
  expect(tallyTests(['a', 'b'], counts({ a: [2, 0], b: [3, 0] }), true)).toEqual({ ok: true, missing: [], line: '5 passed, 0 failed' });
});

it('fails when one test failed', () => {
  expect(tallyTests(['a', 'b'], counts({ a: [2, 1], b: [3, 0] }), false)).toMatchObject({ ok: false, line: '5 passed, 1 failed' });
});

it('counts a project that left no counts as one failure, and names it', () => {
  expect(tallyTests(['a', 'b'], counts({ a: [2, 0] }), true)).toEqual({ ok: false, missing: ['b'], line: '2 passed, 1 failed' });
});

it('counts a run that failed without a failed test as one failure', () => {
  expect(tallyTests(['a'], counts({ a: [2, 0] }), false)).toMatchObject({ ok: false, line: '2 passed, 1 failed' });
});

it('does not take a run without a single test for a success', () => {
  expect(tallyTests(['a'], counts({ a: [0, 0] }), true).ok).toBe(false);
  expect(tallyTests([], counts({}), true).ok).toBe(false);
});

it('leaves out counts of projects that are gone', () => {
  expect(tallyTests(['a'], counts({ a: [1, 0], gone: [9, 9] }), true)).toMatchObject({ ok: true, line: '1 passed, 0 failed' });
});
