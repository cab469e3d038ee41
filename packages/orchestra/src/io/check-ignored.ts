import type { Rejection } from '../model';
import type { GitCommand } from './git-command';

/**
 * What git ignores is in no diff, so the judge would never see it: such a path is refused. Tracked files are in the diff
 * whatever the ignore rules say.
 */
export async function checkIgnored(git: GitCommand, paths: readonly string[]): Promise<readonly Rejection[]> {
  if (paths.length === 0) {
    return [];
  }
  // check-ignore refuses to run with literal pathspecs. Exit code 1 means that none is ignored.
  const { stdout } = await git.bytes(['--no-literal-pathspecs', 'check-ignore', '-z', '--stdin'], { accept: [0, 1], input: Buffer.from(paths.map((path) => `${path}\0`).join('')) });
  const ignored = new Set(stdout.toString('utf8').split('\0').filter((path) => path !== ''));
  return paths.filter((path) => ignored.has(path)).map((path) => ({ kind: 'path-refused', path, because: `git ignores ${path}, so no diff would show the change` }));
}
