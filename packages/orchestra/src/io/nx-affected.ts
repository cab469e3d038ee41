import { dependentsOf } from '../graph/dependents-of';
import { ownerOfFile } from '../graph/owner-of-file';
import { type AffectedProject, OrchestraError, type Reason, type WorkspaceGraph } from '../model';
import { askNx } from './ask-nx';

/** What Nx reads for every project. A change there can reach all of them, whatever the edges say. */
const globalFiles = new Set(['nx.json', 'package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb']);

/** One argument may not be longer than 128 KiB on Linux. */
const longestArgument = 100_000;

/**
 * Nx says which projects are affected; our own walk over the edges says why. Where only one of the two names a project, it
 * is in the answer with that as a reason: a difference is told, not smoothed over. A path that no project owns touches none.
 */
export async function affectedProjects(root: string, graph: WorkspaceGraph, paths: readonly string[]): Promise<readonly AffectedProject[]> {
  if (paths.length === 0) return [];
  const theirs = new Set(await nxAffected(root, paths));
  const ours = reasonsByProject(graph, paths);
  return graph.projects.flatMap(({ name }) => {
    const because = ours.get(name) ?? [];
    if (because.length === 0) return theirs.has(name) ? [{ name, because: [onlyNx] }] : [];
    return [{ name, because: theirs.has(name) ? because : [...because, onlyUs] }];
  });
}

const onlyNx: Reason = { kind: 'dependency', detail: 'named by nx affected alone: no edge of the project graph leads here, an input or a file that counts for every project does' };
const onlyUs: Reason = { kind: 'dependency', detail: 'by the project graph alone: nx affected does not name it' };

/** Why each project is affected, as far as the graph can tell. Projects that are not have no entry. */
export function reasonsByProject(graph: WorkspaceGraph, paths: readonly string[]): ReadonlyMap<string, readonly Reason[]> {
  const sorted = [...new Set(paths)].sort();
  const reasons = new Map<string, Reason[]>();
  const add = (name: string, reason: Reason) => reasons.set(name, [...(reasons.get(name) ?? []), reason]);
  const owned = new Map<string, string[]>();
  for (const path of sorted) {
    const owner = ownerOfFile(graph, path);
    if (owner !== undefined) owned.set(owner, [...(owned.get(owner) ?? []), path]);
  }
  for (const { name, chain } of dependentsOf(graph, [...owned.keys()])) {
    const files = owned.get(name);
    add(name, files === undefined ? { kind: 'depends-on', detail: [...chain].reverse().join(' → ') } : { kind: 'touched', detail: enumerate(files) });
  }
  const global = sorted.filter((path) => globalFiles.has(path));
  if (global.length > 0) graph.projects.forEach(({ name }) => add(name, { kind: 'touched', detail: `${global.join(', ')}: counts for every project` }));
  return reasons;
}

function enumerate(files: readonly string[]): string {
  return files.length <= 3 ? files.join(', ') : `${files.slice(0, 2).join(', ')} and ${files.length - 2} more`;
}

async function nxAffected(root: string, paths: readonly string[]): Promise<readonly string[]> {
  const names: string[] = [];
  for (const batch of batches(paths)) {
    names.push(...parseNames(await askNx(root, ['show', 'projects', '--affected', `--files=${batch.join(',')}`, '--json'])));
  }
  return names;
}

/** Plugins may print a line of their own before the answer. */
function parseNames(stdout: string): readonly string[] {
  const line = stdout.split('\n').reverse().find((each) => each.startsWith('['));
  try {
    const names: unknown = JSON.parse(line ?? '');
    if (Array.isArray(names) && names.every((name) => typeof name === 'string')) return names;
  } catch (cause) {
    throw new OrchestraError('world', '"nx show projects --affected" did not answer with a list.', { cause });
  }
  throw new OrchestraError('world', '"nx show projects --affected" did not answer with a list of names.');
}

function batches(paths: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [];
  let room = 0;
  for (const path of [...new Set(paths)].sort()) {
    const size = Buffer.byteLength(path) + 1;
    if (size > room) {
      all.push([]);
      room = longestArgument;
    }
    all[all.length - 1]?.push(path);
    room -= size;
  }
  return all;
}
