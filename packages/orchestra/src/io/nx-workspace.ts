import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dependentsOf } from '../graph/dependents-of';
import { ownerOfFile } from '../graph/owner-of-file';
import { type AffectedProject, OrchestraError, type WorkspaceGraph } from '../model';
import type { Workspace } from './ports';
import { findNx, nxEnvironment } from './run-nx';
import { runProcess } from './run-process';
import { safeEnvironment } from './safe-environment';

/** Nx, reduced to what planning needs. The graph is made once per process: a wave must not see two of them. */
export function createWorkspace(root: string): Workspace {
  let graph: Promise<WorkspaceGraph> | undefined;
  const graphOnce = (): Promise<WorkspaceGraph> => (graph ??= readGraph());
  return { graph: graphOnce, affected: async (paths) => affectedProjects(root, await graphOnce(), paths) };
}

async function readGraph(): Promise<WorkspaceGraph> {
  try {
    const { createProjectGraphAsync } = await import('@nx/devkit');
    const { nodes, dependencies } = await createProjectGraphAsync({ exitOnError: false });
    const names = Object.keys(nodes).sort();
    const projects = names.map((name) => {
      const data = nodes[name]?.data;
      return { name, root: data?.root ?? '.', tags: [...(data?.tags ?? [])].sort(), targets: Object.keys(data?.targets ?? {}).sort() };
    });
    const known = new Set(names);
    const pairs = names.flatMap((from) => [...new Set((dependencies[from] ?? []).map((edge) => edge.target))].filter((to) => known.has(to) && to !== from).sort().map((to) => ({ from, to })));
    return { projects, edges: pairs };
  } catch (cause) {
    throw new OrchestraError('world', `Nx could not make the project graph: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)}`, { cause });
  }
}

/**
 * Nx says which projects are affected; our own walk over the edges says why. Where only one of them names a project, it
 * is in the answer with that as its reason: a difference is told, not smoothed over.
 */
async function affectedProjects(root: string, graph: WorkspaceGraph, paths: readonly string[]): Promise<readonly AffectedProject[]> {
  if (paths.length === 0) {
    return [];
  }
  const touched = new Map<string, string>();
  for (const path of paths) {
    const owner = ownerOfFile(graph, path);
    if (owner !== undefined && !touched.has(owner)) {
      touched.set(owner, path);
    }
  }
  const ours = new Map(dependentsOf(graph, [...touched.keys()]).map(({ name, chain }) => [name, chain]));
  const theirs = new Set(await nxAffected(root, paths));
  return graph.projects
    .filter((project) => ours.has(project.name) || theirs.has(project.name))
    .map(({ name }) => ({ name, because: reasonsOf(name, ours.get(name), touched.get(name), theirs.has(name)) }));
}

function reasonsOf(name: string, chain: readonly string[] | undefined, path: string | undefined, byNx: boolean): AffectedProject['because'] {
  if (path !== undefined) {
    return [{ kind: 'touched', detail: path }];
  }
  if (chain === undefined) {
    return [{ kind: 'dependency', detail: 'named by nx affected: a file it counts for every project, or an input, has changed' }];
  }
  return [{ kind: 'depends-on', detail: [...chain].reverse().join(' → ') + (byNx ? '' : ` (by the graph alone; nx affected does not name ${name})`) }];
}

async function nxAffected(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const run = await runProcess({
    command: process.execPath, args: [findNx(root), 'show', 'projects', '--affected', `--files=${paths.join(',')}`, '--json'],
    cwd: root, env: { ...safeEnvironment(), ...nxEnvironment }, timeoutMs: 300_000,
  });
  try {
    return JSON.parse(run.stdout.slice(run.stdout.indexOf('['))) as readonly string[];
  } catch (cause) {
    throw new OrchestraError('world', `"nx show projects --affected" did not answer: ${run.stderr.trim().split('\n').pop() ?? ''}`, { cause });
  }
}

/** The branch that a diff is compared with when nobody says. */
export function readNxDefaultBase(root: string): string {
  try {
    const nxJson = JSON.parse(readFileSync(join(root, 'nx.json'), 'utf8')) as { readonly defaultBase?: string; readonly affected?: { readonly defaultBase?: string } };
    return nxJson.defaultBase ?? nxJson.affected?.defaultBase ?? 'main';
  } catch {
    return 'main';
  }
}
