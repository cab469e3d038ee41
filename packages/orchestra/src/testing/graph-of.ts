import type { Project, WorkspaceGraph } from '../model';

/**
 * A project graph in one line: `graphOf({ shop: ['ui', 'data'] })` is three projects under `packages/`, shop depending on the
 * other two. `details` sets root, tags or targets of a project by name; without, it can be built, linted, checked and tested.
 * @throws Error on what no workspace can be: empty names, a project that depends on itself, the same edge twice, details of nobody
 */
export function graphOf(dependencies: Readonly<Record<string, readonly string[]>>, details: Readonly<Record<string, Partial<Omit<Project, 'name'>>>> = {}): WorkspaceGraph {
  const names = [...new Set([...Object.keys(dependencies), ...Object.values(dependencies).flat()])].sort();
  const edges = names.flatMap((from) => [...(dependencies[from] ?? [])].sort().map((to) => ({ from, to })));
  refuse('an empty name', names.filter((name) => name.trim() === ''));
  refuse('a project that depends on itself', edges.filter(({ from, to }) => from === to).map(({ from }) => from));
  refuse('an edge twice', edges.map(({ from, to }) => `${from} → ${to}`).filter((edge, position, all) => all.indexOf(edge) !== position));
  refuse('details of nobody', Object.keys(details).filter((name) => !names.includes(name)));
  const projects = names.map((name) => ({ name, root: `packages/${name.replace(/^@[^/]*\//, '')}`, tags: [], targets: ['build', 'lint', 'test', 'typecheck'], ...details[name] }));
  refuse('two projects at one root', projects.map(({ root }) => root).filter((root, position, all) => all.indexOf(root) !== position));
  return { projects, edges };
}

function refuse(what: string, found: readonly string[]): void {
  if (found.length > 0) throw new Error(`graphOf: ${what} (${found.map((name) => JSON.stringify(name)).join(', ')})`);
}
