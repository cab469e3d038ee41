import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';

/** Complains of every `var`, with its position, as linters do. */
const linter = `const fs = require('node:fs');
const complaints = fs.readdirSync('src').flatMap((name) =>
  fs.readFileSync('src/' + name, 'utf8').split('\\n').flatMap((line, index) => (/^var /.test(line) ? ['src/' + name + ':' + (index + 1) + ':1 no var: ' + line] : [])));
complaints.forEach((each) => console.log(each));
process.exit(complaints.length > 0 ? 1 : 0);
`;
const backend = JSON.stringify({
  name: '@shop/backend', version: '1.0.0', main: 'src/index.js', dependencies: { '@shop/contracts': '1.0.0' },
  nx: { name: 'backend', targets: { lint: { command: 'node ../../lint.js', options: { cwd: '{projectRoot}' } }, test: { command: 'jest', options: { cwd: '{projectRoot}' } } } },
});
const oldTest = "const { checkout } = require('./index');\n\ntest('a voucher is taken off', () => {\n  expect(checkout(80).voucher).toBe(5);\n});\n";

let shop: ShopWorkspace;
beforeEach(() => {
  shop = shopWorkspace({
    'orchestra/orchestra.json': JSON.stringify({ gate: 'shop', targets: ['lint', 'test'] }),
    'lint.js': linter, 'packages/backend/package.json': backend,
    'packages/backend/src/old.spec.js': oldTest, 'packages/backend/src/old.js': '// kept\nvar rate = 1;\nmodule.exports = { rate };\n',
  });
});
afterEach(() => shop.dispose());

interface Report {
  readonly verdict: { readonly decision: string };
  readonly targets: readonly { readonly project: string; readonly target: string; readonly status: string; readonly failsOnBase?: boolean }[];
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly because: string }[];
}
const gate = (): Run => shop.nx('run', 'shop:validate-wave');
const report = (): Report => JSON.parse(shop.read('.orchestra/reports/gate/report.json')) as Report;
const judged = (): readonly string[] => report().findings.filter(({ rule }) => rule.startsWith('target-')).map(({ severity, because }) => `${severity}: ${because}`);
const sound = (): void => shop.write('packages/backend/src/index.js', "const { deliveryFee } = require('@shop/contracts');\n\nfunction checkout(total) {\n  const fee = deliveryFee(total);\n  return { total, fee };\n}\n\nmodule.exports = { checkout };\n");

describe('what failed before the change', () => {
  it('is a warning, for a test and for a linter, even when the old complaint has moved', () => {
    sound();
    shop.write('packages/backend/src/old.js', `// one line more\n${shop.read('packages/backend/src/old.js')}`);
    const run = gate();
    expect(judged()).toEqual([
      'warn: "backend:lint" fails exactly as it does on base.',
      'warn: "backend:test" fails in "packages/backend/src/old.spec.js › a voucher is taken off", as it does on base.',
    ]);
    expect(report().verdict.decision).toBe('accepted');
    expect(run.code).toBe(0);
    expect(report().targets).toContainEqual(expect.objectContaining({ project: 'backend', target: 'test', status: 'failed', failsOnBase: true }));
    const first = shop.read('.orchestra/reports/gate/report.json');
    gate();
    expect(shop.read('.orchestra/reports/gate/report.json')).toBe(first);
  });

  it('hides neither a new failure in a new test, nor a new complaint beside an old one', () => {
    sound();
    shop.write('packages/backend/src/new.spec.js', "test('a new one', () => {\n  expect(1).toBe(2);\n});\n");
    shop.write('packages/backend/src/old.js', `${shop.read('packages/backend/src/old.js')}var other = 2;\n`);
    expect(gate().code).toBe(1);
    expect(judged()).toEqual([
      'block: "backend:lint" fails on base as well, and says more here: src/old.js no var: var other = 2;',
      'block: "backend:test" fails in "packages/backend/src/new.spec.js › a new one", a test that the change touches.',
    ]);
  });

  it('does not hide a test that passes on base', () => {
    shop.write('packages/backend/src/index.js', shop.read('packages/backend/src/index.js').replace('fee:', 'charge:'));
    expect(gate().code).toBe(1);
    expect(judged()).toEqual(expect.arrayContaining(['block: "backend:test" fails on base as well, but "packages/backend/src/checkout.spec.js › a large order is delivered free" does not fail there.', 'block: "shop:test" fails and passes on base.']));
  });

  it('does not excuse the old test itself once the change touches it', () => {
    shop.write('packages/backend/src/old.spec.js', oldTest.replace('toBe(5)', 'toBe(5 )'));
    expect(gate().code).toBe(1);
    expect(judged()).toContain('block: "backend:test" fails in "packages/backend/src/old.spec.js › a voucher is taken off", a test that the change touches.');
  });
});
