const { join } = require('node:path');

const transformWithSwc = (parser) => [
  '@swc/jest',
  {
    jsc: { parser, target: 'es2022', transform: { react: { runtime: 'automatic' } } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

/** Published as ES modules only; Jest on Node 20 cannot `require` those, so they are translated like our own source. */
const modulesOnly = ['@secretlint'];

/**
 * Shared by every project. SWC strips the types (`typecheck` is where types are judged), and the
 * `@aisha/source` condition makes workspace packages load from source, so a test sees the code beside it
 * and never a stale `dist`.
 */
module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@aisha/source', 'require', 'node', 'default'] },
  testMatch: ['**/src/**/*.spec.ts', '**/src/**/*.spec.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json', 'node'],
  transform: {
    '\\.ts$': transformWithSwc({ syntax: 'typescript' }),
    '\\.tsx$': transformWithSwc({ syntax: 'typescript', tsx: true }),
    '\\.m?js$': transformWithSwc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${modulesOnly.join('|')})/)`],
  reporters: ['default', join(__dirname, 'tools/jest-count-reporter.cjs')],
  // `import('./x.js')` is how nodenext spells a dynamic import; from source, the file behind it is `x.ts`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: [join('<rootDir>', 'dist')],
  // Two cores are what the smallest CI machine has; more workers only add start-up time.
  maxWorkers: 2,
  // Real git, Nx and databases on a busy machine: slow is not yet wrong. A test that hangs still ends.
  testTimeout: 60_000,
};
