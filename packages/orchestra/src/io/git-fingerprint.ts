import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { GitCommand } from './git-command';

/**
 * path → sha256 of mode and content: every working file that is not ignored, git's config, hooks, refs and index, and the
 * user's git config. Content and not time stamps, because proposed code can set a time stamp; 2,000 files cost well under a second.
 * Ignored files (`node_modules`, build output) are left out: an honest build writes there.
 */
export async function fingerprintRepository(git: GitCommand): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const path of await listWorkingFiles(git)) files.set(path, join(git.cwd, path));
  for (const [name, path] of await gitFiles(git)) files.set(name, path);
  const hashes = await hashFiles(files);
  hashes.set('.git/refs', sha256(await git.text(['for-each-ref', '--format=%(refname) %(objectname) %(symref)'])));
  // What the index says, not its bytes: `git status` rewrites those at any time.
  hashes.set('.git/index', sha256((await git.bytes(['ls-files', '-s', '-v', '-z'])).stdout));
  return new Map([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
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
    for (const entry of await readdir(folder).catch(() => [])) files.set(`${name}/${entry}`, join(folder, entry));
  }
  return files;
}

async function hashFiles(files: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  const queue = [...files];
  const worker = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const hash = await hashFile(next[1]);
      if (hash !== undefined) hashes.set(next[0], hash);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return hashes;
}

/** `undefined` for what is not there. */
async function hashFile(path: string): Promise<string | undefined> {
  try {
    const stats = await lstat(path);
    if (stats.isSymbolicLink()) return sha256(`link\0${await readlink(path)}`);
    if (!stats.isFile()) return sha256('not a file');
    return sha256(stats.mode & 0o111 ? 'executable\0' : 'file\0', await readFile(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    return sha256(`unreadable\0${(error as NodeJS.ErrnoException).code ?? ''}`);
  }
}

function sha256(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
