import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plantWorkspace, workspaceRoot } from './planted-workspace';

const script = 'tools/generate-docs.mjs';
const check = (root: string) => spawnSync(process.execPath, [join(root, script), '--check'], { encoding: 'utf8' });

/** What the generator reads and writes, as it is now. */
const sources = execFileSync('git', ['ls-files', script, 'README.md', 'docs/options.md', 'packages/orchestra/src/*schema.json'], { cwd: workspaceRoot, encoding: 'utf8' })
  .split('\n')
  .filter((path) => path !== '');
const texts = Object.fromEntries(sources.map((path) => [path, readFileSync(join(workspaceRoot, path), 'utf8')]));

it('finds the option tables up to date with the schemas', () => {
  expect(check(workspaceRoot)).toMatchObject({ status: 0, stderr: '' });
});

it('refuses an option table that is not what the schemas say', () => {
  const stale = plantWorkspace({ ...texts, 'docs/options.md': `${texts['docs/options.md']}\nedited by hand\n` });
  try {
    expect(check(stale.path)).toMatchObject({ status: 1, stderr: 'docs/options.md is stale: npm run docs:update\n' });
  } finally {
    stale.dispose();
  }
});
