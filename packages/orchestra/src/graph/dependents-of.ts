import type { WorkspaceGraph } from '../model';
import { sortedNames } from './sorted-names';

/** A project reached from the touched ones against the direction of the edges, and how. */
export interface Dependent {
  readonly name: string;
  /** From a touched project to this one; each entry is depended on by the next. Length 1: touched itself. */
  readonly chain: readonly string[];
}

/**
 * Every project that can notice a change of `touched`, itself included, sorted by name. The chain is a shortest one;
 * among equally short ones the alphabetically first project is taken at each step, so that plans and reports repeat.
 * Names outside the graph are ignored. Linear in projects and edges, apart from sorting.
 */
export function dependentsOf(graph: WorkspaceGraph, touched: readonly string[]): readonly Dependent[] {
  const dependents = groupDependents(graph);
  const cameFrom = new Map<string, string | undefined>();
  let frontier = sortedNames(touched.filter((name) => dependents.has(name)));
  for (const name of frontier) cameFrom.set(name, undefined);
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const name of frontier) {
      for (const dependent of dependents.get(name) ?? []) {
        if (cameFrom.has(dependent)) continue;
        cameFrom.set(dependent, name);
        next.push(dependent);
      }
    }
    frontier = sortedNames(next);
  }
  return sortedNames(cameFrom.keys()).map((name) => ({ name, chain: chainTo(name, cameFrom) }));
}

function groupDependents(graph: WorkspaceGraph): ReadonlyMap<string, readonly string[]> {
  const dependents = new Map<string, string[]>(graph.projects.map((project) => [project.name, []]));
  for (const edge of graph.edges) {
    if (dependents.has(edge.from)) dependents.get(edge.to)?.push(edge.from);
  }
  return dependents;
}

function chainTo(name: string, cameFrom: ReadonlyMap<string, string | undefined>): readonly string[] {
  const chain: string[] = [];
  for (let current: string | undefined = name; current !== undefined; current = cameFrom.get(current)) chain.push(current);
  return chain.reverse();
}
