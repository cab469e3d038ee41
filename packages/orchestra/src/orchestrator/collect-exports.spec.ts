import { indexFile } from '../context-hub/index-file';
import { type ChangedFile, type ExportChange, policySchema } from '../model';
import { collectExports } from './collect-exports';

const policy = policySchema.parse({});
const price = 'packages/a/src/price.ts';
const old = 'export function price(n: number): number { return n; }\n';
const workspace: Readonly<Record<string, string>> = {
  [price]: old,
  'packages/a/package.json': '{\n  "name": "@shop/a"\n}\n',
  'packages/a/src/index.ts': "export * from './price';\nexport { price as cost } from './price';\n",
  'packages/a/src/plain.ts': "import { price } from './price';\nexport const total = price(1);\n",
  'packages/b/src/aliased.ts': "import { price as p } from '@shop/a';\np(1);\n",
  'packages/b/src/renamed.ts': "import { cost } from '@shop/a';\ncost(1);\n",
  'packages/b/src/member.js': "import * as shop from '@shop/a';\nshop.price(1);\n",
  'packages/b/src/other-member.js': "import * as shop from '@shop/a';\nshop.unrelated(1);\n",
  'packages/b/src/required.js': "const { price: p } = require('../../a/src/price');\np(1);\n",
  'packages/b/src/lazy.js': "export const later = () => import('@shop/a');\n",
};
const everyone = ['packages/a/src/plain.ts', 'packages/b/src/aliased.ts', 'packages/b/src/lazy.js', 'packages/b/src/member.js', 'packages/b/src/renamed.ts', 'packages/b/src/required.js'];

async function collect(changes: readonly ChangedFile[], files = workspace): Promise<readonly ExportChange[]> {
  const indexes = new Map(Object.entries(files).map(([path, text]) => [path, indexFile(path, text)]));
  return collectExports(changes, { indexes, read: async (paths) => new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, files[path]] as const]))) }, policy);
}
const change = (head: string | undefined, more: Partial<ChangedFile> = {}): ChangedFile => ({ path: price, status: 'modified', base: old, ...(head === undefined ? {} : { head }), ...more });

describe('exports of a change', () => {
  it('names a removed export and everyone who imports it: plainly, under an alias, as a member, through a barrel', async () => {
    expect(await collect([change('')])).toEqual([{ path: price, name: 'price', change: 'removed', before: 'function price(n: number): number', usedBy: everyone, stillUsedBy: everyone }]);
  });

  it('names who imports it by an alias of the workspace', async () => {
    const files = {
      ...workspace,
      'tsconfig.base.json': '{ "compilerOptions": { "paths": { "@libs/*": ["packages/*/src/index.ts"], "@price": ["packages/a/src/price"] } } }',
      'packages/c/src/of-library.ts': "import { price } from '@libs/a';\nprice(1);\n",
      'packages/c/src/of-file.ts': "import { price } from '@price';\nprice(1);\n",
    };
    expect((await collect([change('')], files))[0]?.usedBy).toEqual([...everyone, 'packages/c/src/of-file.ts', 'packages/c/src/of-library.ts']);
  });

  it('tells who of them still imports what is gone, and who was changed along', async () => {
    const plain = 'packages/a/src/plain.ts';
    const moved: ChangedFile = { path: plain, status: 'modified', base: workspace[plain] ?? '', head: 'export const total = 1;\n' };
    const kept: ChangedFile = { path: 'packages/b/src/aliased.ts', status: 'modified', base: workspace['packages/b/src/aliased.ts'] ?? '', head: "import { price as q } from '@shop/a';\nq(2);\n" };
    const found = await collect([change(''), moved, kept]);
    expect(found.find(({ name }) => name === 'price')?.stillUsedBy).toEqual(everyone.filter((path) => path !== plain));
  });

  it('names a changed signature with both of its forms', async () => {
    const [found] = await collect([change(old.replace('n: number', 'n: string'))]);
    expect(found).toMatchObject({ change: 'changed', before: expect.stringContaining('n: number'), after: expect.stringContaining('n: string'), usedBy: everyone, stillUsedBy: everyone });
  });

  it('names the barrel when it is all that makes the name public', async () => {
    const files = { [price]: old, 'packages/a/src/index.ts': "export * from './price';\n" };
    expect((await collect([change('')], files))[0]?.usedBy).toEqual(['packages/a/src/index.ts']);
  });

  it('follows barrels that hand a name round in a circle, and ends', async () => {
    const files = { [price]: `${old}export * from './index';\n`, 'packages/a/src/index.ts': "export * from './price';\n" };
    const circle: ChangedFile = { path: price, status: 'modified', base: files[price] ?? '', head: "export * from './index';\n" };
    expect((await collect([circle], files))[0]?.usedBy).toEqual(['packages/a/src/index.ts']);
  });

  it('tells a name that went to another file from one that is gone', async () => {
    const there: ChangedFile = { path: 'packages/a/src/cost.ts', status: 'added', head: old };
    const removed = (await collect([change(''), there])).find(({ change: how }) => how === 'removed');
    expect(removed?.movedTo).toBe('packages/a/src/cost.ts');
    const other = { ...there, head: old.replace('n: number', 'n: string') };
    expect((await collect([change(''), other])).find(({ change: how }) => how === 'removed')?.movedTo).toBeUndefined();
  });

  it('has nothing to say of another body, a test, or a file that only moved', async () => {
    expect(await collect([change(old.replace('return n', 'return n + 1'))])).toEqual([]);
    expect(await collect([change('', { path: 'packages/a/src/price.spec.ts' })])).toEqual([]);
    expect(await collect([change(old, { path: 'packages/a/src/cost.ts', previousPath: price, status: 'renamed' })])).toEqual([]);
  });
});
