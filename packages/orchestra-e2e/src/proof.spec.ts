import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';
import { watch } from './watched-run';

type Files = Readonly<Record<string, string>>;

const manifest = (name: string, dependencies: readonly string[], test: string): string =>
  JSON.stringify({
    name: `@shop/${name}`, version: '1.0.0', type: 'module', main: 'src/index.js', dependencies: Object.fromEntries(dependencies.map((each) => [`@shop/${each}`, '1.0.0'])),
    nx: { name, targets: { test: { command: test, options: { cwd: '{projectRoot}' } } } },
  }, undefined, 2);

/** The same shop in ES modules, which Vitest is made for and Node's runner takes as well. */
const modules = (test: string, imports: string): Files => ({
  'packages/contracts/package.json': manifest('contracts', [], test),
  'packages/contracts/src/index.js': "export { deliveryFee } from './delivery.js';\n",
  'packages/contracts/src/delivery.js': '/** Fee in euros. Free from 50. */\nexport function deliveryFee(total) {\n  return total > 50 ? 0 : 4.9;\n}\n',
  'packages/contracts/src/delivery.spec.js': `${imports}import { deliveryFee } from './delivery.js';\n\ntest('a small order pays', () => {\n  same(deliveryFee(10), 4.9);\n});\n`,
  'packages/backend/package.json': manifest('backend', ['contracts'], test),
  'packages/backend/src/index.js': "import { deliveryFee } from '@shop/contracts';\n\nexport function checkout(total) {\n  return { total, fee: deliveryFee(total) };\n}\n",
  'packages/backend/src/checkout.spec.js': `${imports}import { checkout } from './index.js';\n\ntest('a large order is delivered free', () => {\n  same(checkout(80).fee, 0);\n});\n`,
  'packages/shop/package.json': manifest('shop', ['backend'], test),
  'packages/shop/src/index.js': "export { checkout } from '@shop/backend';\n",
  'packages/shop/src/shop.spec.js': `${imports}import { checkout } from './index.js';\n\ntest('the shop checks out', () => {\n  same(checkout(60).fee, 0);\n});\n`,
});

const vitest = "import { expect, test } from 'vitest';\nconst same = (actual, expected) => expect(actual).toBe(expected);\n";
const node = "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nconst same = (actual, expected) => assert.equal(actual, expected);\n";
const jestTest = "const { checkout } = require('./index');\n\ntest('an order of exactly 50 is delivered free', () => {\n  expect(checkout(50).fee).toBe(0);\n});\n";
const moduleTest = (imports: string): string => `${imports}import { checkout } from './index.js';\n\ntest('an order of exactly 50 is delivered free', () => {\n  same(checkout(50).fee, 0);\n});\n`;

const runners: readonly (readonly [string, Files, string])[] = [
  ['jest', {}, jestTest],
  ['vitest', modules('vitest run', vitest), moduleTest(vitest)],
  ['node:test', modules('node --test src/', node), moduleTest(node)],
];

const testFile = 'packages/backend/src/boundary.spec.js';
let shop: ShopWorkspace;
afterEach(() => shop.dispose());

/** The fix lies in `contracts`, its test in `backend`, and neither is committed. */
function openWith(files: Files, test: string): string {
  shop = shopWorkspace({ ...files, 'orchestra/orchestra.json': JSON.stringify({ gate: 'shop', targets: ['test'] }) });
  shop.write('.git/hooks/pre-commit', '#!/bin/sh\nexit 0\n');
  chmodSync(join(shop.root, '.git/hooks/pre-commit'), 0o755);
  const path = 'packages/contracts/src/delivery.js';
  shop.write(path, shop.read(path).replace('total > 50', 'total >= 50'));
  shop.write(testFile, test);
  return shop.fingerprint();
}

interface Report {
  readonly verdict: { readonly decision: string };
  readonly proof: { readonly status: string; readonly because: string; readonly headRuns: number; readonly tests: readonly { readonly id: string; readonly base: string; readonly head: string }[] };
}
const report = (): Report => JSON.parse(shop.read('.orchestra/reports/gate/report.json')) as Report;
const arguments_ = ['run', 'shop:validate-wave', '--type=bugfix'];
const gate = (): Run => shop.nx(...arguments_);
const scratchTrees = (): readonly string[] => readdirSync(shop.temp).filter((name) => name.startsWith('orchestra-scratch-'));
const proved = { status: 'proved', headRuns: 2, tests: [{ id: `${testFile} › an order of exactly 50 is delivered free`, base: 'red', head: 'passed' }] };

describe.each(runners)('the proof with %s', (_, files, test) => {
  it('is red on base and green with the fix in another package, and touches nothing', () => {
    const before = openWith(files, test);
    const run = gate();
    expect(run.output).toMatch(/accepted: /);
    expect(report()).toMatchObject({ verdict: { decision: 'accepted' }, proof: proved });
    expect(shop.fingerprint()).toBe(before);
    expect(scratchTrees()).toEqual([]);
  });

  it('touches nothing when it is killed while tests run, and the next one cleans up and proves', async () => {
    const before = openWith(files, test);
    const run = watch(shop, ...arguments_);
    await run.until((output) => output.includes('with the whole change, expecting green'));
    await run.until(() => scratchTrees().length > 0);
    await run.kill();
    expect(shop.fingerprint()).toBe(before);
    expect(report().verdict.decision).toBe('unjudged');
    gate();
    expect(report()).toMatchObject({ verdict: { decision: 'accepted' }, proof: proved });
    expect(shop.fingerprint()).toBe(before);
    expect(scratchTrees()).toEqual([]);
  });
});

describe('the proof', () => {
  it('does not take a test that passes on base, and says so in the same bytes twice', () => {
    openWith(modules('vitest run', vitest), moduleTest(vitest).replace('checkout(50)', 'checkout(90)'));
    expect(gate().code).toBe(1);
    expect(report()).toMatchObject({ verdict: { decision: 'blocked' }, proof: { status: 'not-proved', because: expect.stringContaining('none of them shows the bug') } });
    const first = shop.read('.orchestra/reports/gate/report.json');
    gate();
    expect(shop.read('.orchestra/reports/gate/report.json')).toBe(first);
  });

  it('says what to configure where the runner is not one it can read', () => {
    openWith({ ...modules('sh ../../run-tests.sh', node), 'run-tests.sh': 'exec node --test src/\n' }, moduleTest(node));
    shop.git('rm', '--quiet', 'packages/backend/jest.config.js');
    shop.git('commit', '--quiet', '-m', 'another runner');
    expect(gate().code).toBe(1);
    expect(report()).toMatchObject({ verdict: { decision: 'unjudged' }, proof: { status: 'unsupported' } });
    expect(shop.read('.orchestra/reports/gate/report.md')).toMatch(/call jest, vitest or/);
  });
});
