import { OrchestraError } from '../model';
import { collisionOf, foldPaths } from '../patch/fold-paths';
import { createGit } from './git-command';
import { once } from './once';

/** Ignored by git, so what lies there was put there on this machine. */
export const localFolder = '.orchestra';

/** Where a file that belongs into the working tree is written before it is moved there whole. */
export const draftFolder = `${localFolder}/drafts`;

/**
 * Refuses a commit that carries a `.orchestra/`. A wave's state, a handed-in reply or a cached index from there is believed;
 * one that came with a pull request would plan its own lease in CI. Asked of HEAD because a checkout writes nothing else.
 * @throws OrchestraError 'input' saying what to remove.
 */
export async function refuseTrackedState(root: string): Promise<void> {
  // 128: no repository, or no commit yet. Then nothing came out of one either.
  const { stdout } = await createGit(root).bytes(['ls-tree', '-z', '--name-only', 'HEAD'], { accept: [0, 128] });
  const tracked = stdout.toString('utf8').split('\0').find(isLocalFolder);
  if (tracked === undefined) return;
  throw new OrchestraError(
    'input',
    `HEAD carries "${tracked}", which holds local state that a commit must not bring along. Remove it ("git rm -r --cached ${tracked}"), ignore it, and commit.`,
  );
}

/** The same, asked of git once: the answer of a command's first look holds for all of it. */
export function guardLocalState(root: string): () => Promise<void> {
  return once(() => refuseTrackedState(root));
}

/** In any spelling that some disk takes for the same name. */
function isLocalFolder(name: string): boolean {
  return name === localFolder || collisionOf(localFolder, foldPaths([name])) !== undefined;
}
