import { ownerOfFile } from '../../graph/owner-of-file';
import type { OrchestrationGoal, RankedFile, Reason, ReasonKind, WorkspaceGraph } from '../../model';

export interface PlannedProject {
  readonly name: string;
  readonly score: number;
  readonly because: readonly Reason[];
  readonly files: readonly RankedFile[];
}

export type ProjectChoice =
  | { readonly kind: 'chosen'; readonly projects: readonly PlannedProject[] }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[] };

/** Evidence that names a place exactly. Text similarity, history and recency order files; they do not settle a place. */
const exact: ReadonlySet<ReasonKind> = new Set<ReasonKind>([
  'explicit-target', 'stack-frame', 'file-name', 'symbol', 'component', 'route', 'log-prefix', 'ui-string', 'bug-id', 'table',
]);

const considered = 10;
/** A second project costs a prompt and a reply; with half of the best one's weight, most of those were for nothing. */
const nearBest = 0.75;

/**
 * The projects a goal is about. Named modules win; then every project that exact evidence points at with at least three quarters of the
 * best project's weight; without exact evidence, one project that holds most of the ranking. Anything flatter is ambiguous:
 * a person can settle it in one line, a guess costs a wave. So is a goal whose words fit files that nobody may change twice as well.
 *
 * @param ranked files that somebody may change, best first
 * @param outOfReach score of the best file that nobody may change
 */
export function chooseProjects(goal: OrchestrationGoal, graph: WorkspaceGraph, ranked: readonly RankedFile[], outOfReach = 0): ProjectChoice {
  const projects = weighProjects(graph, ranked);
  const named = goal.affectedModules ?? [];
  if (named.length > 0) {
    return { kind: 'chosen', projects: [...new Set(named)].sort().map((name) => withModuleReason(name, projects)) };
  }
  const best = projects[0];
  if (best === undefined) {
    return { kind: 'ambiguous', candidates: graph.projects.map((project) => project.name).slice(0, 5) };
  }
  const pointed = projects.filter((project) => project.because.some((reason) => exact.has(reason.kind)));
  if (pointed.length > 0) {
    const strongest = Math.max(...pointed.map((project) => project.score));
    const strong = pointed.filter((project) => project.score >= strongest * nearBest);
    return { kind: 'chosen', projects: withLeader(strong, projects, ranked).slice(0, goal.type === 'bugfix' ? 2 : 8) };
  }
  const total = projects.reduce((sum, project) => sum + project.score, 0);
  const faint = (ranked[0]?.score ?? 0) * 2 < outOfReach;
  return best.score * 2 > total && !faint
    ? { kind: 'chosen', projects: [best] }
    : { kind: 'ambiguous', candidates: projects.slice(0, 5).map((project) => project.name) };
}

/** Projects of the first files of a ranking, the one with most weight first. */
export function weighProjects(graph: WorkspaceGraph, ranked: readonly RankedFile[], files = considered): readonly PlannedProject[] {
  const byProject = new Map<string, RankedFile[]>();
  for (const file of ranked.slice(0, files)) {
    const owner = ownerOfFile(graph, file.path);
    if (owner !== undefined) {
      byProject.set(owner, [...(byProject.get(owner) ?? []), file]);
    }
  }
  return [...byProject]
    .map(([name, files]) => ({ name, files, score: weightOf(files), because: reasonsOf(files) }))
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
}

/** The best file of all is planned for, whatever its project's other files say: a plan that cannot touch it is no plan. */
function withLeader(chosen: readonly PlannedProject[], all: readonly PlannedProject[], ranked: readonly RankedFile[]): readonly PlannedProject[] {
  const leader = all.find((project) => project.files.some((file) => file.path === ranked[0]?.path));
  return leader === undefined || chosen.includes(leader) ? chosen : [leader, ...chosen];
}

/** Each further file counts half of the one before: a large project has something to say to every goal. */
function weightOf(files: readonly RankedFile[]): number {
  return files.reduce((sum, file, index) => sum + file.score / 2 ** index, 0);
}

/** The reasons of the project's files, strongest file first, each kind once: enough to say why, short enough to read. */
function reasonsOf(files: readonly RankedFile[]): readonly Reason[] {
  const seen = new Set<string>();
  return files.flatMap((file) =>
    file.because.filter((reason) => !seen.has(reason.kind) && seen.add(reason.kind)).map((reason) => ({ kind: reason.kind, detail: `${file.path}: ${reason.detail}` })),
  );
}

export function withModuleReason(name: string, projects: readonly PlannedProject[]): PlannedProject {
  const weighed = projects.find((project) => project.name === name);
  const because: Reason = { kind: 'module', detail: `the goal names ${name} in affectedModules` };
  return { name, score: weighed?.score ?? 0, files: weighed?.files ?? [], because: [because, ...(weighed?.because ?? [])] };
}
