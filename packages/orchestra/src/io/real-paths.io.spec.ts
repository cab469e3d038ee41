import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRealPaths } from './real-paths';
import { tempRepository } from './testing/temp-repository';

let folder: string;
let root: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'real-paths-')));
  root = join(folder, 'workspace');
  for (const each of ['workspace/src/deep', 'workspace/.git/hooks', 'workspace-beside', 'outside']) mkdirSync(join(folder, each), { recursive: true });
  for (const file of ['src/a.ts', 'src/deep/b.ts']) writeFileSync(join(root, file), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const because = async (path: string, from = root) => (await checkRealPaths(from, [path]))[0]?.because;

test('files that are there, that are new, and in folders that are new, are fine', async () => {
  expect(await checkRealPaths(root, ['src/a.ts', 'src/new.ts', 'new/deep/er.ts', 'README.md', 'src/deep/b.ts'])).toEqual([]);
  expect(await checkRealPaths(root, [])).toEqual([]);
});

test('a workspace that is reached through a link is as good as any', async () => {
  symlinkSync(root, join(folder, 'alias'));
  expect(await checkRealPaths(join(folder, 'alias'), ['src/a.ts', 'src/new.ts'])).toEqual([]);
});

test.each([
  ['out of the workspace', '../outside'],
  ['to a neighbour whose name begins the same', '../workspace-beside'],
  ['into .git', '.git/hooks'],
  ['to another folder that a lease may not reach', 'src'],
  ['nowhere', '../gone'],
])('a linked folder that leads %s refuses everything below it', async (_, target) => {
  symlinkSync(target, join(root, 'link'));
  expect(await because('link/x.ts')).toBe('link is a symbolic link, and a write would go where it leads');
  expect(await because('link/deeper/x.ts')).toContain('link is a symbolic link');
});

test('a linked file and a dangling link are refused, deep down as well', async () => {
  symlinkSync('a.ts', join(root, 'src/inside.ts'));
  symlinkSync(join(folder, 'outside/x.ts'), join(root, 'src/deep/outside.ts'));
  symlinkSync('nowhere', join(root, 'src/dangling.ts'));
  symlinkSync('loop.ts', join(root, 'src/loop.ts'));
  const paths = ['src/inside.ts', 'src/deep/outside.ts', 'src/dangling.ts', 'src/loop.ts'];
  expect(await checkRealPaths(root, [...paths, 'src/a.ts'])).toEqual(
    paths.map((path) => ({ kind: 'path-refused', path, because: `${path} is a symbolic link, and a write would go where it leads` })),
  );
});

test('a file that has a second name is refused, wherever that other name is', async () => {
  writeFileSync(join(folder, 'outside/precious'), 'mine');
  linkSync(join(folder, 'outside/precious'), join(root, 'src/outside.ts'));
  writeFileSync(join(root, '.git/hooks/pre-commit'), '');
  linkSync(join(root, '.git/hooks/pre-commit'), join(root, 'src/deep/hook.ts'));
  const because = (path: string) => `${path} is a hard link, and another name of the same file would change with it: replace it by a copy`;
  expect(await checkRealPaths(root, ['src/outside.ts', 'src/deep/hook.ts', 'src/a.ts'])).toEqual(
    ['src/outside.ts', 'src/deep/hook.ts'].map((path) => ({ kind: 'path-refused', path, because: because(path) })),
  );
  rmSync(join(folder, 'outside/precious'));
  expect(await checkRealPaths(root, ['src/outside.ts'])).toEqual([]);
});

test('the files of a clone whose objects are hard links are its own', async () => {
  const temp = tempRepository({ 'src/a.ts': 'a\n' });
  try {
    temp.git('clone', '--quiet', '--local', temp.root, join(folder, 'clone'));
    const object = temp.git('rev-parse', 'HEAD');
    expect(statSync(join(folder, 'clone/.git/objects', object.slice(0, 2), object.slice(2))).nlink).toBe(2);
    expect(await checkRealPaths(join(folder, 'clone'), ['src/a.ts'])).toEqual([]);
  } finally {
    temp.dispose();
  }
});

test('a name that is there in another case or form is refused, for folders and for files', async () => {
  writeFileSync(join(root, 'src/stra\u00dfe.ts'), '');
  expect(await because('src/A.ts')).toMatch(/^src\/A\.ts: .*"a\.ts"/);
  expect(await because('SRC/new.ts')).toMatch(/^SRC: .*"src"/);
  expect(await because('src/Deep/new.ts')).toMatch(/^src\/Deep: .*"deep"/);
  expect(await because('src/STRASSE.ts')).toMatch(/^src\/STRASSE\.ts: .*"straße\.ts"/);
});

test('two spellings that both exist are left to the workspace', async () => {
  writeFileSync(join(root, 'src/A.ts'), '');
  expect(await checkRealPaths(root, ['src/A.ts', 'src/a.ts'])).toEqual([]);
});

test('a file where a folder should be, a folder where a file should be, and neither', async () => {
  execFileSync('mkfifo', [join(root, 'pipe')]);
  expect(await because('src/a.ts/b.ts')).toBe('src/a.ts is no folder');
  expect(await because('src/deep')).toBe('src/deep is no file');
  expect(await because('pipe')).toBe('pipe is no file');
});

test.each(['../outside/x.ts', '/etc/passwd', 'src/../../x', '', 'src//a.ts', 'a\0b', '.git/hooks/pre-commit', 'node_modules/x.js', 'src\\a.ts', 'src/./a.ts'])('the spelling %j is refused before the disk is asked', async (path) => {
  expect(await checkRealPaths(root, [path])).toEqual([{ kind: 'path-refused', path, because: expect.any(String) }]);
});

test('a workspace that is not there is no permission', async () => {
  await expect(checkRealPaths(join(folder, 'gone'), ['a.ts'])).rejects.toThrow('ENOENT');
});
