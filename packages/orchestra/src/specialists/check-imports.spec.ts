import { checkImports, type ImportedNames, type ImportKnowledge } from './check-imports';

/** `a, b from './x'` per line. */
function importsOf(text: string): readonly ImportedNames[] {
  return text.split('\n').filter((line) => line.includes(' from ')).map((line) => {
    const [names = '', specifier = ''] = line.split(' from ');
    return { specifier, names: names.split(', ').filter((name) => name !== '*') };
  });
}

const exports = new Map([
  ['packages/shop/src/price.ts', ['total', 'discount']],
  ['packages/shop/src/money/index.ts', ['Money']],
  ['packages/contracts/src/index.ts', ['Order']],
  ['packages/shop/src/view.tsx', ['View', 'default']],
  ['packages/shop/src/data.json', undefined],
  ['packages/shop/src/barrel.ts', undefined],
]);
const knowledge: ImportKnowledge = {
  importsOf,
  exists: (path) => exports.has(path),
  exportsOf: (path) => exports.get(path),
  packages: new Set(['express', '@aisha/contracts', 'fs']),
  resolveAlias: (specifier) => (specifier === '@aisha/contracts' ? 'packages/contracts/src/index.ts' : undefined),
};
const faults = (text: string, before?: string) => {
  const path = 'packages/shop/src/orders.ts';
  return checkImports(new Map([[path, text]]), knowledge, before === undefined ? new Map() : new Map([[path, before]])).map((rejection) => rejection.because);
};

describe('checkImports', () => {
  it.each([
    'total from ./price', 'total from ./price.js', 'total from ./price.ts', 'Money from ./money', 'Money from ../src/money/index', 'default from ./view',
    'x from ./data.json', 'anything from ./barrel', 'Router from express', 'x from express/lib/x', 'readFile from node:fs', 'readFile from fs', 'Order from @aisha/contracts', '* from ./price',
  ])('lets "%s" pass', (line) => {
    expect(faults(line)).toEqual([]);
  });

  it.each([
    ['x from ./prices', 'no such file'],
    ['x from ../../../../../etc/passwd', 'no such file'],
    ['sum from ./price', '"sum" is imported from "./price", and packages/shop/src/price.ts does not export it (it exports discount, total)'],
    ['default from ./price', '"default" is imported'],
    ['Invoice from @aisha/contracts', 'does not export it'],
    ['x from left-pad', '"left-pad" is imported and the package does not declare it'],
    ['x from @aisha/contract/deep', '"@aisha/contract" is imported'],
  ])('refuses "%s"', (line, because) => {
    expect(faults(line)).toEqual([expect.stringContaining(because)]);
  });

  it('does not blame the reply for what was wrong before', () => {
    expect(faults('sum from ./price\nx from left-pad', 'sum from ./price\nx from left-pad')).toEqual([]);
    expect(faults('sum, product from ./price', 'sum from ./price')).toEqual([expect.stringContaining('"product"')]);
  });

  it('tells faults sorted by file, each once', () => {
    const changed = new Map([['b.ts', 'x from no\ny from no'], ['a.ts', 'x from no']]);
    expect(checkImports(changed, knowledge).map((rejection) => [rejection.kind, rejection.path])).toEqual([['unknown-import', 'a.ts'], ['unknown-import', 'b.ts']]);
  });
});
