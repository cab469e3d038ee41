import { blobsOf } from './git-repository';
import { once } from './once';
import type { Repository } from './ports';

/** A name (`HEAD`, a branch) may stand for another commit next time. */
const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The repository, with tree and history of a commit read once, however many steps of a command ask for them. Only of the commit that
 * was asked for last, because a backtest walks through hundreds.
 */
export function rememberCommit(repository: Repository): Repository {
  const trees = keepLast<Awaited<ReturnType<Repository['listTree']>>>();
  const histories = keepLast<Awaited<ReturnType<Repository['history']>>>();
  return {
    ...repository,
    listTree: (commit) => (objectId.test(commit) ? trees.read(commit, () => repository.listTree(commit)) : repository.listTree(commit)),
    history: (commit, limit) => (objectId.test(commit) ? histories.read(`${commit} ${limit}`, () => repository.history(commit, limit)) : repository.history(commit, limit)),
    readTexts: async (commit, paths) => {
      const tree = await trees.kept(commit);
      return tree === undefined ? repository.readTexts(commit, paths) : repository.readBlobTexts(blobsOf(tree, paths));
    },
  };
}

interface LastAnswer<T> {
  read(key: string, make: () => Promise<T>): Promise<T>;
  /** `undefined` where this was not what was asked last. */
  kept(key: string): Promise<T | undefined>;
}

function keepLast<T>(): LastAnswer<T> {
  let last: { readonly key: string; readonly answer: () => Promise<T> } | undefined;
  return {
    read: (key, make) => {
      last = last?.key === key ? last : { key, answer: once(make) };
      return last.answer();
    },
    kept: async (key) => (last?.key === key ? last.answer() : undefined),
  };
}
