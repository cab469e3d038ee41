import { applyEdits } from './apply-edits';

const path = 'src/role.ts';
const applied = (find: string, written: string, text: string) => applyEdits(new Map([[path, text]]), [{ kind: 'replace', path, find, with: written }]);

it.each(['\u202e', '\u2066', '\u202a'])('a text that reorders how code is shown is not written: %j', (mark) => {
  const { changed, rejections } = applied('a\n', `if (role !== 'user${mark} // only for administrators') {}\n`, 'a\n');
  expect([changed.size, rejections[0]?.kind, rejections[0]?.because]).toEqual([0, 'malformed', expect.stringContaining('bidirectional')]);
  expect(applyEdits(new Map(), [{ kind: 'create', path, text: `x${mark}\n` }]).rejections).toHaveLength(1);
});

it('what the file held before may stay, be moved or go', () => {
  const held = "const hebrew = '\u2067שלום\u2069';\n";
  expect(applied(held, `export ${held}`, held).changed.get(path)).toBe(`export ${held}`);
  expect(applied(held, 'const plain = 1;\n', held).changed.get(path)).toBe('const plain = 1;\n');
});

it('right-to-left text without them is text', () => {
  expect(applied('a\n', "const hello = 'مرحبا\u200f';\n", 'a\n').rejections).toEqual([]);
});
