import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { workspaceRoot } from './planted-workspace';

const listLoadedFiles = `
  const before = new Set(Object.keys(require.cache));
  require('./packages/orchestra/src/plugin.ts');
  console.log(JSON.stringify(Object.keys(require.cache).filter((path) => !before.has(path))));
`;

it('loads nothing but its own few files with the plugin, which every nx command pays for', () => {
  const stdout = execFileSync(process.execPath, ['--require', '@swc-node/register', '--eval', listLoadedFiles], { cwd: workspaceRoot, encoding: 'utf8' });
  const loaded = (JSON.parse(stdout) as readonly string[]).map((path) => path.slice(workspaceRoot.length + 1));
  expect(loaded).toContain(join('packages', 'orchestra', 'src', 'plugin.ts'));
  expect(loaded.filter((path) => path.includes('node_modules'))).toEqual([]);
  expect(loaded.length).toBeLessThanOrEqual(3);
}, 30_000);
