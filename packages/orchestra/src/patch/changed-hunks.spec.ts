import { changedHunks } from './changed-hunks';

const lines = (...each: readonly string[]): string => `${each.join('\n')}\n`;

describe('changedHunks', () => {
  it('tells rewritten, removed and inserted lines apart by their place in the base', () => {
    const base = lines('a', 'b', 'c', 'd', 'e', 'f');
    expect(changedHunks(base, lines('a', 'B', 'c', 'd', 'e', 'f'))).toEqual([{ start: 2, count: 1 }]);
    expect(changedHunks(base, lines('a', 'd', 'e', 'f'))).toEqual([{ start: 2, count: 2 }]);
    expect(changedHunks(base, lines('new', 'a', 'b', 'c', 'd', 'x', 'e', 'f', 'end'))).toEqual([{ start: 0, count: 0 }, { start: 4, count: 0 }, { start: 6, count: 0 }]);
  });

  it('takes a replacement of one line by many as one hunk', () => {
    expect(changedHunks(lines('a', 'b', 'c'), lines('a', 'x', 'y', 'z', 'c'))).toEqual([{ start: 2, count: 1 }]);
  });

  it('ignores indentation and line ends', () => {
    expect(changedHunks('if (a) {\n  b();\n}\n', 'if (a) {\r\n      b();\r\n}\r\n')).toEqual([]);
  });

  it('calls a file rewritten beyond measure one hunk', () => {
    const many = (word: string): string => Array.from({ length: 5000 }, (_, line) => (line % 2 === 0 ? 'same' : `${word}${line}`)).join('\n');
    expect(changedHunks(many('a'), many('b'))).toEqual([{ start: 1, count: 5000 }]);
  });
});
