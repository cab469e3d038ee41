import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OrchestraError } from '../model';
import { type TempFiles, type TempRepository, tempRepository } from './testing/temp-repository';
import { createRepository } from './git-repository';

const open: TempRepository[] = [];
const repositoryOf = (files?: TempFiles) => {
  const temp = tempRepository(files);
  open.push(temp);
  return { temp, repository: createRepository(temp.root) };
};
afterEach(() => open.splice(0).forEach((temp) => temp.dispose()));

const lines = (prefix: string) => Array.from({ length: 20 }, (_, index) => `${prefix} ${index}\n`).join('');
const hostileNames = ['with space.ts', 'quote".ts', "apo'strophe.ts", 'ünï.ts', 'new\nline.ts', 'tab\t.ts', '-dash.ts', ':(glob)*.ts', '*.ts', '[a].ts'];

test('outside a repository, and before the first commit, every question ends in one clear sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-repository-'));
  await expect(createRepository(folder).head()).rejects.toThrow(`${folder} is not inside a git repository: run "git init" and commit once.`);
  await createRepository(folder).head().catch((error) => expect(OrchestraError.is(error) && error.kind).toBe('world'));
  rmSync(folder, { recursive: true });
  const { temp, repository } = repositoryOf();
  temp.git('checkout', '--quiet', '--orphan', 'empty');
  await expect(repository.head()).rejects.toThrow('has no commit yet: commit once');
  await expect(repository.resolve('no-such-branch')).rejects.toThrow('has no commit "no-such-branch"');
  await expect(repository.resolve('--help')).rejects.toThrow('has no commit "--help"');
});

test('finds the files of a commit that hold a text as a word of its own, hostile names and all', async () => {
  const inName = Object.fromEntries(hostileNames.map((name) => [name, `fetch('/api/contacts/1')`]));
  const { repository } = repositoryOf({ ...inName, 'v2.ts': `'/api/contacts-v2' '/api/contactsAll' 'x/api/contacts'`, 'b.bin': '/api/contacts\0', 'other.ts': 'a -e b; nothing' });
  const found = await repository.mentions(await repository.head(), ['/api/contacts', '-e b', 'absent', '']);
  expect(found.get('/api/contacts')).toEqual([...hostileNames].sort());
  expect([found.get('-e b'), found.get('absent')]).toEqual([['other.ts'], []]);
  expect(await repository.mentions(await repository.head(), [])).toEqual(new Map());
});

test('lists a tree and reads texts, hostile names and all', async () => {
  const { temp, repository } = repositoryOf(Object.fromEntries(hostileNames.map((name) => [name, `text of ${name}`])));
  const head = await repository.head();
  expect(head).toBe(temp.git('rev-parse', 'HEAD'));
  expect([...(await repository.listTree(head)).keys()]).toEqual([...hostileNames].sort());
  const texts = await repository.readTexts(head, [...hostileNames, 'missing.ts']);
  expect([...texts].sort()).toEqual(hostileNames.map((name) => [name, `text of ${name}`]).sort());
  const blob = (await repository.listTree(head)).get('*.ts')?.blob ?? '';
  expect(await repository.readBlobTexts(new Map([['any/name', blob], ['gone', '0'.repeat(40)]]))).toEqual(new Map([['any/name', 'text of *.ts']]));
});

test('leaves out binary, too large and undecodable files when reading texts', async () => {
  const { repository } = repositoryOf({ 'a.bin': Buffer.from([1, 0, 2]), 'latin.txt': Buffer.from([0xe9, 0x21]), 'big.txt': 'x'.repeat(4 * 1024 * 1024 + 1), 'ok.txt': '\ufeffok\r\n', 'empty.txt': '' });
  const texts = await repository.readTexts('HEAD', ['a.bin', 'latin.txt', 'big.txt', 'ok.txt', 'empty.txt']);
  expect([...texts].sort()).toEqual([['empty.txt', ''], ['ok.txt', '\ufeffok\r\n']]);
});

test('changes on disk tell line endings that the attributes do not allow, and no others', async () => {
  const { temp, repository } = repositoryOf({ '.gitattributes': '* text=auto eol=lf\nkept.ts -text\n', 'a.ts': lines('a'), ':(glob)*.ts': lines('b'), 'kept.ts': lines('c'), 'fine.ts': lines('d') });
  const base = await repository.head();
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  temp.write({ 'a.ts': crlf(`${lines('a')}more\n`), ':(glob)*.ts': `${lines('b')}one\r\n`, 'kept.ts': crlf(lines('c')), 'fine.ts': `${lines('d')}more\n` });
  const changes = await repository.changes(base);
  expect(changes.map(({ path, onDisk, head }) => [path, onDisk, head?.includes('\r')])).toEqual([[':(glob)*.ts', 'mixed', false], ['a.ts', 'crlf', false], ['fine.ts', undefined, false], ['kept.ts', undefined, true]]);
});

test('changes between commits carry both texts, modes, renames and symlinks', async () => {
  const { temp, repository } = repositoryOf({ 'a.ts': 'a\n', 'old.ts': lines('same'), 'gone.ts': 'gone\n', 'bin.dat': Buffer.from([0, 1]), 'run.sh': 'x\n', link: { link: 'a.ts' } });
  const base = await repository.head();
  temp.write({ 'run.sh': { text: 'x\n', executable: true }, link: null });
  const head = temp.commit({ 'a.ts': 'b\n', 'old.ts': null, 'new.ts': `${lines('same')}more\n`, 'gone.ts': null, 'bin.dat': Buffer.from([0, 2]), link: { link: '/etc/passwd' }, 'added.ts': 'new\n' });
  expect(await repository.changes(base, head)).toEqual([
    { path: 'a.ts', status: 'modified', base: 'a\n', head: 'b\n', baseMode: '100644', headMode: '100644' },
    { path: 'added.ts', status: 'added', head: 'new\n', headMode: '100644' },
    { path: 'bin.dat', status: 'modified', base: null, head: null, headStart: '0002', baseMode: '100644', headMode: '100644' },
    { path: 'gone.ts', status: 'deleted', base: 'gone\n', baseMode: '100644' },
    { path: 'link', status: 'modified', base: 'a.ts', head: '/etc/passwd', baseMode: '120000', headMode: '120000' },
    { path: 'new.ts', status: 'renamed', previousPath: 'old.ts', base: lines('same'), head: `${lines('same')}more\n`, baseMode: '100644', headMode: '100644' },
    { path: 'run.sh', status: 'modified', base: 'x\n', head: 'x\n', baseMode: '100644', headMode: '100755' },
  ]);
});

test('changes of the working tree hold untracked files and unstaged renames, and leave ignored ones out', async () => {
  const { temp, repository } = repositoryOf({ '.gitignore': 'dist/\n', 'old.ts': lines('same'), 'a.ts': 'a\n' });
  temp.write({ 'old.ts': null, 'moved/new.ts': lines('same'), 'a.ts': 'b\n', 'dist/out.js': 'x', ...Object.fromEntries(hostileNames.map((name) => [name, name])) });
  const changes = await repository.changes('HEAD');
  expect(changes.map(({ path }) => path)).toEqual(['a.ts', 'moved/new.ts', ...hostileNames].sort());
  expect(changes.find(({ path }) => path === 'moved/new.ts')).toMatchObject({ status: 'renamed', previousPath: 'old.ts' });
});

test('an edit hidden behind assume-unchanged or skip-worktree is seen', async () => {
  const { temp, repository } = repositoryOf({ 'a.ts': 'a\n', 'b.ts': 'b\n' });
  temp.git('update-index', '--assume-unchanged', 'a.ts');
  temp.git('update-index', '--skip-worktree', 'b.ts');
  temp.write({ 'a.ts': 'hidden\n', 'b.ts': 'hidden\n' });
  expect(temp.git('status', '--porcelain')).toBe('');
  expect((await repository.changes('HEAD')).map(({ path }) => path)).toEqual(['a.ts', 'b.ts']);
  expect(await repository.dirtyPaths()).toEqual(['a.ts', 'b.ts']);
});

test('an edit of the same length within the same clock tick, its time put back, is seen', async () => {
  const { temp, repository } = repositoryOf({ 'a.ts': 'aaaa\n' });
  const { atime, mtime } = statSync(join(temp.root, 'a.ts'));
  writeFileSync(join(temp.root, 'a.ts'), 'bbbb\n');
  utimesSync(join(temp.root, 'a.ts'), atime, mtime);
  expect((await repository.changes('HEAD')).map(({ head }) => head)).toEqual(['bbbb\n']);
});

test('texts of the working tree are those git would store', async () => {
  const { temp, repository } = repositoryOf({ '.gitattributes': '*.ts text eol=crlf\n', 'a.ts': 'one\ntwo\n' });
  temp.write({ 'a.ts': 'one\r\nTWO\r\n' });
  expect(await repository.changes('HEAD')).toMatchObject([{ path: 'a.ts', base: 'one\ntwo\n', head: 'one\nTWO\n' }]);
});

test('asking leaves the repository as it was and runs none of its programs', async () => {
  const { temp, repository } = repositoryOf({ 'a.ts': 'a\n', '.gitattributes': '*.ts diff=evil\n' });
  const trap = `touch ${join(temp.root, '..', 'owned-by-git')}; cat`;
  for (const [key, value] of [['diff.external', trap], ['diff.evil.textconv', trap], ['diff.evil.command', trap], ['core.fsmonitor', trap], ['core.pager', trap], ['log.showSignature', 'true'], ['gpg.program', trap]] as const) temp.git('config', key, value);
  temp.write({ '.git/hooks/post-index-change': { text: `#!/bin/sh\n${trap}\n`, executable: true }, 'a.ts': 'b\n', 'new.ts': 'x\n' });
  const before = { index: readFileSync(join(temp.root, '.git/index')), objects: temp.git('-c', 'core.fsmonitor=false', 'count-objects') };
  await repository.changes('HEAD');
  await repository.dirtyPaths();
  await repository.history('HEAD', 10);
  await repository.fingerprint();
  expect(existsSync(join(temp.root, '..', 'owned-by-git'))).toBe(false);
  expect(readFileSync(join(temp.root, '.git/index')).equals(before.index)).toBe(true);
  expect(temp.git('-c', 'core.fsmonitor=false', 'count-objects')).toBe(before.objects);
});

test('working paths are what is on disk and not ignored', async () => {
  const { temp, repository } = repositoryOf({ '.gitignore': 'dist/\n', 'a.ts': 'a\n', 'gone.ts': 'g' });
  temp.write({ 'gone.ts': null, 'new ü.ts': 'n', 'dist/out.js': 'x' });
  expect(await repository.workingPaths()).toEqual(['.gitignore', 'a.ts', 'new ü.ts']);
});

test('what is only staged is dirty too', async () => {
  const { temp, repository } = repositoryOf({ 'a.ts': 'a\n' });
  expect(await repository.dirtyPaths()).toEqual([]);
  temp.write({ 'a.ts': 'b\n' });
  temp.git('add', 'a.ts');
  temp.write({ 'a.ts': 'a\n' });
  expect(await repository.dirtyPaths()).toEqual(['a.ts']);
});

test('history is newest first, with bodies and paths that no message can forge', async () => {
  const { temp, repository } = repositoryOf({ 'a.ts': 'a\n' });
  const second = temp.commit({ 'new\nline.ts': 'x', 'z z.ts': 'y' }, 'fix: second\n\nbody\nof it\u0001');
  const history = await repository.history('HEAD', 10);
  expect(history).toEqual([
    { sha: second, time: 1_700_000_120, subject: 'fix: second', body: 'body\nof it\u0001', files: ['new\nline.ts', 'z z.ts'] },
    { sha: temp.git('rev-parse', 'HEAD~1'), time: 1_700_000_060, subject: 'first', body: '', files: ['a.ts'] },
  ]);
  expect(await repository.history('HEAD', 1)).toHaveLength(1);
});

test('merge base, shallow clones and unrelated histories', async () => {
  const { temp, repository } = repositoryOf();
  const fork = await repository.head();
  temp.git('checkout', '--quiet', '-b', 'side');
  temp.commit({ 'side.ts': 's' });
  temp.git('checkout', '--quiet', 'main');
  temp.commit({ 'main.ts': 'm' });
  expect(await repository.mergeBase('main', 'side')).toBe(fork);
  expect(await repository.isShallow()).toBe(false);
  temp.git('clone', '--quiet', '--depth=1', `file://${temp.root}`, 'shallow');
  expect(await createRepository(join(temp.root, 'shallow')).isShallow()).toBe(true);
  temp.git('checkout', '--quiet', '--orphan', 'lonely');
  temp.commit({ 'l.ts': 'l' });
  await expect(repository.mergeBase('lonely', 'main')).rejects.toThrow('no common ancestor');
});

test('a workspace inside a larger repository sees paths relative to itself, and nothing else', async () => {
  const { temp } = repositoryOf({ 'outer.ts': 'o\n', 'apps/shop/a.ts': 'a\n' });
  const repository = createRepository(join(temp.root, 'apps/shop'));
  temp.write({ 'outer.ts': 'p\n', 'apps/shop/a.ts': 'b\n', 'apps/shop/new.ts': 'n\n' });
  expect([...(await repository.listTree('HEAD')).keys()]).toEqual(['a.ts']);
  expect((await repository.changes('HEAD')).map(({ path }) => path)).toEqual(['a.ts', 'new.ts']);
  expect(await repository.dirtyPaths()).toEqual(['a.ts', 'new.ts']);
});

test('a bare git directory answers about commits', async () => {
  const { temp } = repositoryOf({ 'a.ts': 'a\n' });
  const base = temp.git('rev-parse', 'HEAD');
  const head = temp.commit({ 'a.ts': 'b\n' });
  temp.git('clone', '--quiet', '--bare', '.', 'bare.git');
  const bare = createRepository(join(temp.root, 'bare.git'));
  expect(await bare.changes(base, head)).toMatchObject([{ path: 'a.ts', base: 'a\n', head: 'b\n' }]);
  expect((await bare.history(head, 5)).map(({ files }) => files)).toEqual([['a.ts'], ['a.ts']]);
});

const changed = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) =>
  [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort();

test('a runner, compiler or judge that is rewritten in node_modules is seen, however it is installed and whatever its times are set to', async () => {
  const { temp, repository } = repositoryOf({ '.gitignore': 'node_modules/\ndist/\n', 'packages/api/package.json': '{}', 'packages/own/package.json': '{}' });
  const targets = ['node_modules/jest-circus/build/runner.js', 'node_modules/@swc/core/index.js', 'node_modules/.pnpm/jest-runner@30.1.0_x/node_modules/jest-runner/index.js', 'node_modules/.pnpm/@jest+core@30.1.0/node_modules/@jest/core/index.js', 'packages/api/node_modules/expect/index.js', 'node_modules/.store/nx/bin/nx.js'];
  temp.write({
    ...Object.fromEntries(targets.map((path) => [path, 'honest'])), 'packages/own/dist/main.js': '1', 'node_modules/lodash/index.js': '1',
    'node_modules/nx': { link: '.store/nx' }, 'node_modules/typescript': { link: 'gone' },
  });
  temp.write({ 'node_modules/@aisha/README': '', 'node_modules/@aisha/own': { link: '../../packages/own' } });
  const first = await repository.fingerprint();
  temp.write({ 'node_modules/.cache/x/y.json': '1', 'node_modules/lodash/index.js': '2', 'node_modules/.vite/deps.js': '1', 'packages/own/dist/main.js': '2' });
  expect(changed(first, await repository.fingerprint())).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  for (const path of targets) {
    const { atime, mtime } = statSync(join(temp.root, path));
    writeFileSync(join(temp.root, path), 'hostil');
    utimesSync(join(temp.root, path), atime, mtime);
  }
  temp.write({ 'node_modules/gone/lib/tsc.js': 'evil', 'node_modules/vitest/index.js': 'evil' });
  expect(changed(first, await repository.fingerprint())).toEqual([
    'node_modules/.pnpm/@jest+core@30.1.0/node_modules/@jest', 'node_modules/.pnpm/jest-runner@30.1.0_x/node_modules/jest-runner', 'node_modules/@swc', 'node_modules/jest-circus', 'node_modules/nx',
    'node_modules/typescript', 'node_modules/vitest', 'packages/api/node_modules/expect',
  ]);
});

test('local records that are forged are seen, what the gate itself writes is not', async () => {
  const { temp, repository } = repositoryOf({ '.gitignore': '.orchestra/\n' });
  temp.write({ '.orchestra/waves/g/state.json': '{}', '.orchestra/reports/report.json': '1' });
  const first = await repository.fingerprint();
  temp.write({ '.orchestra/reports/report.json': '2', '.orchestra/reports/projects/a/report.json': '1', '.orchestra/cache/index/a': '1', '.orchestra/lock': '1' });
  expect(changed(first, await repository.fingerprint())).toEqual([]);
  temp.write({ '.orchestra/journal/e.1.json': '{}', '.orchestra/waves/g/state.json': '[]', '.orchestra/handoff/g/w1-test.1.reply.md': 'status: edits', '.orchestra/waves/linked': { link: '/etc' } });
  expect(changed(first, await repository.fingerprint())).toEqual(['.orchestra/handoff/g/w1-test.1.reply.md', '.orchestra/journal/e.1.json', '.orchestra/waves/g/state.json', '.orchestra/waves/linked']);
});

test('the fingerprint changes with content, mode, config, hooks, refs and flags, and with nothing else', async () => {
  const { temp, repository } = repositoryOf({ '.gitignore': 'dist/\n', 'a.ts': 'a\n', 'b.ts': 'b\n' });
  const first = await repository.fingerprint();
  temp.write({ 'dist/out.js': 'built' });
  temp.git('status');
  expect(await repository.fingerprint()).toEqual(first);
  const { atime, mtime } = statSync(join(temp.root, 'a.ts'));
  writeFileSync(join(temp.root, 'a.ts'), 'z\n');
  utimesSync(join(temp.root, 'a.ts'), atime, mtime);
  temp.write({ 'b.ts': { text: 'b\n', executable: true }, 'new.ts': 'n', '.git/hooks/pre-commit': '#!/bin/sh\n' });
  temp.git('config', 'alias.x', '!true');
  temp.git('branch', 'extra');
  temp.git('update-index', '--assume-unchanged', 'b.ts');
  const second = await repository.fingerprint();
  const names = [...new Set([...first.keys(), ...second.keys()])].filter((name) => first.get(name) !== second.get(name));
  expect(names.sort()).toEqual(['.git/config', '.git/hooks/pre-commit', '.git/index', '.git/refs', 'a.ts', 'b.ts', 'new.ts'].sort());
});
