import { outlineFile } from '../context-hub/outline-file';
import { renderInterfaces, renderInterfacesIndex } from '../context-hub/render-interfaces';
import { ownerOfFile } from '../graph/owner-of-file';
import type { FileTexts, Policy, WorkspaceGraph } from '../model';
import { matchesGlobs } from '../patch/matches-globs';

export const contextFolder = 'orchestra/context';

/** Characters of export lines on one project's page, about 10k tokens: a page that nobody reads to its end helps nobody. */
const mostExports = 40_000;

/**
 * `orchestra/context/`: one interfaces file per project and an index. A pure function of the sources, so the sync
 * generator can tell whether the files are true without keeping a date in them.
 */
export function contextFiles(graph: WorkspaceGraph, texts: FileTexts, policy: Policy): FileTexts {
  const byProject = new Map<string, string[]>(graph.projects.map((project) => [project.name, []]));
  for (const path of [...texts.keys()].sort()) {
    const owner = ownerOfFile(graph, path);
    if (owner !== undefined && !matchesGlobs(path, [...policy.tests, ...policy.testSupport, ...policy.generated])) {
      byProject.get(owner)?.push(path);
    }
  }
  const projects = [...byProject].map(([name, paths]) => ({ name, outlines: paths.map((path) => outlineFile(path, texts.get(path) ?? '')) }));
  return new Map([
    ...projects.map(({ name, outlines }) => [contextPath(name), renderInterfaces(name, outlines, mostExports)] as const),
    [`${contextFolder}/interfaces.md`, renderInterfacesIndex(projects)],
  ]);
}

/** `@scope/name` → `scope-name`: project names are not file names. */
export function contextPath(project: string): string {
  return `${contextFolder}/${project.replace(/^@/, '').replace(/[^A-Za-z0-9._-]+/g, '-')}.md`;
}
