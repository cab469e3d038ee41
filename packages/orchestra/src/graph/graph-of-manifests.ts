import type { WorkspaceGraph } from '../model';

/**
 * The projects of a repository without Nx: every folder with a `package.json` or `project.json`. No edges: what needs
 * them has to do without. Named by their folder, the root one `.`.
 */
export function graphOfManifests(paths: Iterable<string>): WorkspaceGraph {
  const roots = new Set<string>();
  for (const path of paths) {
    if (/(^|\/)node_modules\//.test(path)) continue;
    const match = /^(?:(.*)\/)?(?:package|project)\.json$/.exec(path);
    if (match !== null) roots.add(match[1] ?? '.');
  }
  return { projects: [...roots].sort().map((root) => ({ name: root, root, tags: [], targets: [] })), edges: [] };
}
