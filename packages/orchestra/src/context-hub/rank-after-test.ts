import type { RankedFile } from '../model';
import type { FileIndex } from './file-index';
import { importGraph } from './import-graph';

/** A test of one module imports little else; one that goes through the whole server says nothing by its imports. */
const mostTested = 3;

/**
 * The ranking once a test reproduces the goal. What that test imports is what it is about, more surely than any shared word: it comes
 * next after the best file. Not before it: a test that goes through the API imports the server, and the fault lies deeper.
 *
 * @param tests the tests that the wave wrote; files of `isTest` are never moved.
 */
export function rankAfterTest(ranked: readonly RankedFile[], indexes: ReadonlyMap<string, FileIndex>, tests: readonly string[], isTest: (path: string) => boolean): readonly RankedFile[] {
  const [best, ...rest] = ranked;
  if (best === undefined || tests.length === 0) return ranked;
  const ranks = new Map(ranked.map(({ path }, rank) => [path, rank]));
  const rankOf = (path: string): number => ranks.get(path) ?? ranked.length;
  const graph = importGraph(indexes);
  const importedBy = new Map(tests.flatMap((test) => (graph.get(test) ?? []).map(({ to }) => [to, test] as const)).filter(([path]) => !isTest(path)));
  const tested = [...importedBy].filter(([path]) => path !== best.path).sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1)).slice(0, mostTested);
  const moved = tested.map(([path, test]): RankedFile => {
    const known = ranked[rankOf(path)];
    const reason = { kind: 'import' as const, detail: `${test}, which reproduces the goal, imports it` };
    return { ...(known ?? { path }), score: best.score, because: [reason, ...(known?.because ?? [])] };
  });
  const gone = new Set(tested.map(([path]) => path));
  return [best, ...moved, ...rest.filter(({ path }) => !gone.has(path))];
}
