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
  globalSetup: './src/testing/global-setup.ts',
  globalTeardown: './src/testing/global-teardown.ts',
  // Starting the embedded Postgres takes three seconds of a processor, which a busy machine may not have for a while.
  testTimeout: 120_000,
};
