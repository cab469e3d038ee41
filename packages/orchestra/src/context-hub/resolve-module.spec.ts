import { indexFile } from './index-file';
import { moduleResolver, packageFolders, placedAliases } from './resolve-module';

const paths = ['src/a.ts', 'src/ui/button/index.tsx', 'web/src/pages/home.tsx', 'web/src/api.js', 'packages/core/src/index.ts', 'packages/core/src/clock.ts', 'packages/core/legacy.ts'];
const files = new Map([...paths.map((path) => [path, indexFile(path, '')] as const), ['packages/core/package.json', indexFile('packages/core/package.json', '{"name":"@acme/core"}')] as const]);
const resolve = moduleResolver({ paths: files, packages: packageFolders(files), aliases: placedAliases(files) });

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

  describe('with the aliases of a workspace', () => {
    const base = `{
      // TypeScript allows this
      "compilerOptions": { "baseUrl": ".", "paths": {
        "@acme/orders": ["libs/orders/src/index.ts"],
        "@acme/orders/*": ["libs/orders/src/lib/*"],
        "@acme/*": ["dist/libs/*", "libs/*/src/index"],
        "#app/*": ["./apps/shop/src/app/*"],
        "lib-*.view": ["libs/views/src/*"],
      } },
    }`;
    const texts: Readonly<Record<string, string>> = {
      'tsconfig.base.json': base,
      'libs/orders/tsconfig.build.json': '{ "compilerOptions": { "paths": { "@acme/billing": ["../../dist/libs/billing"], "@acme/date": ["../../shared/date.ts"] } } }',
      'libs/orders/tsconfig.spec.json': '{ "compilerOptions": { "paths": { "@acme/views": ["src/lib/total.ts"], "@acme/billing/*": ["src/*"], "@own/total": ["src/index.ts"] } } }',
      'libs/orders/tsconfig.json': '{ "compilerOptions": { "paths": { "@acme/billing": ["../billing/src/index.ts"], "@acme/views": ["../views/src/list.tsx"], "@own/*": ["src/lib/*"] } } }',
      'apps/shop/tsconfig.json': '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "paths": { "@shop/*": ["apps/shop/src/*"] } } }',
      'apps/legacy/tsconfig.json': '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "baseUrl": "src", "paths": { "@acme/orders": ["orders.ts"] } } }',
    };
    const sources = ['libs/orders/src/index.ts', 'libs/orders/src/lib/total.ts', 'libs/billing/src/index.ts', 'libs/views/src/list.tsx', 'apps/shop/src/app/cart.ts', 'apps/shop/src/main.ts', 'apps/legacy/src/orders.ts', 'apps/legacy/src/main.ts', 'apps/legacy/src/forms/field.ts', 'shared/date.ts'];
    const workspace = new Map([...Object.keys(texts), ...sources].map((path) => [path, indexFile(path, texts[path] ?? '')] as const));
    const follow = moduleResolver({ paths: workspace, packages: packageFolders(workspace), aliases: placedAliases(workspace) });

    it.each([
      ['a library by its whole name', 'apps/shop/src/main.ts', '@acme/orders', 'libs/orders/src/index.ts'],
      ['a file inside a library by the longest pattern that fits', 'apps/shop/src/main.ts', '@acme/orders/total', 'libs/orders/src/lib/total.ts'],
      ['the first target that is there', 'apps/shop/src/main.ts', '@acme/billing', 'libs/billing/src/index.ts'],
      ['a pattern that begins with a hash', 'apps/shop/src/main.ts', '#app/cart', 'apps/shop/src/app/cart.ts'],
      ['a pattern with an end', 'apps/shop/src/main.ts', 'lib-list.view', 'libs/views/src/list.tsx'],
      ['what no pattern names, from the base', 'apps/shop/src/main.ts', 'shared/date', 'shared/date.ts'],
      ['the nearest configuration first', 'apps/legacy/src/main.ts', '@acme/orders', 'apps/legacy/src/orders.ts'],
      ['those above it for what it does not name', 'apps/legacy/src/main.ts', '@acme/billing', 'libs/billing/src/index.ts'],
      ['what editors read before what only a build does', 'libs/orders/src/index.ts', '@acme/billing', 'libs/billing/src/index.ts'],
      ['what editors read before what only tests do', 'libs/orders/src/index.ts', '@acme/views', 'libs/views/src/list.tsx'],
      ['what editors read before a longer pattern of the tests', 'libs/orders/src/index.ts', '@own/total', 'libs/orders/src/lib/total.ts'],
      ['a pattern that only a build has', 'libs/orders/src/index.ts', '@acme/date', 'shared/date.ts'],
      ['a target from the base of what is extended', 'apps/shop/src/main.ts', '@shop/app/cart', 'apps/shop/src/app/cart.ts'],
      ['a way back inside a match', 'apps/shop/src/main.ts', '@acme/orders/deep/../total', 'libs/orders/src/lib/total.ts'],
      ['the base of the nearest configuration', 'apps/legacy/src/main.ts', 'forms/field', 'apps/legacy/src/forms/field.ts'],
    ])('follows %s', (_name, importer, specifier, expected) => {
      expect(follow(importer, specifier)).toBe(expected);
    });

    it('knows nothing of what no alias leads to', () => {
      expect(['react', '@acme/missing', '@acme/orders/missing', 'lib-.view', '#app'].map((specifier) => follow('apps/shop/src/main.ts', specifier))).toEqual([undefined, undefined, undefined, undefined, undefined]);
    });
  });

  it('is not held up by deep folders, long names and thousands of aliases', () => {
    // Before folders, answers and prefixes were remembered each of these took a minute.
    const deep = Array.from({ length: 2000 }, (_, at) => `f${at}`).join('/');
    const aliases = [...Array.from({ length: 200 }, (_, at) => ['tsconfig.json', `${'p'.repeat(at + 1)}*`, ['x/*']] as const), ...Array.from({ length: 20_000 }, (_, at) => ['tsconfig.json', `@a/l${at}/*`, [`libs/l${at}/*`]] as const)];
    const follow = moduleResolver({ paths: new Map([['libs/l7/a.ts', 1], [`${deep}/b.ts`, 1]]), packages: new Map(), aliases });
    for (let at = 0; at < 3000; at += 1) follow(`${deep}/b.ts`, `${'p'.repeat(9_000)}${at}`);
    for (let at = 0; at < 20_000; at += 1) follow(`${deep}/b.ts`, `x${'?'.repeat(20)}${at}`);
    expect(follow(`${deep}/b.ts`, '@a/l7/a')).toBe('libs/l7/a.ts');
    expect(follow(`${deep}/b.ts`, `x${'?'.repeat(100_000)}\n`)).toBeUndefined();
  });

  it('knows nothing of packages from outside', () => {
    expect(['react', '@nx/devkit', './missing', '@/missing'].map((specifier) => resolve('src/a.ts', specifier))).toEqual([undefined, undefined, undefined, undefined]);
  });
});
