import { existsSync } from 'node:fs';
import { copyFile, mkdir, rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { GitCommand } from './git-command';
import { createOwnedFolder } from './scratch-folders';

export interface WorkingTreeSnapshot {
  /** Tree id of everything on disk that is tracked, or untracked and not ignored. */
  readonly tree: string;
  /** Where its new objects lie: pass it to every git call that reads them. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Shows the working tree as a git tree, so that a commit and the disk are compared in one way (renames, modes, line
 * endings as stored). Index and objects are throw-away copies: the repository itself is not written to.
 * `git diff` alone would miss untracked renames, and files flagged `assume-unchanged`, a place to hide an edit.
 */
export async function withWorkingTree<T>(git: GitCommand, use: (snapshot: WorkingTreeSnapshot) => Promise<T>): Promise<T> {
  const folder = await createOwnedFolder('index');
  try {
    const env = await throwAwayIndex(git, folder);
    await showHiddenFiles(git, env);
    await git.bytes(['-c', 'core.compression=0', 'add', '--all', '--sparse', '--', '.'], { env });
    return await use({ tree: await git.text(['write-tree'], { env }), env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function throwAwayIndex(git: GitCommand, folder: string): Promise<Record<string, string>> {
  const paths = (await git.text(['rev-parse', '--git-path', 'index', '--git-path', 'objects'])).split('\n');
  const [index, objects] = paths.map((path) => resolve(git.cwd, path)) as [string, string];
  const copy = join(folder, 'index');
  if (existsSync(index)) {
    await copyFile(index, copy);
    // Git compares the content of files as new as the index ("racily clean"); a younger copy would switch that off.
    const { mtimeMs } = await stat(index);
    await utimes(copy, 0, Math.floor(mtimeMs / 1000) - 1);
  }
  await mkdir(join(folder, 'objects'));
  return { GIT_INDEX_FILE: copy, GIT_OBJECT_DIRECTORY: join(folder, 'objects'), GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(objects) };
}

/** Takes back `assume-unchanged`, and `skip-worktree` where the file is there all the same. */
async function showHiddenFiles(git: GitCommand, env: Readonly<Record<string, string>>): Promise<void> {
  const entries = (await git.list(['ls-files', '-v', '-z'], { env })).map((line) => ({ tag: line.slice(0, 1), path: line.slice(2) }));
  const assumed = entries.filter(({ tag }) => tag !== tag.toUpperCase()).map(({ path }) => path);
  const skipped = entries.filter(({ tag, path }) => tag.toUpperCase() === 'S' && existsSync(join(git.cwd, path))).map(({ path }) => path);
  if (assumed.length > 0) await git.bytes(['update-index', '--no-assume-unchanged', '-z', '--stdin'], { env, input: `${assumed.join('\0')}\0` });
  if (skipped.length > 0) await git.bytes(['update-index', '--no-skip-worktree', '-z', '--stdin'], { env, input: `${skipped.join('\0')}\0` });
}
