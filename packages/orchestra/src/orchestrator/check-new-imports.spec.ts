import { indexFile } from '../context-hub/index-file';
import { checkNewImports } from './check-new-imports';

const texts: Readonly<Record<string, string>> = {
  'tsconfig.base.json': '{"compilerOptions":{"paths":{"@acme/orders":["libs/orders/src/index.ts"],"@acme/views/*":["libs/views/src/*"]}}}',
  'package.json': '{"dependencies":{"express":"5"}}',
  'libs/orders/src/index.ts': 'export const total = 1;\n',
  'libs/views/src/list.ts': 'export const list = 1;\n',
  'apps/shop/src/main.ts': 'export {};\n',
};
const survey = {
  indexes: () => Promise.resolve(new Map(Object.entries(texts).map(([path, text]) => [path, indexFile(path, text)] as const))),
  tree: new Map(Object.keys(texts).map((path) => [path, { blob: path, mode: '100644' }] as const)),
};
const view = { changed: new Map<string, string>(), deleted: new Set<string>(), read: (paths: readonly string[]) => Promise.resolve(new Map(paths.flatMap((path) => (texts[path] === undefined ? [] : [[path, texts[path] ?? ''] as const])))) };

async function refusals(text: string, deleted: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const applied = { changed: new Map([['apps/shop/src/main.ts', text], ...Object.entries(more)]), deleted, tolerances: [] };
  return (await checkNewImports(survey, view, applied, new Set(Object.keys(texts)))).map(({ because }) => because);
}

describe('checkNewImports', () => {
  it('knows a library by the aliases of the workspace, though nobody imports it yet', async () => {
    expect(await refusals("import { total } from '@acme/orders';\nimport { list } from '@acme/views/list';\nimport express from 'express';\n")).toEqual([]);
  });

  it('refuses a file that an alias does not lead to, and one that the reply itself deletes', async () => {
    expect(await refusals("import { grid } from '@acme/views/grid';\n")).toEqual(['"@acme/views" is imported and the package does not declare it']);
    expect(await refusals("import { list } from '@acme/views/list';\n", ['libs/views/src/list.ts'])).toHaveLength(1);
  });

  it('knows the aliases as the reply leaves them', async () => {
    const added = { 'libs/new/src/index.ts': 'export const made = 1;\n', 'tsconfig.base.json': '{"compilerOptions":{"paths":{"@acme/new":["libs/new/src/index.ts"]}}}' };
    expect(await refusals("import { made } from '@acme/new';\n", [], added)).toEqual([]);
    expect(await refusals("import { total } from '@acme/orders';\n", [], added)).toHaveLength(1);
    expect(await refusals("import { total } from '@acme/orders';\n", ['tsconfig.base.json'])).toHaveLength(1);
  });

  it('refuses a package that nobody declares', async () => {
    expect(await refusals("import left from 'left-pad';\n")).toEqual(['"left-pad" is imported and the package does not declare it']);
  });
});
