import type { PacketFile } from '../model';
import { globMatcher } from '../patch/matches-globs';
import type { Corpus } from './corpus';
import { importersOf, importGraph, type ImportGraph } from './import-graph';
import type { SelectionInput } from './select-files';

/** A file that more than these use is used by everybody: whoever its change concerns, their names do not tell. */
const fewUsers = 8;
/** Of the ranking: whose users are asked for. */
const head = 3;

/**
 * What a packet should name where it cannot show it, best first: in turn what ranks below the shown files, and what stands near them (who uses the first of the
 * ranking, what the shown files use). What may be edited comes before what may only be read.
 */
export function nearFiles({ ranked, task, irrelevant }: SelectionInput, { files }: Corpus, shown: readonly PacketFile[]): readonly string[] {
  const graph = importGraph(files);
  const paths = ranked.map(({ path }) => path);
  const inLease = globMatcher(task.mayTouch);
  const around = [...usersOf(graph, paths.slice(0, head)), ...usedBy(graph, new Set(shown.map(({ path }) => path)))];
  const left = new Set([...shown.map(({ path }) => path), ...irrelevant]);
  const isLeft = (path: string): boolean => !left.has(path);
  return [...new Set([...inTurn(paths.filter(inLease).filter(isLeft), [...new Set(around)].filter(inLease).filter(isLeft)), ...paths.filter(isLeft)])];
}

function inTurn(first: readonly string[], second: readonly string[]): readonly string[] {
  return Array.from({ length: Math.max(first.length, second.length) }, (_, at) => [...first.slice(at, at + 1), ...second.slice(at, at + 1)]).flat();
}

function usersOf(graph: ImportGraph, paths: readonly string[]): readonly string[] {
  const importers = importersOf(graph);
  return paths.flatMap((path) => {
    const users = [...new Set((importers.get(path) ?? []).map(({ to }) => to))];
    return users.length > fewUsers ? [] : users;
  });
}

/** Best is what several of them use and few others do. */
function usedBy(graph: ImportGraph, shown: ReadonlySet<string>): readonly string[] {
  const importers = importersOf(graph);
  const users = new Map<string, number>();
  for (const path of shown) for (const to of new Set((graph.get(path) ?? []).map((edge) => edge.to))) users.set(to, (users.get(to) ?? 0) + 1);
  const worth = (path: string): number => (users.get(path) ?? 0) / Math.sqrt(importers.get(path)?.length ?? 1);
  return [...users.keys()].sort((a, b) => worth(b) - worth(a) || (a < b ? -1 : 1));
}
