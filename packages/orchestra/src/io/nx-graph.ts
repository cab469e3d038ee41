import { realpathSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ProjectGraph } from '@nx/devkit';
import { OrchestraError, type Project, type WorkspaceGraph } from '../model';
import { askNode } from './ask-nx';
import { createOwnedFolder } from './scratch-folders';

/**
 * The project graph as plain data: projects and their edges sorted by name, edges to npm packages left out.
 * @param madeByNx this process is an nx command that made the graph itself, and nothing was written since
 * @throws OrchestraError 'world' with Nx's own words
 */
export async function readNxGraph(root: string, madeByNx = false): Promise<WorkspaceGraph> {
  const { nodes, dependencies } = (madeByNx ? graphOfThisProcess(root) : undefined) ?? (await loadGraph(root));
  const names = Object.keys(nodes).sort();
  const edges = names.flatMap((from) => {
    const targets = new Set((dependencies[from] ?? []).map((edge) => edge.target));
    return [...targets].filter((to) => to !== from && Object.hasOwn(nodes, to)).sort().map((to) => ({ from, to }));
  });
  return { projects: names.map((name) => toProject(name, nodes[name]?.data)), edges };
}

function toProject(name: string, data: ProjectGraph['nodes'][string]['data'] | undefined): Project {
  const root = (data?.root ?? '.').replace(/\\/g, '/').replace(/\/$/, '');
  return { name, root: root === '' ? '.' : root, tags: [...(data?.tags ?? [])].sort(), targets: Object.keys(data?.targets ?? {}).sort() };
}

type RawGraph = Pick<ProjectGraph, 'nodes' | 'dependencies'>;

/**
 * Without a daemon Nx would walk the workspace a second time. `undefined` where no graph as young as this process was kept: a daemon
 * that had it already, `--skipProjectGraph`, no cache.
 */
function graphOfThisProcess(root: string): RawGraph | undefined {
  try {
    // Not through the devkit, which takes longer to load than the graph to read, while Nx has loaded these itself. Not imported either:
    // Node would read their sources once more, for the names they export.
    const loaded = createRequire(__filename);
    const { readCachedProjectGraph } = loaded('nx/src/project-graph/project-graph') as typeof import('nx/src/project-graph/project-graph');
    const { workspaceRoot } = loaded('nx/src/utils/workspace-root') as typeof import('nx/src/utils/workspace-root');
    return realpathSync(workspaceRoot) === realpathSync(root) ? readCachedProjectGraph(Math.ceil(performance.timeOrigin)) : undefined;
  } catch {
    return undefined;
  }
}

const failure = 'Nx could not make the project graph';

async function loadGraph(root: string): Promise<RawGraph> {
  const { createProjectGraphAsync, workspaceRoot } = await import('@nx/devkit');
  // The devkit knows one workspace, the one around the working directory; any other is asked of its own.
  if (realpathSync(workspaceRoot) !== realpathSync(root)) return loadGraphInChild(root);
  try {
    return await createProjectGraphAsync({ exitOnError: false });
  } catch (cause) {
    throw new OrchestraError('world', `${failure}: ${graphErrors(cause).join('\n')}`, { cause });
  }
}

/** "Failed to process project graph" helps nobody: the reasons are in a list of their own. */
function graphErrors(cause: unknown): readonly string[] {
  const { message, getErrors } = cause as { readonly message?: unknown; readonly getErrors?: () => readonly Error[] };
  return [String(message ?? cause), ...(getErrors?.call(cause) ?? []).map((error) => error.message)];
}

/** Not `nx graph --file`, which exits 0 and leaves out the projects it could not read. */
const script = `
const [root, file] = process.argv.slice(1);
const { createProjectGraphAsync } = require(require.resolve('@nx/devkit', { paths: [root] }));
createProjectGraphAsync({ exitOnError: false, resetDaemonClient: true }).then(
  ({ nodes, dependencies }) => {
    require('node:fs').writeFileSync(file, JSON.stringify({ nodes, dependencies }));
    process.exit(0);
  },
  (error) => {
    console.error([error.message, ...(error.getErrors?.() ?? []).map((each) => each.message)].join('\\n'));
    process.exit(1);
  },
);`;

async function loadGraphInChild(root: string): Promise<RawGraph> {
  const folder = await createOwnedFolder('graph');
  try {
    const file = join(folder, 'graph.json');
    await askNode(root, failure, ['-e', script, root, file]);
    return JSON.parse(await readFile(file, 'utf8')) as RawGraph;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
