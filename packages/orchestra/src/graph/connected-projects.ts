import type { WorkspaceGraph } from '../model';

/** The given projects and all that can be reached from them over edges in either direction, sorted. Linear. */
export function connectedProjects(graph: WorkspaceGraph, names: readonly string[]): readonly string[] {
  const neighbours = new Map<string, string[]>(graph.projects.map((project) => [project.name, []]));
  for (const { from, to } of graph.edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const reached = new Set<string>();
  const waiting = names.filter((name) => neighbours.has(name));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (!reached.has(name)) {
      reached.add(name);
      waiting.push(...(neighbours.get(name) ?? []));
    }
  }
  return [...reached].sort();
}
