const { join } = require('node:path');

/**
 * Shared by every project. SWC strips the types (`typecheck` is where types are judged), and the
 * `@aisha/source` condition makes workspace packages load from source, so a test sees the code beside it
 * and never a stale `dist`.
 */
module.exports = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@aisha/source', 'require', 'node', 'default'] },
  testMatch: ['**/src/**/*.spec.ts'],
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' }, sourceMaps: 'inline' },
    ],
  },
  modulePathIgnorePatterns: [join('<rootDir>', 'dist')],
};
