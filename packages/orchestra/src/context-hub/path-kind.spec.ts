import { holdsPathAliases } from './path-kind';

describe('configurations with aliases', () => {
  it('are those of TypeScript and JavaScript projects', () => {
    const paths = ['tsconfig.json', 'tsconfig.base.json', 'apps/a/tsconfig.app.json', 'jsconfig.json', 'my-tsconfig.json', 'tsconfig.ts', 'package.json'];
    expect(paths.filter(holdsPathAliases)).toEqual(['tsconfig.json', 'tsconfig.base.json', 'apps/a/tsconfig.app.json', 'jsconfig.json']);
  });
});
