const preset = require('../../jest.preset.js');

/**
 * The embedded Postgres loads Node's own modules by `import()`, which Jest's sandbox refuses. Its bundle goes
 * through the same transformer as our source, which makes that a `require`.
 */
module.exports = {
  ...preset,
  displayName: 'crm-backend',
  transform: { ...preset.transform, '\\.cjs$': preset.transform['\\.m?js$'] },
  transformIgnorePatterns: ['/node_modules/(?!@electric-sql/pglite/)'],
  // Starting the embedded Postgres takes seconds on a busy machine.
  testTimeout: 30_000,
};
