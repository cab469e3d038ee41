import { newLines } from './new-lines';

describe('newLines', () => {
  it('finds none when an error only moved or the order is another', () => {
    expect(newLines('b.ts:9:1 broken\na.ts(14,3): error TS2322: no\n  12:5  error  Unused  no-unused-vars', '  10:5  error  Unused  no-unused-vars\na.ts(12,3): error TS2322: no\nb.ts:2:7 broken')).toEqual([]);
  });

  it('finds a second error in the words of the first', () => {
    expect(newLines('a.ts(1,1): error TS2322: no\na.ts(2,1): error TS2322: no', 'a.ts(1,1): error TS2322: no')).toEqual(['a.ts: error TS2322: no']);
  });

  it('takes passed tests and sums for no error', () => {
    const base = 'FAIL src/a.spec.js\n  ● old\n    > 3 | expect(1)\nTests:       1 failed, 1 total';
    expect(newLines('PASS src/b.spec.js\nFAIL src/a.spec.js\n  ● old\n    > 9 | expect(1)\n  ✓ young\nok 2 - young\n# pass 1\nTests:       1 failed, 1 passed, 2 total', base)).toEqual([]);
    expect(newLines('FAIL src/a.spec.js\n  ● old\n  ● young', base)).toEqual(['● young']);
  });

  it('keeps numbers that are no positions', () => {
    expect(newLines('expected 2 to be 1', 'expected 3 to be 1')).toEqual(['expected 2 to be 1']);
  });
});
