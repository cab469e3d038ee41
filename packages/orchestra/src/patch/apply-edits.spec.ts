import fc from 'fast-check';
import type { Edit } from '../model';
import { applyEdits } from './apply-edits';
import { renderLines, splitLines } from './text-lines';

const path = 'src/a.ts';
const replace = (find: string, replacement: string, at = path): Edit => ({ kind: 'replace', path: at, find, with: replacement });
const apply = (text: string, ...edits: readonly Edit[]) => applyEdits(new Map([[path, text]]), edits);
const textAfter = (text: string, ...edits: readonly Edit[]) => {
  const result = apply(text, ...edits);
  expect(result.rejections).toEqual([]);
  return result.changed.get(path);
};
const kinds = (text: string, ...edits: readonly Edit[]) => apply(text, ...edits).rejections.map((rejection) => rejection.kind);

const source = 'function a() {\n  return 1;\n}\n\nfunction b() {\n  return 2;\n}\n';

describe('applyEdits: exact matches', () => {
  it('replaces whole lines', () => {
    expect(textAfter(source, replace('  return 1;\n', '  return one;\n'))).toBe(source.replace('1', 'one'));
  });

  it('replaces a part of a line and text across lines', () => {
    expect(textAfter(source, replace('return 1', 'return one'))).toBe(source.replace('1', 'one'));
    expect(textAfter(source, replace('() {\n  return 1', '(): number {\n  return 1'))).toBe(source.replace('a()', 'a(): number'));
  });

  it('takes whole lines only at the start of a line', () => {
    expect(kinds('xfoo\nbar\n', replace('foo\nbar\n', 'y\n'))).toEqual(['no-match']);
  });

  it('removes lines when the replacement is empty and keeps a blank one when it is a blank line', () => {
    expect(textAfter('a\nb\nc\n', replace('b\n', ''))).toBe('a\nc\n');
    expect(textAfter('a\nb\nc\n', replace('b\n', '\n'))).toBe('a\n\nc\n');
  });

  it('refuses what fits twice, and says where', () => {
    const result = apply('x = 1\ny\nx = 1\n', replace('x = 1\n', 'x = 2\n'));
    expect(result.rejections).toMatchObject([{ kind: 'ambiguous-match', edit: 0, path, because: expect.stringContaining('lines 1, 3') }]);
    expect(result.changed.size).toBe(0);
  });

  it('refuses an empty search in a file with text and fills an empty file with it', () => {
    expect(kinds(source, replace('', 'x\n'))).toEqual(['ambiguous-match']);
    expect(textAfter('', replace('', 'x\n'))).toBe('x\n');
    expect(textAfter('\n\n', replace('', 'x\n'))).toBe('x\n');
  });

  it('replaces all lines of a file', () => {
    expect(textAfter('a\nb\n', replace('a\nb\n', 'c\n'))).toBe('c\n');
    expect(textAfter('a\nb\n', replace('a\nb\n', ''))).toBe('');
  });

  it('takes dollar signs and backslashes as they are', () => {
    expect(textAfter('a\nb\n', replace('b\n', "$& $1 $' \\n\n"))).toBe("a\n$& $1 $' \\n\n");
  });
});

describe('applyEdits: what belongs to the file stays', () => {
  it('keeps CRLF, for new lines as well', () => {
    expect(textAfter('a\r\nb\r\nc\r\n', replace('b\n', 'b1\nb2\n'))).toBe('a\r\nb1\r\nb2\r\nc\r\n');
    expect(textAfter('a\r\nb\r\nc\r\n', replace('a\r\nb\r\n', 'x\r\n'))).toBe('x\r\nc\r\n');
  });

  it('keeps LF when the reply writes CRLF', () => {
    expect(textAfter('a\nb\n', replace('b\r\n', 'c\r\nd\r\n'))).toBe('a\nc\nd\n');
  });

  it('keeps each ending of a mixed file where lines are not changed', () => {
    expect(textAfter('a\r\nb\nc\r\nd\r\n', replace('a\nb\nc\n', 'a\nb\nx\n'))).toBe('a\r\nb\nx\r\nd\r\n');
  });

  it('keeps a missing final newline, and a present one', () => {
    expect(textAfter('a\nb', replace('b\n', 'c\n'))).toBe('a\nc');
    expect(textAfter('a\nb', replace('a\n', 'x\n'))).toBe('x\nb');
    expect(textAfter('a\nb\n', replace('a\nb\n', 'c\n'))).toBe('c\n');
  });

  it('keeps the byte order mark', () => {
    expect(textAfter('\ufeffa\nb\n', replace('a\n', 'c\n'))).toBe('\ufeffc\nb\n');
    expect(textAfter('\ufeffa\nb\n', replace('\ufeffa\n', 'c\n'))).toBe('\ufeffc\nb\n');
  });

  it('takes every text apart and puts it together again', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', '\r', '\ufeff', ' ', '}'), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        expect(renderLines(splitLines(text))).toBe(text);
      }),
    );
  });
});

describe('applyEdits: tolerant matches', () => {
  it('forgives white space at line ends and inside lines, and keeps unchanged lines to the byte', () => {
    const text = 'a(  x ) \nb();\t\nc();\n';
    const result = apply(text, replace('a( x )\nb();\nc();\n', 'a( x )\nb2();\nc();\n'));
    expect(result.changed.get(path)).toBe('a(  x ) \nb2();\nc();\n');
    expect(result.tolerances).toEqual([`whitespace: ${path}`]);
  });

  it('forgives blank lines around the search text', () => {
    expect(textAfter(source, replace('\n  return 1;\n\n', '\n  return 3;\n\n'))).toBe(source.replace('1', '3'));
  });

  it('re-indents the replacement when the search text was quoted without indentation', () => {
    const text = 'class A {\n    run() {\n        go();\n    }\n}\n';
    const result = apply(text, replace('run() {\n    go();\n}\n', 'run() {\n    if (x) {\n        go();\n    }\n}\n'));
    expect(result.changed.get(path)).toBe('class A {\n    run() {\n        if (x) {\n            go();\n        }\n    }\n}\n');
    expect(result.tolerances).toEqual([`indentation: ${path}`]);
  });

  it('re-indents when the reply indents too much', () => {
    expect(textAfter('a() {\n  b();\n}\n', replace('    a() {\n      b();\n    }\n', '    a() {\n      b();\n      c();\n    }\n'))).toBe(
      'a() {\n  b();\n  c();\n}\n',
    );
  });

  it('turns spaces into the tabs of the file', () => {
    const text = 'a() {\n\tif (x) {\n\t\tb();\n\t}\n}\n';
    expect(textAfter(text, replace('  if (x) {\n    b();\n  }\n', '  if (x) {\n    if (y) {\n      b();\n    }\n  }\n'))).toBe(
      'a() {\n\tif (x) {\n\t\tif (y) {\n\t\t\tb();\n\t\t}\n\t}\n}\n',
    );
    expect(textAfter(text, replace('    b();\n', '    for (;;) {\n      b();\n    }\n'))).toBe('a() {\n\tif (x) {\n\t\tfor (;;) {\n\t\t\tb();\n\t\t}\n\t}\n}\n');
  });

  it('turns tabs and another width per level into the spaces of the file', () => {
    const text = 'a() {\n  if (x) {\n    b();\n  }\n}\n';
    expect(textAfter(text, replace('\tif (x) {\n\t\tb();\n\t}\n', '\tif (x) {\n\t\tb();\n\t\tif (y) {\n\t\t\tc();\n\t\t}\n\t}\n'))).toBe(
      'a() {\n  if (x) {\n    b();\n    if (y) {\n      c();\n    }\n  }\n}\n',
    );
    expect(textAfter(text, replace('        b();\n', '        b();\n        c();\n'))).toBe('a() {\n  if (x) {\n    b();\n    c();\n  }\n}\n');
  });

  it('refuses a tolerant match that fits twice', () => {
    expect(kinds('  a();\n    a();\n', replace('a();\n', 'b();\n'))).toEqual(['ambiguous-match']);
  });

  it('prefers the exact place over a tolerant one', () => {
    expect(textAfter('  a();\na();\n', replace('a();\n', 'b();\n'))).toBe('  a();\nb();\n');
  });

  it('refuses irregular indentation where indentation has a meaning', () => {
    const text = 'if x:\n    a()\nb()\n';
    const edit = replace('  if x:\n  a()\n  b()\n', '  if x:\n  a()\n  c()\n', 'a.py');
    expect(applyEdits(new Map([['a.py', text]]), [edit]).rejections).toMatchObject([{ kind: 'no-match' }]);
    expect(applyEdits(new Map([['a.py', text]]), [replace('      a()\n', '      c()\n', 'a.py')]).changed.get('a.py')).toBe('if x:\n    c()\nb()\n');
  });

  it('forgives blank lines that the search text leaves out or adds, and keeps those of the file', () => {
    const text = 'a();\n\nb();\nc();\n\n\nd();\n';
    const result = apply(text, replace('a();\nb();\n\nc();\nd();\n', 'a();\nb2();\n\nc();\nx();\nd();\n'));
    expect(result.changed.get(path)).toBe('a();\n\nb2();\nc();\n\n\nx();\nd();\n');
    expect(result.tolerances).toEqual([`blank-lines: ${path}`]);
    expect(kinds('a();\n\nb();\na();\n\n\nb();\n', replace('a();\nb();\n', 'x\n'))).toEqual(['ambiguous-match']);
  });

  it('takes the unique part of one line, and only at word boundaries', () => {
    const result = apply('  const total = sum(items);\n', replace('sum(items)\n', 'sum(all)\n'));
    expect(result.changed.get(path)).toBe('  const total = sum(all);\n');
    expect(result.tolerances).toEqual([`line-fragment: ${path}`]);
    expect(kinds('recount(items);\n', replace('count(items)\n', 'x\n'))).toEqual(['no-match']);
    expect(kinds('f(one); f(one);\n', replace('f(one)\n', 'x\n'))).toEqual(['ambiguous-match']);
  });
});

describe('applyEdits: several edits', () => {
  it('makes edits to one file in order, a later one on what an earlier one wrote', () => {
    expect(textAfter(source, replace('  return 1;\n', '  return one;\n'), replace('  return one;\n', '  return uno;\n'))).toBe(source.replace('1', 'uno'));
  });

  it('lets edits share unchanged context', () => {
    expect(textAfter('a\nb\nc\nd\n', replace('a\nb\nc\n', 'A\nb\nc\n'), replace('b\nc\nd\n', 'b\nc\nD\n'))).toBe('A\nb\nc\nD\n');
  });

  it('refuses an edit to lines that an earlier one has changed, and changes nothing at all', () => {
    const result = apply('a\nb\nc\nd\n', replace('a\nb\n', 'A\nB\n'), replace('b\nc\n', 'b\nC\n'));
    expect(result.rejections).toMatchObject([{ kind: 'overlap', edit: 1, because: expect.stringContaining('edit 1') }]);
    expect(result.changed.size).toBe(0);
  });

  it('does not stretch a tolerant match over lines of another edit', () => {
    expect(kinds('a\nb\n', replace('a\n', '  x\n'), replace('x\nb\n', 'y\n'))).toEqual(['overlap']);
  });

  it('tells every fault at once and changes nothing', () => {
    const result = applyEdits(new Map([[path, source], ['b.ts', 'x\n']]), [
      replace('nothing like it\n', 'x\n'),
      replace('x\n', 'y\n', 'b.ts'),
      replace('x\n', 'y\n', 'gone.ts'),
      { kind: 'create', path: 'b.ts', text: '' },
      { kind: 'delete', path: 'gone.ts' },
      { kind: 'rename', path: 'gone.ts', to: 'there.ts' },
      { kind: 'rename', path: 'b.ts', to: path },
    ]);
    expect(result.rejections.map(({ kind, edit }) => [kind, edit])).toEqual([
      ['no-match', 0], ['missing', 2], ['exists', 3], ['missing', 4], ['missing', 5], ['exists', 6],
    ]);
    expect([result.changed.size, result.deleted.length]).toEqual([0, 0]);
  });

  it('never looks into another file', () => {
    const texts = new Map([[path, 'a\n'], ['b.ts', 'only here\n']]);
    expect(applyEdits(texts, [replace('only here\n', 'x\n')]).rejections).toMatchObject([{ kind: 'no-match', path }]);
  });
});

describe('applyEdits: files', () => {
  it('creates, deletes and renames', () => {
    const texts = new Map([['a.ts', 'a\n'], ['b.ts', 'b\n'], ['c.ts', 'c\n']]);
    const result = applyEdits(texts, [
      { kind: 'create', path: 'n.ts', text: 'n\n' },
      { kind: 'delete', path: 'a.ts' },
      { kind: 'rename', path: 'b.ts', to: 'd/b.ts' },
      replace('b\n', 'B\n', 'd/b.ts'),
    ]);
    expect(result).toEqual({ changed: new Map([['d/b.ts', 'B\n'], ['n.ts', 'n\n']]), deleted: ['a.ts', 'b.ts'], rejections: [], tolerances: [] });
  });

  it('refuses to create over a file whose text was not given', () => {
    const result = applyEdits(new Map(), [{ kind: 'create', path: 'logo.png', text: 'x' }], { exists: () => true });
    expect(result.rejections).toMatchObject([{ kind: 'exists' }]);
  });

  it('refuses text that would make a file binary or change on the way to the disk', () => {
    expect(kinds('a\n', replace('a\n', 'b\0\n'))).toEqual(['malformed']);
    expect(kinds('a\n', { kind: 'create', path: 'n.ts', text: '\ud800' })).toEqual(['malformed']);
    expect(textAfter('a\n', replace('a\n', '😀\n'))).toBe('😀\n');
  });

  it('does not count a file that is the same as before', () => {
    expect(kinds('a\n', replace('a\n', 'b\n'), replace('b\n', 'a\n'))).toEqual(['no-effect']);
    expect(kinds('a\n', replace('a\n', 'a\n'))).toEqual(['no-effect']);
    expect(kinds('a\n')).toEqual(['no-effect']);
    expect(apply('a\n', replace('a\n', 'b\n'), replace('q\n', 'q\n')).tolerances).toEqual([`no-op-edit: ${path}`]);
  });

  it('is not confused by paths that are names of object properties', () => {
    const result = applyEdits(new Map([['__proto__', 'a\n'], ['constructor', 'a\n']]), [replace('a\n', 'b\n', '__proto__'), replace('a\n', 'b\n', 'constructor')]);
    expect([...result.changed]).toEqual([['__proto__', 'b\n'], ['constructor', 'b\n']]);
  });
});

describe('applyEdits: nearest lines', () => {
  it('shows the real lines and the first that differs', () => {
    const [rejection] = apply(source, replace('function b() {\n  return 3;\n}\n', 'x\n')).rejections;
    expect(rejection).toMatchObject({ kind: 'no-match', because: expect.stringContaining('line 2 of the SEARCH text differs') });
    expect(rejection?.nearest).toBe('\nfunction b() {\n  return 2;\n}');
  });

  it('falls back to shared words', () => {
    expect(apply(source, replace('function bb(): return\n', 'x\n')).rejections[0]?.nearest).toContain('function');
  });

  it('says so when nothing is alike', () => {
    expect(apply('a\n', replace('zzzz\n', 'x\n')).rejections[0]).toEqual({
      kind: 'no-match', edit: 0, path, because: 'the SEARCH text is not in the file, and no lines of the file are like it',
    });
  });
});

describe('applyEdits: properties', () => {
  const line = fc.constantFrom('a', 'b', 'c', '  a', '  b', '', '}', 'return x;');
  const ending = fc.constantFrom('\n', '\r\n');

  it('equals a plain replacement wherever the text occurs exactly once', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), fc.nat(), fc.nat(), fc.array(line, { maxLength: 5 }), ending, fc.boolean(), (lines, from, size, written, end, closed) => {
        const final = closed || lines[lines.length - 1] === '';
        const start = from % lines.length;
        const count = 1 + (size % (lines.length - start));
        const text = lines.join(end) + (final ? end : '');
        const find = `${lines.slice(start, start + count).join('\n')}\n`;
        const replacement = written.map((each) => `${each}\n`).join('');
        const edit = replace(find, replacement);
        const places = lines.filter((_, index) => `${lines.slice(index, index + count).join('\n')}\n` === find && index + count <= lines.length).length;
        const after = [...lines.slice(0, start), ...written, ...lines.slice(start + count)];
        const crlf = splitLines(text).crlf;
        const expected = after.length === 0 ? '' : after.join(crlf ? end : '\n') + (final ? (crlf ? end : '\n') : '');
        const result = apply(text, edit);
        if (places > 1) expect(result.rejections.map(({ kind }) => kind)).toEqual(find === replacement ? ['no-effect'] : ['ambiguous-match']);
        else if (expected === text) expect(result.rejections.map(({ kind }) => kind)).toEqual(['no-effect']);
        else expect(result.changed.get(path)?.replaceAll('\r\n', '\n')).toBe(expected.replaceAll('\r\n', '\n'));
      }),
      { numRuns: 400 },
    );
  });

  it('changes nothing when any edit is refused, and touches only named files', () => {
    const name = fc.constantFrom<string>('a', 'b', 'c', 'd');
    const text = fc.array(line, { maxLength: 6 }).map((lines) => lines.map((each) => `${each}\n`).join(''));
    const edit = fc.oneof(
      fc.record({ kind: fc.constant('create' as const), path: name, text }),
      fc.record({ kind: fc.constant('replace' as const), path: name, find: text, with: text }),
      fc.record({ kind: fc.constant('delete' as const), path: name }),
      fc.record({ kind: fc.constant('rename' as const), path: name, to: name }),
    );
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), text, text, (edits, a, b) => {
        const texts = new Map([['a', a], ['b', b]]);
        const result = applyEdits(texts, edits);
        if (result.rejections.length > 0) expect([result.changed.size, result.deleted.length]).toEqual([0, 0]);
        const named = new Set(edits.flatMap((each) => (each.kind === 'rename' ? [each.path, each.to] : [each.path])));
        for (const each of [...result.changed.keys(), ...result.deleted]) expect(named.has(each)).toBe(true);
        expect(texts).toEqual(new Map([['a', a], ['b', b]]));
      }),
      { numRuns: 400 },
    );
  });
});
