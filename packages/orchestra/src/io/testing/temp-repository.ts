import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Path → text; or `{ link }` for a symlink, `{ text, executable }` for a script; `null` deletes. */
export type TempFiles = Readonly<Record<string, string | Buffer | null | { readonly link: string } | { readonly text: string; readonly executable: true }>>;

export interface TempRepository {
  readonly root: string;
  git(...args: string[]): string;
  write(files: TempFiles): void;
  /** Writes, commits everything that is not ignored, answers the sha. */
  commit(files: TempFiles, message?: string): string;
  dispose(): void;
}

/** A real repository in the system's temporary folder, first commit made, with fixed dates: the same files give the same shas. */
export function tempRepository(files: TempFiles = { 'README.md': 'temp\n' }): TempRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'temp-repository-')));
  let commits = 0;
  const git = (...args: string[]) => {
    const date = `${1_700_000_000 + commits * 60} +0000`;
    const env = { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    return execFileSync('git', ['-c', 'user.name=Temp', '-c', 'user.email=temp@example.test', ...args], { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 }).replace(/\n$/, '');
  };
  const write = (changes: TempFiles) => Object.entries(changes).forEach(([path, content]) => writeEntry(join(root, path), content));
  const commit = (changes: TempFiles, message = 'change') => {
    commits += 1;
    write(changes);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch=main');
  commit(files, 'first');
  return { root, git, write, commit, dispose: () => rmSync(root, { recursive: true, force: true }) };
}

function writeEntry(path: string, content: TempFiles[string]): void {
  if (content === null || content === undefined) return rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === 'string' || Buffer.isBuffer(content)) return writeFileSync(path, content);
  if ('link' in content) return symlinkSync(content.link, path);
  writeFileSync(path, content.text);
  chmodSync(path, 0o755);
}
