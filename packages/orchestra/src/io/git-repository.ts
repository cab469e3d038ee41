import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileTexts } from '../model';
import { OrchestraError } from '../model';
import { readBlobs } from './git-blobs';
import { readChanges } from './git-changes';
import { createGit, type GitCommand } from './git-command';
import { fingerprintRepository, listWorkingFiles } from './git-fingerprint';
import { readHistory } from './git-history';
import { findMentions } from './git-mentions';
import { withLineEndingsOnDisk } from './line-endings-on-disk';
import { withWorkingTree } from './git-working-tree';
import type { Repository, TreeEntry } from './ports';

/**
 * Git through its plumbing, read-only. `root` may be a clone, a folder inside one (paths are then relative to it) or a
 * bare git directory (everything but the working tree works).
 * @throws OrchestraError 'world' from every method when `root` is no repository or holds no commit.
 */
export function createRepository(root: string): Repository {
  const git = createGit(root);
  return {
    root,
    head: () => resolveCommit(git, 'HEAD'),
    resolve: (revision) => resolveCommit(git, revision),
    mergeBase: (a, b) => mergeBase(git, a, b),
    isShallow: async () => (await git.text(['rev-parse', '--is-shallow-repository'])) === 'true',
    listTree: (commit) => listTree(git, commit),
    readTexts: (commit, paths) => readTexts(git, commit, paths),
    readBlobTexts: (blobs) => readBlobTexts(git, blobs),
    mentions: (commit, texts) => findMentions(git, commit, texts),
    changes: (base, head) =>
      head === undefined ? withWorkingTree(git, async ({ tree, env }) => withLineEndingsOnDisk(git, env, await readChanges(git, base, tree, env))) : readChanges(git, base, head),
    history: (commit, limit) => readHistory(git, commit, limit),
    workingPaths: async () => (await listWorkingFiles(git)).filter((path) => existsSync(join(root, path))),
    dirtyPaths: () => dirtyPaths(git),
    fingerprint: () => fingerprintRepository(git),
  };
}

async function resolveCommit(git: GitCommand, revision: string): Promise<string> {
  const { code, stdout } = await git.bytes(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`], { accept: [0, 1] });
  if (code === 0) return stdout.toString('utf8').trim();
  const none = revision === 'HEAD' ? 'has no commit yet: commit once, so that there is a base to work from.' : `has no commit "${revision}".`;
  throw new OrchestraError('world', `The repository ${git.cwd} ${none}`);
}

async function mergeBase(git: GitCommand, a: string, b: string): Promise<string> {
  const [first, second] = [await resolveCommit(git, a), await resolveCommit(git, b)];
  const answer = await git.text(['merge-base', first, second], { accept: [0, 1] });
  if (answer !== '') return answer;
  throw new OrchestraError('world', `"${a}" and "${b}" have no common ancestor here (a shallow clone lacks it: fetch the full history).`);
}

/** More of them are found faster by listing the whole tree, and would not fit a command line. */
const pathsAsked = 100;

async function readTexts(git: GitCommand, commit: string, paths: readonly string[]): Promise<FileTexts> {
  if (paths.length === 0) return new Map();
  return readBlobTexts(git, blobsOf(await listTree(git, commit, paths.length <= pathsAsked ? paths : []), paths));
}

/** Of some paths, or of all when none is given. */
async function listTree(git: GitCommand, commit: string, paths: readonly string[] = []): Promise<ReadonlyMap<string, TreeEntry>> {
  const entries = (await git.list(['ls-tree', '-r', '-z', commit, ...(paths.length === 0 ? [] : ['--', ...paths])])).map((line): [string, TreeEntry] => {
    const tab = line.indexOf('\t');
    const [mode = '', , blob = ''] = line.slice(0, tab).split(' ');
    return [line.slice(tab + 1), { blob, mode }];
  });
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Path → blob id of those paths that the tree holds as a file. */
export function blobsOf(tree: ReadonlyMap<string, TreeEntry>, paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    paths.flatMap((path) => {
      const entry = tree.get(path);
      return entry && entry.mode !== '160000' ? [[path, entry.blob] as const] : [];
    }),
  );
}

async function readBlobTexts(git: GitCommand, blobs: ReadonlyMap<string, string>): Promise<FileTexts> {
  const texts = await readBlobs(git, blobs.values());
  const answer = new Map<string, string>();
  for (const [path, blob] of blobs) {
    const text = texts.get(blob);
    if (typeof text === 'string') answer.set(path, text);
  }
  return answer;
}

/** Both what lies on disk and what is only staged: either would be swept into the next commit. */
async function dirtyPaths(git: GitCommand): Promise<readonly string[]> {
  const names = ['-r', '-z', '--name-only', '--no-renames', '--relative'];
  const head = await resolveCommit(git, 'HEAD');
  const onDisk = await withWorkingTree(git, ({ tree, env }) => git.list(['diff-tree', ...names, head, tree], { env }));
  const staged = await git.list(['diff-index', '--cached', ...names, head]);
  return [...new Set([...onDisk, ...staged])].sort();
}
