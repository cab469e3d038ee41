import posix from 'node:path/posix';
import win32 from 'node:path/win32';
import fc from 'fast-check';
import { checkPath } from './check-path';

describe('checkPath', () => {
  it.each([
    'a.ts', 'packages/crm-backend/src/routes/contacts.ts', '.github/workflows/ci.yml', '.env.example', '.gitignore', '.gitattributes',
    'app/[id]/(group)/page.tsx', 'docs/größe.md', 'src/日本語.ts', 'a b/c d.ts', '@scope/x.ts', 'x/...rest.ts', 'git/config', 'console.ts', 'a~b.ts',
  ])('lets %s pass', (path) => {
    expect(checkPath(path)).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    ['/etc/passwd', 'absolute'],
    ['//server/share/x', 'absolute'],
    ['C:/x', 'drive'],
    ['c:x', 'drive'],
    ['..', 'segment ".."'],
    ['../x', 'segment ".."'],
    ['a/../../x', 'segment ".."'],
    ['a/./b', 'segment "."'],
    ['./a', 'segment "."'],
    ['a//b', 'empty segment'],
    ['a/', 'empty segment'],
    ['a\\b', 'backslash'],
    ['..\\x', 'backslash'],
    ['a\0.ts', 'control character'],
    ['a\n.ts', 'control character'],
    ['a\u0085.ts', 'control character'],
    ['.git/hooks/pre-commit', '".git" is never written'],
    ['packages/a/.git/config', '".git" is never written'],
    ['.GIT/config', '".git" is never written'],
    ['.git./config', '".git" is never written'],
    ['.git /config', '".git" is never written'],
    ['.git. . /config', '".git" is never written'],
    ['.git::$INDEX_ALLOCATION/config', 'one of <'],
    ['.g\u200cit/config', 'invisible'],
    ['.git\ufeff/config', 'invisible'],
    ['\u202e.git/config', 'invisible'],
    ['a\ufe0f.ts', 'invisible'],
    ['.ｇｉｔ/config', '".git" is never written'],
    ['GIT~1/config', 'short name'],
    ['git~2/config', 'short name'],
    ['GI7EB8~1/config', 'short name'],
    ['NODE_M~1/x.js', 'short name'],
    ['node_modules/x/index.js', '"node_modules" is never written'],
    ['packages/a/Node_Modules/x.js', '"node_modules" is never written'],
    ['.nx/cache/x', '".nx" is never written'],
    ['.orchestra/journal.json', '".orchestra" is never written'],
    ['cafe\u0301.ts', 'normal form C'],
    ['a\ud800.ts', 'not valid Unicode'],
    ['nul', 'device'],
    ['src/aux.ts', 'device'],
    ['COM1.txt', 'device'],
    ['a?.ts', 'one of <'],
    ['a.ts:stream', 'one of <'],
    ['a.ts.', 'ends in a dot'],
    ['a/ b.ts', 'white space'],
    ['a/b.ts\u00a0', 'white space'],
    ['x'.repeat(256), 'segment is longer'],
    ['ü'.repeat(128), 'segment is longer'],
    ['abcdefgh/'.repeat(200) + 'x', 'longer than 1024'],
  ])('refuses %j', (path, reason) => {
    expect(checkPath(path)).toContain(reason);
  });

  const hostile = fc.array(
    fc.oneof(
      fc.constantFrom('.', '..', '/', '\\', '.git', 'node_modules', 'C:', '~1', '\0', ' ', 'src', 'a.ts', '\u200c', 'É', 'E\u0301'),
      fc.string({ unit: 'binary', maxLength: 6 }),
    ),
    { maxLength: 8 },
  );

  it('accepts no path that leaves the root, on either kind of system', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const path = parts.join('');
        if (checkPath(path) !== undefined) return;
        for (const system of [posix, win32]) {
          const root = system === posix ? '/srv/work' : 'C:\\srv\\work';
          const relative = system.relative(root, system.resolve(root, path));
          expect(system.isAbsolute(relative) || relative.split(system.sep).includes('..')).toBe(false);
          expect(relative.split(system.sep).join('/')).toBe(path);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('accepts no path with a reserved folder in it, however it is spelled', () => {
    fc.assert(
      fc.property(hostile, (parts) => {
        const path = parts.join('');
        if (checkPath(path) !== undefined) return;
        expect(path.toLowerCase().split('/')).not.toContain('.git');
        expect(path.toLowerCase().split('/')).not.toContain('node_modules');
      }),
      { numRuns: 500 },
    );
  });
});
