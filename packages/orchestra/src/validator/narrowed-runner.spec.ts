import { changedFile } from '../testing/sample-evidence';
import { narrowedRunner } from './narrowed-runner';

const config = (inside: string): string => `module.exports = { preset: '../../jest.preset.js'${inside} };\n`;

describe('a runner that is told to look at fewer files', () => {
  it.each<[string, string, string, string]>([
    ['leaves a spec out', 'packages/api/jest.config.js', config(''), config(", testPathIgnorePatterns: ['/src/contact\\\\.spec']")],
    ['leaves one more out', 'packages/api/jest.config.js', config(", testPathIgnorePatterns: ['/dist/']"), config(", testPathIgnorePatterns: ['/dist/', '/slow/']")],
    ['looks for another ending alone', 'packages/api/jest.config.js', config(", testMatch: ['**/*.spec.ts', '**/*.test.ts']"), config(", testMatch: ['**/*.spec.ts']")],
    ['no longer uses its own default', 'packages/api/jest.config.js', config(''), config(", roots: ['<rootDir>/src/a']")],
    ['excludes in vitest', 'packages/web/vitest.config.ts', 'export default defineConfig({ test: {} });', "export default defineConfig({ test: { exclude: ['**/slow/**'] } });"],
    ['excludes in vite', 'packages/web/vite.config.ts', 'export default defineConfig({ test: {} });', "export default defineConfig({ test: { exclude: ['**/slow/**'] } });"],
    ['is configured in the manifest', 'package.json', '{ "jest": {} }', '{ "jest": { "testPathIgnorePatterns": ["slow"] } }'],
    ['runs one name only', 'packages/api/jest.config.js', config(''), config(", testNamePattern: 'contacts'")],
  ])('%s', (_name, path, base, head) => {
    expect(narrowedRunner(changedFile(path, base, head))).toMatchObject([{ kind: 'runner-narrowed', path }]);
  });

  it.each<[string, string, string, string]>([
    ['one that looks for more', 'packages/api/jest.config.js', config(", testMatch: ['**/*.spec.ts']"), config(", testMatch: ['**/*.spec.ts', '**/*.test.ts']")],
    ['one that leaves out less', 'packages/api/jest.config.js', config(", testPathIgnorePatterns: ['/a/', '/b/']"), config(", testPathIgnorePatterns: ['/a/']")],
    ['files of a package', 'package.json', '{ "files": ["a", "b"] }', '{ "files": ["a"] }'],
    ['what a bundler includes', 'packages/web/vite.config.ts', 'export default { optimizeDeps: {} };', "export default { optimizeDeps: { include: ['react'] } };"],
    ['what is left untransformed', 'packages/api/jest.config.js', config(''), config(", transformIgnorePatterns: ['node_modules']")],
    ['another file', 'packages/api/src/options.js', 'export const a = { exclude: [] };', "export const a = { exclude: ['x'] };"],
  ])('and not: %s', (_name, path, base, head) => {
    expect(narrowedRunner(changedFile(path, base, head))).toEqual([]);
  });
});
