import fc from 'fast-check';
import picomatch from 'picomatch';
import { globMatcher, matchesGlobs } from './matches-globs';

describe('matchesGlobs', () => {
  it.each([
    ['packages/api/src/a.ts', ['packages/api/**'], true],
    ['packages/api/src/a.ts', ['packages/web/**'], false],
    ['packages/api/src/a.spec.ts', ['packages/api/**', '!**/*.spec.ts'], false],
    ['packages/api/src/a.spec.ts', ['!**/*.spec.ts', 'packages/api/**'], false],
    ['packages/api/.env.example', ['packages/api/**'], true],
    ['.github/workflows/ci.yml', ['**/*.yml'], true],
    ['a.ts', ['!b.ts'], false],
    ['a.ts', [], false],
    ['a.tsx', ['**/*.{ts,tsx}'], true],
    ['packages/a[1]/x.ts', ['packages/a\\[1\\]/**'], true],
  ])('%s against %j is %s', (path, globs, expected) => {
    expect([matchesGlobs(path, globs), globMatcher(globs)(path)]).toEqual([expected, expected]);
  });

  it('answers as picomatch does, of any path and any glob', () => {
    const part = fc.constantFrom('a', 'b', '**', '*', '.', '..', '[1]', '{a,b}', '!', '(a)', '+(b)', '?', 'a.ts', '*.ts', '');
    const joined = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(joined.filter((glob) => glob !== '' && !glob.startsWith('!')), joined, fc.boolean(), (glob, path, ignoreCase) => {
        expect(matchesGlobs(path, [glob], { ignoreCase })).toBe(picomatch(glob, { dot: true, nonegate: true, nocase: ignoreCase })(path));
        expect(matchesGlobs(glob, [glob], { ignoreCase })).toBe(picomatch(glob, { dot: true, nonegate: true, nocase: ignoreCase })(glob));
      }),
      { numRuns: 2000 },
    );
  });

  it('tells cases apart unless it is asked not to', () => {
    expect(matchesGlobs('NX.json', ['nx.json'])).toBe(false);
    expect(matchesGlobs('NX.json', ['nx.json'], { ignoreCase: true })).toBe(true);
    expect(matchesGlobs('NX.json', ['nx.json'])).toBe(false);
  });
});
