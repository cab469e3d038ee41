import { matchesGlobs } from './matches-globs';

describe('matchesGlobs', () => {
  it.each([
    ['packages/a/src/x.ts', ['packages/a/**'], true],
    ['packages/a/.env', ['packages/a/**'], true],
    ['packages/b/src/x.ts', ['packages/a/**'], false],
    ['packages/a/src/x.spec.ts', ['packages/a/**', '!**/*.spec.ts'], false],
    ['packages/a/src/x.spec.ts', ['!**/*.spec.ts', 'packages/a/**'], false],
    ['packages/a/src/x.ts', ['!**/*.spec.ts'], false],
    ['packages/a/src/x.ts', [], false],
    ['Packages/a/src/x.ts', ['packages/a/**'], false],
    ['nx.json', ['nx.json'], true],
    ['sub/nx.json', ['nx.json'], false],
    ['a/jest.config.ts', ['**/jest.*.{js,ts}'], true],
    ['jest.config.ts', ['**/jest.*.{js,ts}'], true],
  ] as const)('%s against %j is %s', (path, globs, expected) => {
    expect(matchesGlobs(path, globs)).toBe(expected);
  });
});
