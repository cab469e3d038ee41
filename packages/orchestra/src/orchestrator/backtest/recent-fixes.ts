import type { CommitRecord, Repository } from '../../io/ports';
import { policySchema, type BacktestCase } from '../../model';
import { backtestCaseSchema } from '../../model/backtest';
import { goldOf } from './gold-of';

/** How a fix is called: `fix: …`, `fix(scope): …`, `Bugfix/…`, `hotfix …`. */
const fixSubject = /^(?:\w+\/)?(?:fix|bugfix|hotfix|bug)\b/i;
const commitsRead = 20_000;
/** A commit of more files than these is a sweep or a squashed branch: its message is not one problem. */
const mostFiles = 20;
const mostGold = 6;
const longestStatement = 1500;

/** The newest fixes of a repository as cases, newest first; those in `except` (full or short commit ids) are passed over. */
export async function recentFixes(repository: Repository, count: number, except: readonly string[]): Promise<readonly BacktestCase[]> {
  const history = await repository.history(await repository.head(), commitsRead);
  const known = new Set(history.map(({ sha }) => sha));
  const policy = policySchema.parse({});
  const cases: BacktestCase[] = [];
  for (const commit of history) {
    if (cases.length === count) break;
    if (!isOneFix(commit) || except.some((sha) => commit.sha.startsWith(sha))) continue;
    // The first commit has no parent, and the last one of a shallow clone none that is there.
    const parent = await repository.resolve(`${commit.sha}^`).catch(() => undefined);
    if (parent === undefined || !known.has(parent)) continue;
    const sourceFiles = goldOf(await repository.changes(parent, commit.sha), policy);
    const statement = statementOf(commit);
    if (sourceFiles.length === 0 || sourceFiles.length > mostGold || statement === '') continue;
    cases.push(backtestCaseSchema.parse({ id: commit.sha.slice(0, 12), sha: commit.sha, parent, problemStatement: statement, sourceFiles }));
  }
  return cases;
}

/** A merge names no files in the history, so it is passed over as well. */
function isOneFix({ subject, files }: CommitRecord): boolean {
  return fixSubject.test(subject) && files.length > 0 && files.length <= mostFiles;
}

const trailer = /^(?:co-authored-by|signed-off-by|reviewed-by|change-id|refs?|closes|fixes)\b.*$/gim;
const pathLike = /(?:[\w@.()[\]-]+\/)*[\w@()[\]-][\w@.()[\]-]*\.(?:[cm]?[jt]sx?|sql|ya?ml|json|css|sh|html|md)\b(?::\d+)?/g;

/** The message without its conventional prefix, its trailers and the paths its author listed: they are the answer. */
function statementOf({ subject, body }: CommitRecord): string {
  const title = subject.replace(/^(?:\w+\/)?(?:fix|bugfix|hotfix|bug)(?:\(([^)]*)\))?!?\s*[:/]?\s*/i, (_, scope: string | undefined) => (scope === undefined ? '' : `${scope}: `));
  return `${title}\n\n${body}`.replace(trailer, '').replace(pathLike, '').replace(/[ \t]+$/gm, '').slice(0, longestStatement).trim();
}
