import { type Run, type ShopWorkspace, shopWorkspace } from './shop-workspace';

/** Leaves a line for each target that ran. */
const counted = (target: string, command: string): string => `node -e "require('node:fs').appendFileSync('../../runs.log', '${target}\\n')" && ${command}`;
const backend = JSON.stringify({
  name: '@shop/backend', version: '1.0.0', main: 'src/index.js', dependencies: { '@shop/contracts': '1.0.0' },
  nx: {
    name: 'backend',
    targets: {
      test: { command: counted('whole', 'jest'), options: { cwd: '{projectRoot}' } },
      'test-related': { command: counted('related', 'jest --onlyChanged --passWithNoTests'), options: { cwd: '{projectRoot}' } },
    },
  },
});

let shop: ShopWorkspace;
beforeEach(() => {
  shop = shopWorkspace({
    '.gitignore': 'node_modules/\n.nx/\n.orchestra/\nruns.log\n', 'packages/backend/package.json': backend,
    'orchestra/orchestra.json': JSON.stringify({ gate: 'shop', targets: ['test'], related: { backend: { test: 'test-related' } } }),
  });
});
afterEach(() => shop.dispose());

interface Report {
  readonly verdict: { readonly decision: string };
  readonly targets: readonly { readonly project: string; readonly target: string; readonly status: string }[];
  readonly findings: readonly { readonly rule: string }[];
}
const gate = (...args: readonly string[]): Run => shop.nx('run', 'shop:validate-wave', ...args);
const report = (): Report => JSON.parse(shop.read('.orchestra/reports/gate/report.json')) as Report;
const targets = (): readonly string[] => report().targets.map(({ project, target, status }) => `${project}:${target} ${status}`);

it('a related target stands in for a wave in the working tree, and the whole runs over commits', () => {
  shop.write('packages/backend/src/index.js', shop.read('packages/backend/src/index.js').replace('{ total, fee: deliveryFee(total) }', '{ fee: deliveryFee(total), total }'));
  expect(gate().code).toBe(0);
  expect(targets()).toEqual(['backend:test-related passed', 'shop:test passed']);
  expect(report().findings.map(({ rule }) => rule)).toContain('target-left-to-ci');
  expect(shop.read('runs.log')).toBe('related\n');

  const base = shop.git('rev-parse', 'HEAD').trim();
  shop.git('commit', '--quiet', '-am', 'order');
  expect(gate(`--base=${base}`, `--head=${shop.git('rev-parse', 'HEAD').trim()}`).code).toBe(0);
  expect(targets()).toEqual(['backend:test passed', 'shop:test passed']);
  expect(shop.read('runs.log')).toBe('related\nwhole\n');
});
