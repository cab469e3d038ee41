import { matchesGlobs } from '../../patch/matches-globs';
import { narrowDomain } from './narrow-domain';

describe('a domain inside a project', () => {
  it('becomes the whole project where the glob covers it', () => {
    expect(narrowDomain(['packages/**'], 'packages/api')).toEqual(['packages/api/**']);
    expect(narrowDomain(['packages/api/**'], 'packages/api')).toEqual(['packages/api/**']);
  });

  it('is anchored at the project root where the glob is by file name', () => {
    expect(narrowDomain(['**/*.spec.ts'], 'packages/api')).toEqual(['packages/api/**/*.spec.ts']);
  });

  it('keeps the rest of a glob that leads into the project', () => {
    expect(narrowDomain(['packages/a*/**/*.spec.ts'], 'packages/api')).toEqual(['packages/api/**/*.spec.ts']);
    expect(narrowDomain(['packages/*/migrations/*.sql'], 'packages/api')).toEqual(['packages/api/migrations/*.sql']);
    expect(narrowDomain(['packages'], 'packages/api')).toEqual([]);
  });

  it('drops out where the glob lies in another project', () => {
    expect(narrowDomain(['packages/web/**'], 'packages/api')).toEqual([]);
    expect(narrowDomain(['packages/api-gateway/**'], 'packages/api')).toEqual([]);
  });

  it('keeps what the domain takes away', () => {
    const lease = narrowDomain(['packages/api/**', '!**/*.spec.ts'], 'packages/api');
    expect(matchesGlobs('packages/api/src/a.ts', lease)).toBe(true);
    expect(matchesGlobs('packages/api/src/a.spec.ts', lease)).toBe(false);
  });

  it('never reaches outside the project, whatever the glob', () => {
    for (const glob of ['**', '**/*', 'packages/**', '*', '**/src/**']) {
      expect(matchesGlobs('packages/web/src/a.ts', narrowDomain([glob], 'packages/api'))).toBe(false);
    }
  });

  it('is the domain itself in a workspace that is one root project', () => {
    expect(narrowDomain(['src/**'], '.')).toEqual(['src/**']);
  });
});
