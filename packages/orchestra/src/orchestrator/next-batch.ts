import type { Task } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

/**
 * How many of the first tasks can be asked at the same time: none needs another one that is not answered yet, and no existing
 * path is leased to two of them. New files of the same path are found out when the replies are there.
 *
 * @param tasks in the order of the plan, the first one ready
 * @param paths of the tree
 */
export function nextBatch(tasks: readonly Task[], answered: ReadonlySet<string>, paths: readonly string[], limit: number): readonly Task[] {
  const batch: Task[] = tasks.slice(0, 1);
  for (const task of tasks.slice(1)) {
    const ready = task.needs.every((need) => answered.has(need));
    if (batch.length >= limit || !ready || batch.some((other) => sharesPath(task, other, paths))) break;
    batch.push(task);
  }
  return batch;
}

function sharesPath(a: Task, b: Task, paths: readonly string[]): boolean {
  return paths.some((path) => matchesGlobs(path, a.mayTouch) && matchesGlobs(path, b.mayTouch));
}
