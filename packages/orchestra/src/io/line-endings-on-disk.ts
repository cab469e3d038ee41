import type { ChangedFile } from '../model';
import type { GitCommand } from './git-command';

const pathsAsked = 200;

/**
 * Marks the files that have other line endings on disk than their attributes ask for. Git stores them as it should, so that the
 * trees are equal and no comparison of texts shows it; whoever opens the file, and whatever reads it there, sees every line changed.
 */
export async function withLineEndingsOnDisk(git: GitCommand, env: Readonly<Record<string, string>>, changes: readonly ChangedFile[]): Promise<readonly ChangedFile[]> {
  const texts = changes.filter(({ head }) => typeof head === 'string').map(({ path }) => path);
  const stray = new Map<string, 'crlf' | 'mixed'>();
  for (let at = 0; at < texts.length; at += pathsAsked) {
    for (const line of await git.list(['--literal-pathspecs', 'ls-files', '--eol', '-z', '--', ...texts.slice(at, at + pathsAsked)], { env })) {
      const [, ending, path] = /^i\/lf\s+w\/(crlf|mixed)\s+attr\/[^\t]*\beol=lf\b[^\t]*\t([^]*)$/.exec(line) ?? [];
      if ((ending === 'crlf' || ending === 'mixed') && path !== undefined) stray.set(path, ending);
    }
  }
  return changes.map((change) => {
    const onDisk = stray.get(change.path);
    return onDisk === undefined ? change : { ...change, onDisk };
  });
}
