import { createRepository } from './git-repository';
import type { Repository } from './ports';
import { rememberCommit } from './remember-commit';
import { type TempRepository, tempRepository } from './testing/temp-repository';

let temp: TempRepository;
let asked: string[];
let repository: Repository;

/** Notes what reaches git. */
function noting(inner: Repository): Repository {
  return {
    ...inner,
    listTree: (commit) => (asked.push('tree'), inner.listTree(commit)),
    history: (commit, limit) => (asked.push(`history ${limit}`), inner.history(commit, limit)),
    readTexts: (commit, paths) => (asked.push('texts'), inner.readTexts(commit, paths)),
  };
}

beforeEach(() => {
  temp = tempRepository({ 'a.ts': 'a\n', 'lib/b.ts': 'b\n', 'c.bin': Buffer.from([1, 0, 2]) });
  asked = [];
  repository = rememberCommit(noting(createRepository(temp.root)));
});
afterEach(() => temp.dispose());

test('tree and history of a commit are read once, and texts are found through the tree that is known', async () => {
  const head = await repository.head();
  const [first, second] = await Promise.all([repository.listTree(head), repository.listTree(head)]);
  expect(second).toBe(first);
  await repository.history(head, 5);
  expect((await repository.history(head, 5)).map(({ sha }) => sha)).toEqual([head]);
  expect(await repository.readTexts(head, ['lib/b.ts', 'c.bin', 'missing.ts'])).toEqual(new Map([['lib/b.ts', 'b\n']]));
  expect(asked).toEqual(['tree', 'history 5']);
});

test('another commit, another limit and a name that moves are asked anew', async () => {
  const before = await repository.head();
  await repository.listTree(before);
  await repository.history(before, 5);
  await repository.history(before, 6);
  temp.write({ 'a.ts': 'changed\n' });
  temp.git('commit', '--quiet', '--all', '--message', 'next');
  expect(await repository.readTexts('HEAD', ['a.ts'])).toEqual(new Map([['a.ts', 'changed\n']]));
  expect(await repository.readTexts(await repository.head(), ['a.ts'])).toEqual(new Map([['a.ts', 'changed\n']]));
  expect(await repository.readTexts(before, ['a.ts'])).toEqual(new Map([['a.ts', 'a\n']]));
  await repository.listTree('HEAD');
  await repository.listTree('HEAD');
  expect(asked).toEqual(['tree', 'history 5', 'history 6', 'texts', 'texts', 'tree', 'tree']);
});

test('a question that failed is asked again', async () => {
  const gone = '0'.repeat(40);
  await expect(repository.listTree(gone)).rejects.toMatchObject({ kind: 'world' });
  await expect(repository.listTree(gone)).rejects.toMatchObject({ kind: 'world' });
  expect(asked).toEqual(['tree', 'tree']);
});
