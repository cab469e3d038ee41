import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import type { GitCommand } from './git-command';
import { fingerprintTools } from './tool-fingerprint';

/**
 * path → sha256 of mode and content: every working file that is not ignored, git's config, hooks, refs and index, the
 * user's git config, and our local records. Content and not time stamps, because proposed code can set a time stamp; 2,000 files
 * cost well under a second. Other ignored files (build output, caches, our own reports) are left out: an honest build writes there.
 * Of `node_modules`, the runners and judges count (`fingerprintTools`).
 */
export async function fingerprintRepository(git: GitCommand): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  const working = await listWorkingFiles(git);
  for (const path of [...working, ...records.flatMap((folder) => listBelow(git.cwd, folder))]) files.set(path, join(git.cwd, path));
  for (const [name, path] of await gitFiles(git)) files.set(name, path);
  const hashes = hashFiles(files);
  hashes.set('.git/refs', sha256(await git.text(['for-each-ref', '--format=%(refname) %(objectname) %(symref)'])));
  // What the index says, not its bytes: `git status` rewrites those at any time.
  hashes.set('.git/index', sha256((await git.bytes(['ls-files', '-s', '-v', '-z'])).stdout));
  for (const [name, print] of fingerprintTools(git.cwd, packageFolders(working))) hashes.set(name, print);
  return new Map([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Local, and believed by the next command: what a crash is mended from, which wave stands where, which replies came in. */
const records = ['.orchestra/journal', '.orchestra/waves', '.orchestra/handoff', '.orchestra/replies', '.orchestra/recordings'];

/** A link is listed and not followed. */
function listBelow(root: string, path: string): readonly string[] {
  if (!lstatSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) return [path];
  return listFolder(join(root, path)).flatMap((name) => listBelow(root, `${path}/${name}`));
}

function packageFolders(paths: readonly string[]): readonly string[] {
  return [...new Set(['.', ...paths.filter((path) => posix.basename(path) === 'package.json').map((path) => posix.dirname(path))])].sort();
}

/** Tracked, and untracked that git does not ignore; a tracked file may be gone from the disk. Sorted. */
export async function listWorkingFiles(git: GitCommand): Promise<readonly string[]> {
  return [...new Set(await git.list(['ls-files', '-z', '--cached', '--others', '--exclude-standard']))].sort();
}

/** Files outside the working tree that decide what the next git command runs. */
async function gitFiles(git: GitCommand): Promise<Map<string, string>> {
  const asked = ['HEAD', 'config.worktree', 'config', 'info'];
  const answer = await git.text(['rev-parse', ...asked.flatMap((name) => ['--git-path', name])]);
  const [head, worktreeConfig, config, info] = answer.split('\n').map((path) => resolve(git.cwd, path)) as [string, string, string, string];
  const files = new Map([
    ['.git/HEAD', head], ['.git/config', config], ['.git/config.worktree', worktreeConfig],
    ['~/.gitconfig', join(homedir(), '.gitconfig')], ['~/.config/git/config', join(homedir(), '.config', 'git', 'config')],
  ]);
  const folders = new Map([['.git/info', info], ['.git/hooks', join(dirname(config), 'hooks')]]);
  // `core.hooksPath` may point into an ignored folder of the working tree (husky does that).
  const configured = await git.text(['config', '--includes', '--local', '--type=path', '--get', 'core.hooksPath'], { accept: [0, 1] });
  if (configured !== '') folders.set('core.hooksPath', resolve(git.cwd, configured));
  for (const [name, folder] of folders) {
    for (const entry of listFolder(folder)) files.set(`${name}/${entry}`, join(folder, entry));
  }
  return files;
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A repository without hooks has nothing to guard there; one that appears later is a difference.
    return [];
  }
}

/** Synchronous on purpose: thousands of small files cost a third of what they cost through promises. */
function hashFiles(files: ReadonlyMap<string, string>): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const [name, path] of files) {
    const hash = hashFile(path);
    if (hash !== undefined) hashes.set(name, hash);
  }
  return hashes;
}

/** `undefined` for what is not there. */
function hashFile(path: string): string | undefined {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return sha256(`link\0${readlinkSync(path)}`);
    if (!stats.isFile()) return sha256('not a file');
    return hashContent(stats.mode & 0o111 ? 'executable\0' : 'file\0', path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : sha256(`unreadable\0${code ?? ''}`);
  }
}

const chunk = Buffer.alloc(1024 * 1024);

/** In pieces: a file may be larger than what one buffer can hold. */
function hashContent(kind: string, path: string): string {
  const hash = createHash('sha256').update(kind);
  const file = openSync(path, 'r');
  try {
    for (let size = readSync(file, chunk); size > 0; size = readSync(file, chunk)) hash.update(chunk.subarray(0, size));
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}
