import { randomUUID } from 'node:crypto';
import type { GitCommand } from './git-command';
import type { CommitRecord } from './ports';

/** Ancestors of `commit`, newest first, without merges' file lists and with a rename as both its paths. */
export async function readHistory(git: GitCommand, commit: string, limit: number): Promise<readonly CommitRecord[]> {
  // A mark nobody can have written into a message or a file name.
  const mark = randomUUID();
  const format = `--format=${mark}%x00%H%x00%ct%x00%s%x00%b%x00`;
  const output = (await git.bytes(['log', format, '-z', '--name-only', '--no-renames', '--relative', '--no-ext-diff', '--no-textconv', `--max-count=${limit}`, commit, '--'])).stdout.toString('utf8');
  return output
    .split(mark)
    .slice(1)
    .map((record) => {
      const [, sha = '', time = '0', subject = '', body = '', ...rest] = record.split('\0');
      // After the format comes one line break, then the paths; only the first of them can carry it.
      const files = rest.map((path) => path.replace(/^\n/, '')).filter((path) => path !== '');
      return { sha, time: Number(time), subject, body: body.trim(), files: files.sort() };
    });
}
