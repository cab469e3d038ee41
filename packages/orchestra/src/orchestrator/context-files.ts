import { renderInterfaces, renderInterfacesIndex } from '../context-hub/render-interfaces';
import { ownerOfFile } from '../graph/owner-of-file';
import type { FileTexts, Policy, WorkspaceGraph } from '../model';
import { globMatcher } from '../patch/matches-globs';
import type { FileOutline } from '../model/file-outline';

export const contextFolder = 'orchestra/context';

/** Characters of export lines on one project's page, about 10k tokens: a page that nobody reads to its end helps nobody. */
const mostExports = 40_000;

/** Paths that belong on a page: neither tests, nor our own records, nor files of no project. Sorted. */
export function outlinedPaths(graph: WorkspaceGraph, paths: Iterable<string>, policy: Policy): readonly string[] {
  const isLeft = globMatcher([...policy.tests, ...policy.testSupport, ...policy.generated]);
  return [...paths].filter((path) => outlined.test(path) && ownerOfFile(graph, path) !== undefined && !isLeft(path)).sort();
}

const outlined = /\.(?:tsx?|jsx?|mjs|cjs|mts|cts|sql)$/;

/**
 * `orchestra/context/`: one interfaces file per project and an index. A pure function of the outlines of `outlinedPaths`, so the
 * sync generator can tell whether the files are true without keeping a date in them.
 *
 * @param most characters of export lines on one page
 */
export function contextFiles(graph: WorkspaceGraph, outlines: ReadonlyMap<string, FileOutline>, most = mostExports): FileTexts {
  const byProject = new Map<string, FileOutline[]>(graph.projects.map((project) => [project.name, []]));
  for (const [path, outline] of outlines) byProject.get(ownerOfFile(graph, path) ?? '')?.push(outline);
  const projects = [...byProject].map(([name, own]) => ({ name, outlines: own }));
  return new Map([
    ...projects.map(({ name, outlines: own }) => [contextPath(name), renderInterfaces(name, own, most)] as const),
    [`${contextFolder}/interfaces.md`, renderInterfacesIndex(projects)],
  ]);
}

/** `@scope/name` → `scope-name`: project names are not file names. */
export function contextPath(project: string): string {
  // The root of a repository without Nx is named by its folder.
  if (project === '.') return `${contextFolder}/_root.md`;
  return `${contextFolder}/${project.replace(/^@/, '').replace(/[^A-Za-z0-9._-]+/g, '-')}.md`;
}
