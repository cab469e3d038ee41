import { indexFile } from './index-file';
import { moduleResolver, packageFolders } from './resolve-module';

const paths = ['src/a.ts', 'src/ui/button/index.tsx', 'web/src/pages/home.tsx', 'web/src/api.js', 'packages/core/src/index.ts', 'packages/core/src/clock.ts', 'packages/core/legacy.ts'];
const files = new Map([...paths.map((path) => [path, indexFile(path, '')] as const), ['packages/core/package.json', indexFile('packages/core/package.json', '{"name":"@acme/core"}')] as const]);
const resolve = moduleResolver({ paths: files, packages: packageFolders(files) });

describe('moduleResolver', () => {
  it.each([
    ['a relative path without extension', 'web/src/pages/home.tsx', '../api', 'web/src/api.js'],
    ['a compiled extension', 'packages/core/src/index.ts', './clock.js', 'packages/core/src/clock.ts'],
    ['a folder by its index', 'src/a.ts', './ui/button', 'src/ui/button/index.tsx'],
    ['an alias by the nearest src that has it', 'web/src/pages/home.tsx', '@/api', 'web/src/api.js'],
    ['an alias by a src above', 'web/src/pages/home.tsx', '@/ui/button', 'src/ui/button/index.tsx'],
    ['a workspace package', 'src/a.ts', '@acme/core', 'packages/core/src/index.ts'],
    ['a module inside a workspace package', 'src/a.ts', '@acme/core/clock', 'packages/core/src/clock.ts'],
    ['a module beside the sources of a package', 'src/a.ts', '@acme/core/legacy', 'packages/core/legacy.ts'],
    ['a decorated path', 'web/src/pages/home.tsx', '../api?raw', 'web/src/api.js'],
  ])('follows %s', (_name, importer, specifier, expected) => {
    expect(resolve(importer, specifier)).toBe(expected);
  });

  it('knows nothing of packages from outside', () => {
    expect(['react', '@nx/devkit', './missing', '@/missing'].map((specifier) => resolve('src/a.ts', specifier))).toEqual([undefined, undefined, undefined, undefined]);
  });
});
