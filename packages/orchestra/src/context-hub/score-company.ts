import type { Reason } from '../model';
import type { HistoryCommit } from './score-history';

export interface Company {
  readonly score: number;
  /** Common commits; one alone may be the one that brought the whole workspace. */
  readonly together: number;
  readonly reason: Reason;
}

/** A commit of more files than this says nothing of any two of them. */
const mostFiles = 25;
/** Two commits of their own are held against every pair, so that one common commit does not make a couple. */
const smoothing = 2;
/** Of a file that always changed with the first one, against about 12 for a file that leads every list. All flat between 1.5 and 4. */
const weight = 2;
const halfAt = 5;

/**
 * What past commits changed together with the files at the head of a ranking: the callers, siblings and types that a fix also touches
 * and that share few words with the goal. Cosine of the two histories, best leader only: a sum would favour files that change with everything.
 * @param leaders paths, best first
 */
export function scoreCompany(history: readonly HistoryCommit[], leaders: readonly string[]): ReadonlyMap<string, Company> {
  const telling = history.filter(({ files }) => files.length <= mostFiles);
  const changes = countChanges(telling);
  const best = new Map<string, Company>();
  for (const [rank, leader] of leaders.entries()) {
    const total = changes.get(leader) ?? 0;
    for (const [path, together] of countTogether(telling, leader)) {
      const cosine = together / Math.sqrt((total + smoothing) * ((changes.get(path) ?? 0) + smoothing));
      const score = (weight * cosine * halfAt) / (halfAt + rank);
      if (score <= (best.get(path)?.score ?? 0)) continue;
      best.set(path, { score, together, reason: { kind: 'similar-commit', detail: `changed together with ${leader} in ${together} of its last ${total} commits` } });
    }
  }
  return best;
}

function countChanges(commits: readonly HistoryCommit[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { files } of commits) for (const path of files) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
}

function countTogether(commits: readonly HistoryCommit[], leader: string): ReadonlyMap<string, number> {
  const counts = countChanges(commits.filter(({ files }) => files.includes(leader)));
  return new Map([...counts].filter(([path]) => path !== leader));
}
