import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';

let shop: ShopWorkspace;
beforeEach(() => {
  shop = shopWorkspace();
});
afterEach(() => shop.dispose());

interface Report {
  readonly verdict: { readonly decision: string; readonly blocking: readonly { readonly rule: string }[] };
  readonly targets: readonly { readonly project: string; readonly target: string; readonly status: string }[];
  readonly files: readonly { readonly path: string }[];
}
const gate = (...args: string[]): Run => shop.nx('run', 'shop:validate-wave', ...args);
const report = (): Report => JSON.parse(shop.read('.orchestra/reports/gate/report.json')) as Report;
const rules = (): readonly string[] => report().verdict.blocking.map((finding) => finding.rule);
const edit = (text: string): void => shop.write('packages/backend/src/index.js', text);
const sound = "const { deliveryFee } = require('@shop/contracts');\n\nfunction checkout(total) {\n  const fee = deliveryFee(total);\n  return { total, fee };\n}\n\nmodule.exports = { checkout };\n";

describe('the gate', () => {
  it('accepts a clean tree, with a report that says nothing was changed', () => {
    const run = gate();
    expect(run.output).toMatch(/accepted: \.orchestra\/reports\/gate\/report\.md/);
    expect(run.code).toBe(0);
    expect(report().files).toEqual([]);
  });

  it('runs the targets of every affected project for an uncommitted change and accepts a sound one', () => {
    edit(sound);
    const run = gate();
    expect(run.code).toBe(0);
    expect(report().verdict.decision).toBe('accepted');
    expect(report().targets).toEqual(
      ['backend', 'shop'].flatMap((project) => ['build', 'test'].map((target) => expect.objectContaining({ project, target, status: 'passed' }))),
    );
  });

  it('judges a range of commits by --base and --head, and leaves the working tree out of it', () => {
    const base = shop.git('rev-parse', 'HEAD').trim();
    edit(sound);
    shop.git('commit', '--quiet', '-am', 'sound');
    const head = shop.git('rev-parse', 'HEAD').trim();
    const run = gate(`--base=${base}`, `--head=${head}`);
    expect(run.code).toBe(0);
    expect(report()).toMatchObject({ base, head, files: [expect.objectContaining({ path: 'packages/backend/src/index.js' })] });
  });

  it('blocks a failing test, names it, and counts nothing that did not run as passed', () => {
    edit(sound.replace('fee };', 'fee: 0 };'));
    shop.write('packages/backend/src/checkout.spec.js', "const { checkout } = require('./index');\n\ntest('a large order is delivered free', () => {\n  expect(checkout(80).fee).toBe(0);\n});\n\ntest('a small order pays', () => {\n  expect(checkout(10).fee).toBe(4.9);\n});\n");
    const run = gate();
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/blocked: /);
    expect(rules()).toContain('target-failed');
    expect(report().targets).toContainEqual(expect.objectContaining({ project: 'backend', target: 'test', status: 'failed' }));
  });

  it('blocks a failing build', () => {
    edit('module.exports = {;\n');
    const run = gate();
    expect(run.code).toBe(1);
    expect(rules()).toContain('target-failed');
    expect(report().targets).toContainEqual(expect.objectContaining({ project: 'backend', target: 'build', status: 'failed' }));
    for (const target of report().targets) {
      expect(['passed', 'failed', 'not-run']).toContain(target.status);
    }
    expect(report().verdict.decision).toBe('blocked');
  });

  it('puts a change of the judge\'s own config in a person\'s hands, judged by the old one', () => {
    shop.write('orchestra/orchestra.json', JSON.stringify({ gate: 'shop', targets: [], checks: { tasks: 'off' } }));
    edit(sound);
    const run = gate();
    expect(run.code).toBe(1);
    expect(report().verdict.decision).toBe('unjudged');
    expect(rules()).toContain('protected-path');
    expect(report().targets.map((run) => `${run.project}:${run.target}`)).toEqual(expect.arrayContaining(["backend:test", "shop:test"]));
  });

  it('gives the same bytes for the same change', () => {
    edit(sound);
    gate();
    const first = shop.read('.orchestra/reports/gate/report.json');
    gate();
    expect(shop.read('.orchestra/reports/gate/report.json')).toBe(first);
  });
});
