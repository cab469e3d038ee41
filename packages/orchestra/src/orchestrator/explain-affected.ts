import type { ImportGraph } from '../context-hub/import-graph';
import { dependentsOf } from '../graph/dependents-of';
import { ownerOfFile } from '../graph/owner-of-file';
import type { AffectedProject, Reason, WorkspaceGraph } from '../model';

/**
 * Adds to every affected project the imports that made it so, hop by hop from a touched project: the first file, by path,
 * that imports over each edge. An edge without one is a dependency somebody declared.
 */
export function explainAffected(affected: readonly AffectedProject[], touched: readonly string[], graph: WorkspaceGraph, imports: ImportGraph): readonly AffectedProject[] {
  const owners = [...new Set(touched.flatMap((path) => ownerOfFile(graph, path) ?? []))];
  const chains = new Map(dependentsOf(graph, owners).map(({ name, chain }) => [name, chain]));
  const hops = affected.some(({ name }) => (chains.get(name)?.length ?? 0) > 1) ? importsBetween(graph, imports) : new Map<string, string>();
  return affected.map((project) => ({ ...project, because: [...project.because, ...reasonsFor(chains.get(project.name) ?? [], hops)] }));
}

function reasonsFor(chain: readonly string[], hops: ReadonlyMap<string, string>): readonly Reason[] {
  return chain.slice(1).map((dependent, index): Reason => {
    const dependency = chain[index] ?? '';
    const found = hops.get(`${dependent}\n${dependency}`);
    return found === undefined ? { kind: 'dependency', detail: `${dependent} declares that it depends on ${dependency}` } : { kind: 'import', detail: found };
  });
}

/** `dependent\ndependency` → `a.ts:3 imports b.ts`, for every pair of projects one of which imports the other. */
function importsBetween(graph: WorkspaceGraph, imports: ImportGraph): ReadonlyMap<string, string> {
  const owners = new Map<string, string | undefined>();
  const ownerOf = (path: string): string | undefined => {
    if (!owners.has(path)) owners.set(path, ownerOfFile(graph, path));
    return owners.get(path);
  };
  const found = new Map<string, string>();
  for (const [path, edges] of imports) {
    for (const { to, line } of edges) {
      const [from, target] = [ownerOf(path), ownerOf(to)];
      const key = `${from}\n${target}`;
      if (from !== target && from !== undefined && target !== undefined && !found.has(key)) found.set(key, `${path}:${line} imports ${to}`);
    }
  }
  return found;
}
