import type { Task } from '../model';
import { nextBatch } from './next-batch';

const task = (id: string, mayTouch: readonly string[], needs: readonly string[] = []): Task => ({
  id, goalId: 'g', agent: 'a', projects: [], summary: '', detail: '', mayTouch: [...mayTouch], needs: [...needs], because: [], budget: { files: 1, contextTokens: 1 },
});
const paths = ['api/a.ts', 'api/a.spec.ts', 'web/b.ts'];
const batch = (tasks: readonly Task[], limit = 4, answered: readonly string[] = []): readonly string[] => nextBatch(tasks, new Set(answered), paths, limit).map(({ id }) => id);

it('takes tasks with disjoint leases, in the order of the plan, up to the limit', () => {
  const tasks = [task('api', ['api/**', '!**/*.spec.ts']), task('test', ['**/*.spec.ts']), task('web', ['web/**'])];
  expect([batch(tasks), batch(tasks, 2), batch(tasks, 1)]).toEqual([['api', 'test', 'web'], ['api', 'test'], ['api']]);
});

it('ends before a task that shares an existing path, or needs one that is not answered', () => {
  expect(batch([task('api', ['api/**']), task('test', ['**/*.spec.ts'])])).toEqual(['api']);
  expect(batch([task('api', ['api/**']), task('web', ['web/**'], ['api'])])).toEqual(['api']);
  expect(batch([task('api', ['api/**']), task('web', ['web/**'], ['earlier'])], 4, ['earlier'])).toEqual(['api', 'web']);
  expect(batch([])).toEqual([]);
});
