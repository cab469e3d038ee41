import { type ShopWorkspace, shopWorkspace } from './shop-workspace';
import { watch } from './watched-run';

let shop: ShopWorkspace;
beforeEach(() => {
  shop = shopWorkspace({ 'scripts/release.js': "console.log('release');\n" });
});
afterEach(() => shop.dispose());

interface Report {
  readonly kind: string;
  readonly verdict: { readonly decision: string; readonly blocking: readonly { readonly rule: string; readonly subject: { readonly path?: string } }[] };
  readonly files: readonly { readonly path: string }[];
  readonly findings: readonly { readonly rule: string; readonly because: string }[];
}
const report = (): Report => JSON.parse(shop.read('.orchestra/reports/gate/report.json')) as Report;

describe('the gate on a diff outside every project', () => {
  it('leaves a workflow to a person', () => {
    shop.write('.github/workflows/deploy.yml', 'on: push\njobs: {}\n');
    const run = shop.nx('run', 'shop:validate-wave');
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/unjudged: \.orchestra\/reports\/gate\/report\.md/);
    expect(report()).toMatchObject({ kind: 'change', verdict: { decision: 'unjudged', blocking: [{ rule: 'protected-path', subject: { path: '.github/workflows/deploy.yml' } }] } });
  });

  it('judges a script at the root like any other change', () => {
    shop.write('scripts/release.js', "console.log('release it');\n");
    const run = shop.nx('run', 'shop:validate-wave');
    expect(run.output).toMatch(/accepted: /);
    expect(run.code).toBe(0);
    expect(report()).toMatchObject({ kind: 'change', verdict: { decision: 'accepted' }, files: [expect.objectContaining({ path: 'scripts/release.js' })] });
  });
});

describe('a gate that is killed while tests run', () => {
  it('leaves the report that says it judged nothing, and the next one judges', async () => {
    shop.write('packages/backend/src/slow.spec.js', "test('takes its time', async () => {\n  require('node:fs').writeFileSync(require('node:path').join(__dirname, '../../../.nx/running'), '');\n  await new Promise((resolve) => setTimeout(resolve, 3000));\n  expect(require('./index').checkout(10).fee).toBe(4.9);\n});\n");
    const run = watch(shop, 'run', 'shop:validate-wave');
    await run.until(() => shop.has('.nx/running'));
    await run.kill();
    expect(report()).toMatchObject({ verdict: { decision: 'unjudged' }, findings: [{ rule: 'evidence-missing', because: expect.stringMatching(/has not finished/) }] });
    expect(shop.read('.orchestra/reports/gate/report.md')).toMatch(/NOT JUDGED[\s\S]*has not finished/);
    const next = shop.nx('run', 'shop:validate-wave');
    expect(next.output).toMatch(/accepted: /);
    expect(report().verdict.decision).toBe('accepted');
  });
});
