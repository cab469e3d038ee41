import { spawn } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createRepository } from './git-repository';
import type { ScratchTree } from './ports';
import { createScratchTrees } from './scratch-trees';
import { type TempFiles, type TempRepository, tempRepository } from './testing/temp-repository';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function workspace(files: TempFiles = {}): TempRepository {
  const temp = tempRepository({
    '.gitignore': 'node_modules/\n',
    'package.json': '{"name":"root","workspaces":["packages/*"],"devDependencies":{"third":"1"}}',
    'packages/contracts/package.json': '{"name":"@demo/contracts","main":"index.js"}',
    'packages/contracts/index.js': 'module.exports = "base";\n',
    'packages/backend/package.json': '{"name":"@demo/backend"}',
    'packages/backend/use.js': 'module.exports = require("@demo/contracts");\n',
    ...files,
  });
  cleanups.push(() => temp.dispose());
  const modules = join(temp.root, 'node_modules');
  mkdirSync(join(modules, '@demo'), { recursive: true });
  mkdirSync(join(modules, '.bin'));
  mkdirSync(join(modules, '.cache'));
  symlinkSync('../../packages/contracts', join(modules, '@demo/contracts'));
  symlinkSync('../../packages/backend', join(modules, '@demo/backend'));
  temp.write({
    'node_modules/third/package.json': '{"name":"third","main":"main.js","bin":"main.js"}', 'node_modules/third/main.js': 'module.exports = "third";\n',
    'node_modules/@scope/deep/index.js': 'module.exports = "deep";\n',
    'packages/backend/node_modules/third/index.js': 'module.exports = "nested third";\n',
  });
  symlinkSync('../third/main.js', join(modules, '.bin/third'));
  return temp;
}

async function scratchOf(temp: TempRepository, commit = 'HEAD'): Promise<ScratchTree> {
  const tree = await createScratchTrees(createRepository(temp.root)).create(commit);
  cleanups.push(() => tree.dispose());
  return tree;
}

const evaluate = (tree: ScratchTree, from: string, name: string): unknown => jest.requireActual('node:module').createRequire(join(tree.path, from))(name);

test('a workspace package resolves into the copy, so base does not see the fix of the main tree', async () => {
  const temp = workspace();
  const base = temp.git('rev-parse', 'HEAD');
  temp.write({ 'packages/contracts/index.js': 'module.exports = "fixed";\n' });
  const tree = await scratchOf(temp, base);
  expect(realpathSync(join(tree.path, 'node_modules/@demo/contracts'))).toBe(join(tree.path, 'packages/contracts'));
  expect(readFileSync(join(tree.path, 'node_modules/@demo/contracts/index.js'), 'utf8')).toContain('base');
});

test('third-party packages, scopes, nested node_modules and .bin are there, caches are not', async () => {
  const temp = workspace();
  const tree = await scratchOf(temp);
  expect(lstatSync(join(tree.path, 'node_modules')).isSymbolicLink()).toBe(false);
  expect(realpathSync(join(tree.path, 'node_modules/third'))).toBe(join(temp.root, 'node_modules/third'));
  expect(evaluate(tree, 'packages/contracts/index.js', '@scope/deep')).toBe('deep');
  expect(evaluate(tree, 'packages/backend/use.js', 'third')).toBe('nested third');
  expect(realpathSync(join(tree.path, 'node_modules/.bin/third'))).toBe(join(temp.root, 'node_modules/third/main.js'));
  expect(existsSync(join(tree.path, 'node_modules/.cache'))).toBe(false);
  expect(['@demo', '@scope'].map((scope) => lstatSync(join(tree.path, 'node_modules', scope)).isSymbolicLink())).toEqual([false, true]);
});

test('a third-party package that asks for a workspace package is given the one of the copy', async () => {
  const temp = workspace();
  temp.write({ 'node_modules/plugin/package.json': '{"name":"plugin","peerDependencies":{"@demo/contracts":"*"}}', 'node_modules/plugin/index.js': 'module.exports = "plugin with " + require("@demo/contracts");\n' });
  const base = temp.git('rev-parse', 'HEAD');
  temp.write({ 'packages/contracts/index.js': 'module.exports = "fixed";\n' });
  expect(evaluate(await scratchOf(temp, base), 'packages/backend/use.js', 'plugin')).toBe('plugin with base');
});

test("pnpm's store is used in place, its workspace links lead into the copy", async () => {
  const temp = workspace();
  rmSync(join(temp.root, 'node_modules'), { recursive: true });
  temp.write({ 'node_modules/.pnpm/third@1/node_modules/third/index.js': 'module.exports = "from the store " + require("dep");\n', 'node_modules/.pnpm/third@1/node_modules/dep/index.js': 'module.exports = "with dep";\n' });
  symlinkSync('.pnpm/third@1/node_modules/third', join(temp.root, 'node_modules/third'));
  mkdirSync(join(temp.root, 'packages/backend/node_modules/@demo'), { recursive: true });
  rmSync(join(temp.root, 'packages/backend/node_modules/third'), { recursive: true });
  symlinkSync('../../../contracts', join(temp.root, 'packages/backend/node_modules/@demo/contracts'));
  const tree = await scratchOf(temp);
  expect(evaluate(tree, 'packages/backend/use.js', 'third')).toBe('from the store with dep');
  expect(realpathSync(join(tree.path, 'packages/backend/node_modules/@demo/contracts'))).toBe(join(tree.path, 'packages/contracts'));
});

test('node_modules that belong to another checkout still lead into the copy', async () => {
  const temp = workspace();
  const other = mkdtempSync(join(tmpdir(), 'other-checkout-'));
  cleanups.push(() => rmSync(other, { recursive: true, force: true }));
  mkdirSync(join(other, 'packages/contracts'), { recursive: true });
  writeFileSync(join(other, 'packages/contracts/index.js'), 'module.exports = "other";\n');
  renameSync(join(temp.root, 'node_modules'), join(other, 'node_modules'));
  symlinkSync(join(other, 'node_modules'), join(temp.root, 'node_modules'));
  const tree = await scratchOf(temp);
  expect(evaluate(tree, 'packages/backend/use.js', '@demo/contracts')).toBe('base');
});

test("Plug'n'Play and missing packages are said in one sentence, and leave nothing behind", async () => {
  const temp = workspace();
  rmSync(join(temp.root, 'node_modules'), { recursive: true });
  rmSync(join(temp.root, 'packages/backend/node_modules'), { recursive: true });
  await expect(scratchOf(temp)).rejects.toThrow('has no node_modules: install its packages first');
  temp.write({ '.pnp.cjs': '' });
  await expect(scratchOf(temp)).rejects.toThrow("Yarn Plug'n'Play is not supported");
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('orchestra-scratch-') && name.includes(`-${process.pid}-`))).toEqual([]);
});

test('line endings, modes and links are those of a clone, and nothing is registered in the repository', async () => {
  const temp = workspace({ '.gitattributes': '*.txt text eol=crlf\n', 'a.txt': 'one\n', 'run.sh': { text: '#!/bin/sh\n', executable: true }, link: { link: 'a.txt' } });
  const before = temp.git('worktree', 'list');
  const tree = await scratchOf(temp);
  expect(readFileSync(join(tree.path, 'a.txt'), 'utf8')).toBe('one\r\n');
  expect(lstatSync(join(tree.path, 'run.sh')).mode & 0o111).not.toBe(0);
  expect(lstatSync(join(tree.path, 'link')).isSymbolicLink()).toBe(true);
  expect(tree.path.startsWith(temp.root)).toBe(false);
  expect(temp.git('worktree', 'list')).toBe(before);
  expect(temp.git('status', '--porcelain')).toBe('');
});

test('a workspace inside a larger repository is copied alone', async () => {
  const temp = workspace({ 'apps/shop/package.json': '{"name":"shop"}', 'apps/shop/a.js': 'a\n' });
  temp.write({ 'apps/shop/node_modules/third/index.js': '' });
  const tree = await createScratchTrees(createRepository(join(temp.root, 'apps/shop'))).create('HEAD');
  cleanups.push(() => tree.dispose());
  expect(readdirSync(tree.path).sort()).toEqual(['a.js', 'node_modules', 'package.json']);
});

test('writes and deletes inside the copy, keeps modes, and refuses every way out', async () => {
  const temp = workspace({ 'run.sh': { text: 'x', executable: true }, link: { link: '/etc/hostname' }, out: { link: '..' } });
  const tree = await scratchOf(temp);
  await tree.write(new Map([['new/deep/a.ts', 'a'], ['run.sh', 'y'], ['link', 'plain']]), ['packages/backend/use.js', 'never-there.ts']);
  expect(readFileSync(join(tree.path, 'new/deep/a.ts'), 'utf8')).toBe('a');
  expect(lstatSync(join(tree.path, 'run.sh')).mode & 0o111).not.toBe(0);
  expect(lstatSync(join(tree.path, 'link')).isSymbolicLink()).toBe(false);
  expect(existsSync(join(tree.path, 'packages/backend/use.js'))).toBe(false);
  for (const path of ['../x', '/tmp/x', 'a/../../x', '', 'node_modules/third/main.js', 'out/x', 'out/new/x', 'a\0b']) {
    await expect(tree.write(new Map([[path, 'owned']]))).rejects.toThrow('does not lie inside the scratch tree');
    await expect(tree.write(new Map(), [path])).rejects.toThrow('does not lie inside the scratch tree');
  }
  expect(readFileSync(join(temp.root, 'node_modules/third/main.js'), 'utf8')).toContain('third');
});

test('disposing removes everything, what a run made read-only included', async () => {
  const temp = workspace();
  const tree = await scratchOf(temp);
  mkdirSync(join(tree.path, 'locked'));
  writeFileSync(join(tree.path, 'locked/a'), 'a');
  chmodSync(join(tree.path, 'locked'), 0o500);
  await tree.dispose();
  expect(existsSync(dirname(tree.path))).toBe(false);
  expect(existsSync(join(temp.root, 'node_modules/third/main.js'))).toBe(true);
});

test('what a killed process left is removed by the next create, what lives is not', async () => {
  const temp = workspace();
  const living = await scratchOf(temp);
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const boot = basename(dirname(living.path)).split('-')[4]?.split('x')[1];
  const host = basename(dirname(living.path)).split('-')[2];
  const left = join(tmpdir(), `orchestra-scratch-${host}-${child.pid}-${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}x${boot}-0123456789ab`);
  const foreign = join(tmpdir(), 'orchestra-scratch-00000000-1-1x2-0123456789ab');
  mkdirSync(join(left, 'tree'), { recursive: true });
  mkdirSync(foreign);
  cleanups.push(() => rmSync(foreign, { recursive: true }));
  await scratchOf(temp);
  expect(existsSync(left)).toBe(true);
  await new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGKILL');
  });
  await scratchOf(temp);
  expect([existsSync(left), existsSync(living.path), existsSync(foreign)]).toEqual([false, true, true]);
});
