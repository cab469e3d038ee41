/** Somebody else's workspace: two packages, node's own test runner, nothing of ours. `apps` and `libs` use project.json. */
const prices = 'exports.deliveryFee = (total) => (total > 50 ? 0 : 4.9);\n';
const checkout = "const { deliveryFee } = require('@store/prices');\n\nexports.checkout = (total) => ({ total, fee: deliveryFee(total) });\n";
const pricesTest = "const { test } = require('node:test');\nconst assert = require('node:assert');\nconst { deliveryFee } = require('./index');\n\ntest('a small order pays', () => {\n  assert.equal(deliveryFee(10), 4.9);\n});\n";
const checkoutTest = "const { test } = require('node:test');\nconst assert = require('node:assert');\nconst { checkout } = require('./index');\n\ntest('a large order is delivered free', () => {\n  assert.equal(checkout(80).fee, 0);\n});\n";
const targets = { build: { command: 'node index.js', options: { cwd: '{projectRoot}' } }, test: { command: 'node --test', options: { cwd: '{projectRoot}' } } };

function projectFiles(folder, name, dependencies, asProjectJson) {
  const manifest = { name: `@store/${name}`, version: '1.0.0', main: 'index.js', dependencies };
  return asProjectJson
    ? { [`${folder}/package.json`]: manifest, [`${folder}/project.json`]: { name, targets } }
    : { [`${folder}/package.json`]: { ...manifest, nx: { name, targets } } };
}

/** Path → text of a workspace for this package manager and layout. */
export function storeFiles({ manager, layout, nx, devkit }) {
  const [libs, apps] = layout === 'packages' ? ['packages/prices', 'packages/store'] : ['libs/prices', 'apps/store'];
  const globs = layout === 'packages' ? ['packages/*'] : ['apps/*', 'libs/*'];
  const own = manager === 'pnpm' ? 'workspace:*' : '1.0.0';
  const json = {
    'package.json': { name: 'store-workspace', private: true, ...(manager === 'pnpm' ? {} : { workspaces: globs }), devDependencies: { nx, '@nx/devkit': devkit } },
    'nx.json': { analytics: false, neverConnectToCloud: true, defaultBase: 'main' },
    ...projectFiles(libs, 'prices', {}, layout !== 'packages'),
    ...projectFiles(apps, 'store', { '@store/prices': own }, layout !== 'packages'),
  };
  return {
    ...Object.fromEntries(Object.entries(json).map(([path, value]) => [path, `${JSON.stringify(value, undefined, 2)}\n`])),
    ...(manager === 'pnpm' ? { 'pnpm-workspace.yaml': `packages:\n${globs.map((glob) => `  - '${glob}'\n`).join('')}` } : {}),
    '.gitignore': 'node_modules/\n.nx/\n',
    [`${libs}/index.js`]: prices, [`${libs}/index.test.js`]: pricesTest,
    [`${apps}/index.js`]: checkout, [`${apps}/index.test.js`]: checkoutTest,
    'free-delivery.json': `${JSON.stringify({ type: 'bugfix', title: 'Orders of exactly 50 pay for delivery', description: `An order of 50.00 must be delivered free of charge, as the terms say "from 50". deliveryFee in ${libs}/index.js charges 4.90.` }, undefined, 2)}\n`,
  };
}

const block = (path, search, replace) => ['```', path, '<<<<<<< SEARCH', search, '=======', replace, '>>>>>>> REPLACE', '```'].join('\n');
const anchor = "test('a small order pays', () => {";

/** Task kind → reply, in the documented format. */
export function storeReplies(layout) {
  const libs = layout === 'packages' ? 'packages/prices' : 'libs/prices';
  const test = block(`${libs}/index.test.js`, anchor, `test('an order of exactly 50 is delivered free', () => {\n  assert.equal(deliveryFee(50), 0);\n});\n\n${anchor}`);
  const fix = block(`${libs}/index.js`, 'total > 50', 'total >= 50');
  return { test: `status: edits\nsummary: an order of exactly 50\n\n${test}\n`, fix: `status: edits\nrootCause: The comparison left out the boundary that the terms include.\n\n${fix}\n` };
}
