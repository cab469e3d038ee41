import { indexFile } from '../context-hub/index-file';
import { type ChangedFile, policySchema } from '../model';
import { collectExports } from './collect-exports';

const policy = policySchema.parse({});
const indexes = new Map([['packages/a/src/user.ts', "import { price } from './price';\nexport const total = price(1);\n"]].map(([path, text]) => [path as string, indexFile(path as string, text as string)]));
const priced = new Map([...indexes, ['packages/a/src/price.ts', indexFile('packages/a/src/price.ts', 'export function price(n: number): number { return n; }\n')]]);
const change = (base: string | undefined, head: string | undefined, more: Partial<ChangedFile> = {}): ChangedFile => ({
  path: 'packages/a/src/price.ts', status: 'modified', ...(base === undefined ? {} : { base }), ...(head === undefined ? {} : { head }), ...more,
});
const old = 'export function price(n: number): number { return n; }\n';

describe('exports of a change', () => {
  it('names a removed export and who imports it', () => {
    expect(collectExports([change(old, '')], priced, policy)).toEqual([expect.objectContaining({ name: 'price', change: 'removed', usedBy: ['packages/a/src/user.ts'] })]);
  });

  it('names a changed signature with both of its forms', () => {
    const [found] = collectExports([change(old, old.replace('n: number', 'n: string'))], priced, policy);
    expect(found).toMatchObject({ change: 'changed', before: expect.stringContaining('n: number'), after: expect.stringContaining('n: string') });
  });

  it('has nothing to say of another body, a test, or a file that only moved', () => {
    expect(collectExports([change(old, old.replace('return n', 'return n + 1'))], priced, policy)).toEqual([]);
    expect(collectExports([change(old, '', { path: 'packages/a/src/price.spec.ts' })], priced, policy)).toEqual([]);
    expect(collectExports([change(old, old, { path: 'packages/a/src/cost.ts', previousPath: 'packages/a/src/price.ts', status: 'renamed' })], priced, policy)).toEqual([]);
  });
});
