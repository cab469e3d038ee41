import type { WorkspaceGraph } from '../model';

/** One index per graph value; graphs are never changed after they were made. */
const indexes = new WeakMap<WorkspaceGraph, ReadonlyMap<string, string>>();

/**
 * Name of the project whose root is the nearest folder above `path` (workspace-relative, POSIX); a project at `.` owns
 * what nobody else does. `undefined` when no project does. Cost: the depth of the path, not the number of projects.
 */
export function ownerOfFile(graph: WorkspaceGraph, path: string): string | undefined {
  let index = indexes.get(graph);
  if (index === undefined) {
    index = nameByRoot(graph);
    indexes.set(graph, index);
  }
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
    const name = index.get(folder);
    if (name !== undefined) return name;
  }
  return index.get('.');
}

function nameByRoot(graph: WorkspaceGraph): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { name, root } of graph.projects) {
    const known = names.get(root);
    // Nx allows two projects at one root; the first by name stands for both, so that the answer never depends on order.
    if (known === undefined || name < known) names.set(root, name);
  }
  return names;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
