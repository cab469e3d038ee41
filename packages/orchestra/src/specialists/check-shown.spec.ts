import type { Edit, PacketFile } from '../model';
import { checkShown } from './check-shown';

const shown = (path: string, mode: PacketFile['mode'], text: string): PacketFile => ({ path, mode, text, hash: '', because: [], tokens: 0 });
const files = [shown('whole.ts', 'whole', 'a\nb\n'), shown('slice.ts', 'slice', 'c\nd\n'), shown('slice.ts', 'slice', 'g\n'), shown('outline.ts', 'outline', 'export function f();\n')];
const replace = (path: string, find: string, written = 'x\n'): Edit => ({ kind: 'replace', path, find, with: written });
const faults = (...edits: readonly Edit[]) => checkShown(edits, files).map((rejection) => [rejection.kind, rejection.edit]);

describe('checkShown', () => {
  it('lets through what was shown, tolerantly quoted as well', () => {
    expect(faults(replace('whole.ts', 'b\n'), replace('slice.ts', '  d\n'), replace('slice.ts', 'g\n'), { kind: 'create', path: 'new.ts', text: '' })).toEqual([]);
  });

  it('leaves a text that is not in a whole file to the one who applies it', () => {
    expect(faults(replace('whole.ts', 'zzz\n'))).toEqual([]);
  });

  it('refuses an edit to an outline, even where its line fits', () => {
    expect(faults(replace('outline.ts', 'export function f();\n'))).toEqual([['not-shown', 0]]);
  });

  it('refuses an edit outside the shown lines and to files that were not shown', () => {
    expect(faults(replace('slice.ts', 'e\n'), replace('other.ts', 'e\n'), { kind: 'delete', path: 'other.ts' }, { kind: 'delete', path: 'slice.ts' })).toEqual([
      ['not-shown', 0], ['not-shown', 1], ['not-shown', 2], ['not-shown', 3],
    ]);
  });

  it('knows what the reply itself has written, moved and created', () => {
    expect(faults(
      replace('slice.ts', 'd\n', 'new\n'), replace('slice.ts', 'new\n'), { kind: 'rename', path: 'slice.ts', to: 'moved.ts' }, replace('moved.ts', 'c\n'),
      { kind: 'create', path: 'new.ts', text: 'q\n' }, replace('new.ts', 'q\n'),
    )).toEqual([]);
  });
});
