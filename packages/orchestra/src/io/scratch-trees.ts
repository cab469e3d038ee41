import { lstat, mkdir, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, resolve, sep } from 'node:path';
import { type FileTexts, OrchestraError } from '../model';
import { createGit, type GitCommand } from './git-command';
import { linkNodeModules } from './link-node-modules';
import type { Repository, ScratchTree, ScratchTrees } from './ports';
import { createScratchFolders, removeFolder, removeStaleScratchFolders, type ScratchFolders } from './scratch-folders';

/**
 * Copies of commits under the system's temporary folder. Git's own checkout makes them, so line endings, modes and
 * links are those of a clone; no worktree is registered, so a kill leaves nothing in the repository. Every tree is a checkout
 * of its own: hard links to a shared one would let a run that writes in place change the next tree.
 */
export function createScratchTrees(repository: Repository): ScratchTrees {
  const git = createGit(repository.root);
  return {
    create: async (commit) => {
      await removeStaleScratchFolders();
      const folders = await createScratchFolders();
      try {
        await checkOut(git, commit, folders);
        linkNodeModules({ root: repository.root, tree: folders.tree, folders: await packageFolders(repository, commit) });
      } catch (error) {
        await removeFolder(folders.base);
        throw error;
      }
      return scratchTree(folders);
    },
  };
}

async function checkOut(git: GitCommand, commit: string, { base, tree }: ScratchFolders): Promise<void> {
  const [gitFolder = '', prefix = ''] = (await git.text(['rev-parse', '--absolute-git-dir', '--show-prefix'])).split('\n');
  const env = { GIT_DIR: gitFolder, GIT_WORK_TREE: tree, GIT_INDEX_FILE: join(base, 'index') };
  await createGit(tree).bytes(['read-tree', '--reset', '-u', '--no-sparse-checkout', `${commit}:${prefix}`], { env });
}

async function packageFolders(repository: Repository, commit: string): Promise<readonly string[]> {
  const manifests = [...(await repository.listTree(commit)).keys()].filter((path) => posix.basename(path) === 'package.json');
  return [...new Set(['.', ...manifests.map((path) => posix.dirname(path))])].sort();
}

function scratchTree({ base, tree }: ScratchFolders): ScratchTree {
  return {
    path: tree,
    write: async (files, deleted = []) => {
      for (const path of deleted) await rm(await safeTarget(tree, path), { force: true });
      await writeFiles(tree, files);
    },
    dispose: async () => {
      await removeFolder(base);
    },
  };
}

async function writeFiles(tree: string, files: FileTexts): Promise<void> {
  for (const [path, text] of files) {
    const target = await safeTarget(tree, path);
    // Written through, a symlink would lead out of the copy.
    if ((await lstat(target).catch(() => undefined))?.isSymbolicLink()) await rm(target);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }
}

/** The place of `path` in the copy. Refuses what leaves the copy, lexically or through a link. */
async function safeTarget(tree: string, path: string): Promise<string> {
  const refuse = () => new OrchestraError('input', `"${path}" does not lie inside the scratch tree.`);
  const target = resolve(tree, path);
  if (path === '' || path.includes('\0') || isAbsolute(path) || !target.startsWith(tree + sep)) throw refuse();
  await refuseLinks(tree, dirname(target), refuse);
  return target;
}

/** Checked from the top, before a folder is made: `mkdir` would follow a link just as well. */
async function refuseLinks(tree: string, folder: string, refuse: () => Error): Promise<void> {
  if (folder === tree) return;
  await refuseLinks(tree, dirname(folder), refuse);
  const stats = await lstat(folder).catch(() => undefined);
  if (!stats) return;
  const real = await realpath(folder).catch(() => '');
  if (real !== tree && !real.startsWith(tree + sep)) throw refuse();
}
