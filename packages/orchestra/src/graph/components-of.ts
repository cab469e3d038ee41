import type { WorkspaceGraph } from '../model';
import { sortedNames } from './sorted-names';

interface Visit {
  readonly name: string;
  readonly targets: readonly string[];
  next: number;
}

/**
 * Strongly connected components, dependencies before dependents (Tarjan's order), names sorted inside each. Two
 * projects share a component when each depends on the other, directly or not. The stack is our own: a chain of ten
 * thousand projects must not end the process.
 */
export function componentsOf(graph: WorkspaceGraph): readonly (readonly string[])[] {
  const targets = groupTargets(graph);
  const components: (readonly string[])[] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const begin = (name: string): Visit => {
    order.set(name, order.size);
    lowest.set(name, order.size - 1);
    open.push(name);
    isOpen.add(name);
    return { name, targets: targets.get(name) ?? [], next: 0 };
  };
  const lower = (name: string, value: number | undefined): void => {
    lowest.set(name, Math.min(lowest.get(name) ?? Infinity, value ?? Infinity));
  };
  const close = (name: string): void => {
    const members = open.splice(open.lastIndexOf(name));
    for (const member of members) isOpen.delete(member);
    components.push(sortedNames(members));
  };
  for (const root of targets.keys()) {
    if (order.has(root)) continue;
    const path = [begin(root)];
    for (let visit = path[path.length - 1]; visit !== undefined; visit = path[path.length - 1]) {
      const target = visit.targets[visit.next++];
      if (target === undefined) {
        path.pop();
        const parent = path[path.length - 1];
        if (parent !== undefined) lower(parent.name, lowest.get(visit.name));
        if (lowest.get(visit.name) === order.get(visit.name)) close(visit.name);
      } else if (!order.has(target)) {
        path.push(begin(target));
      } else if (isOpen.has(target)) {
        lower(visit.name, order.get(target));
      }
    }
  }
  return components;
}

/** Every project, sorted, with the projects it depends on, sorted; edges to projects outside the graph are dropped. */
export function groupTargets(graph: WorkspaceGraph): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>(sortedNames(graph.projects.map((project) => project.name)).map((name) => [name, []]));
  for (const edge of graph.edges) {
    if (targets.has(edge.to)) targets.get(edge.from)?.push(edge.to);
  }
  return new Map([...targets].map(([name, names]) => [name, sortedNames(names)]));
}
