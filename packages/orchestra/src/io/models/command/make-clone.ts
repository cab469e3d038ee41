import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { OrchestraError } from '../../../model';
import { isSecretPath } from '../../../patch/is-secret-path';
import type { ModelRequest, Repository, ScratchTree, ScratchTrees, SecretScanner } from '../../ports';
import { runProcess } from '../../run-process';
import { type ScratchFolders, scratchFoldersOf } from '../../scratch-folders';

export interface AgentClone {
  readonly folders: ScratchFolders;
  /** Files left out because they hold secrets, sorted. */
  readonly withheld: readonly string[];
  dispose(): Promise<void>;
}

/**
 * The tree a task works on, as a repository of its own outside the workspace: one commit, no remotes, no hooks, no config,
 * objects or history of ours. What holds keys is left out before the agent can read it.
 */
export async function makeClone(world: { readonly repository: Repository; readonly scratch: ScratchTrees; readonly secrets: SecretScanner }, request: ModelRequest): Promise<AgentClone> {
  if (request.tree === undefined) throw new Error('a clone was asked for without a tree');
  const { commit, changed, deleted } = request.tree;
  const tree = await world.scratch.create(commit);
  try {
    const paths = [...(await world.repository.listTree(commit)).keys()];
    const texts = new Map([...(await world.repository.readTexts(commit, paths)), ...changed]);
    const withheld = [...new Set([...paths.filter(isSecretPath), ...(await world.secrets.scan(texts)).keys()])].sort();
    await tree.write(changed, [...deleted, ...withheld]);
    await beginRepository(tree);
    return { folders: scratchFoldersOf(tree), withheld, dispose: () => tree.dispose() };
  } catch (error) {
    await tree.dispose();
    throw error;
  }
}

async function beginRepository(tree: ScratchTree): Promise<void> {
  const who = { GIT_AUTHOR_NAME: 'orchestra', GIT_AUTHOR_EMAIL: 'orchestra@localhost', GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z', GIT_COMMITTER_NAME: 'orchestra', GIT_COMMITTER_EMAIL: 'orchestra@localhost', GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z' };
  const env = { PATH: process.env['PATH'] ?? '', HOME: scratchFoldersOf(tree).home, GIT_CONFIG_NOSYSTEM: '1', ...who };
  const git = async (...args: string[]): Promise<void> => {
    const result = await runProcess({ command: 'git', args, cwd: tree.path, env });
    if (result.code !== 0) throw new OrchestraError('world', `The clone for the agent could not be made: git ${args[0] ?? ''}: ${result.stderr.trim().slice(-300)}`);
  };
  await git('init', '--quiet', '--template=', '--initial-branch=task');
  mkdirSync(join(tree.path, '.git/info'), { recursive: true });
  appendFileSync(join(tree.path, '.git/info/exclude'), 'node_modules\n');
  await git('add', '--all');
  await git('commit', '--quiet', '--no-verify', '--allow-empty', '--message', 'The workspace as the task finds it');
}
