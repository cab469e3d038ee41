import { ownerOfFile } from '../../graph/owner-of-file';
import type { GoalClarity, OrchestrationGoal, RankedFile, Reason, ReasonKind, WorkspaceGraph } from '../../model';

export interface PlannedProject {
  readonly name: string;
  readonly score: number;
  readonly because: readonly Reason[];
  readonly files: readonly RankedFile[];
}

export type ProjectChoice =
  | { readonly kind: 'chosen'; readonly projects: readonly PlannedProject[]; readonly near: readonly PlannedProject[] }
  /** `unclear`: the goal says too little of anything, rather than as much of several. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly string[]; readonly unclear: boolean };

/** Evidence that names a place exactly. Text similarity, names that merely fit, history and recency order files; they do not settle a place. */
const placing: ReadonlySet<ReasonKind> = new Set<ReasonKind>([
  'explicit-target', 'stack-frame', 'file-name', 'symbol', 'component', 'route', 'log-prefix', 'bug-id', 'table',
]);
/** A text on a screen settles that there is something to plan for. It tells where a fault shows, and not on which side it lies. */
const showing: ReadonlySet<ReasonKind> = new Set<ReasonKind>(['ui-string']);

/** Files of a ranking, best first, that projects are weighed by. */
export const filesWeighed = 10;
/** A second project costs a prompt and a reply; with half of the best one's weight, most of those were for nothing. */
const nearBest = 0.75;
/** One more project of a specialist who is asked anyway costs neither. */
const free = 2 / 3;
/** Below both a goal says nothing that could not be said of any file. Measured: 220 past fixes and 52 goals of users have 3.8 words and more, seven of eight vague ones 2.4 to 3.5 and a share of 0.35 at most. */
const leastClarity: GoalClarity = { words: 3.6, share: 0.5 };
/** Twice of that in words, and the report of a bug is no guess: where it fits two sides alike, the fault may lie on either and a prompt costs less than a question. */
const plain = 2 * leastClarity.words;

export interface GoalClues {
  /** Score of the best file that nobody may change. */
  readonly outOfReach?: number;
  readonly clarity?: GoalClarity;
  /** The goal quotes what was seen, or an entry of the bug register does. */
  readonly quotes?: boolean;
}

/**
 * The projects a goal is about. Named modules win; then every project that evidence places it in with at least three quarters of the
 * best such project's weight; then, for a text that is shown somewhere, every project of such a weight. Words alone settle one project, with
 * one near it that it depends on or that depends on it, and only when no other is near or a bug report quotes something; a plain report takes any
 * two that are near, a feature two or three. Anything flatter is ambiguous: a person can settle it in one line, a guess costs a wave. So is a goal whose words
 * fit files that nobody may change twice as well, and one that says next to nothing and names no file.
 *
 * @param ranked files that somebody may change, best first
 */
export function chooseProjects(goal: OrchestrationGoal, graph: WorkspaceGraph, ranked: readonly RankedFile[], clues: GoalClues = {}): ProjectChoice {
  const projects = weighProjects(graph, ranked);
  const named = goal.affectedModules ?? [];
  if (named.length > 0) {
    return { kind: 'chosen', projects: [...new Set(named)].sort().map((name) => withModuleReason(name, projects)), near: [] };
  }
  const placed = projects.filter((project) => hasReason(project, placing));
  const pointed = placed.length > 0 ? placed : projects.some((project) => hasReason(project, showing)) ? projects : [];
  if (pointed.length > 0) {
    const chosen = withLeader(nearTheBest(pointed), projects, ranked).slice(0, goal.type === 'bugfix' ? 2 : 8);
    return { kind: 'chosen', projects: chosen, near: nearTheBest(projects, free).filter((project) => !chosen.includes(project)) };
  }
  const unclear = isUnclear(goal, graph, clues);
  const settled = unclear ? [] : byWordsAlone(goal, graph, projects, ranked, clues);
  return settled.length > 0
    ? { kind: 'chosen', projects: settled, near: [] }
    : { kind: 'ambiguous', candidates: (projects.length === 0 ? graph.projects : projects).map(({ name }) => name).slice(0, 5), unclear };
}

function hasReason({ because }: PlannedProject, kinds: ReadonlySet<ReasonKind>): boolean {
  return because.some(({ kind }) => kinds.has(kind));
}

function nearTheBest(projects: readonly PlannedProject[], share = nearBest): readonly PlannedProject[] {
  const strongest = Math.max(0, ...projects.map(({ score }) => score));
  return projects.filter(({ score }) => score >= strongest * share);
}

/** Where there is one project only, or a file is named (even one that is still to be made), nobody has to be asked where. */
function isUnclear({ targetFiles = [] }: OrchestrationGoal, graph: WorkspaceGraph, { clarity = leastClarity }: GoalClues): boolean {
  return clarity.words < leastClarity.words && clarity.share < leastClarity.share && targetFiles.length === 0 && graph.projects.length > 1;
}

/**
 * What the report of a bug quotes was there to be read, so its words are the program's own and settle one project; a complaint's are anybody's.
 * A feature that fits both sides of an application is built on both.
 */
function byWordsAlone(goal: OrchestrationGoal, graph: WorkspaceGraph, projects: readonly PlannedProject[], ranked: readonly RankedFile[], clues: GoalClues): readonly PlannedProject[] {
  const [best, second] = projects;
  if (best === undefined || (ranked[0]?.score ?? 0) * 2 < (clues.outOfReach ?? 0)) return [];
  const isBug = goal.type === 'bugfix';
  if (isBug && clues.quotes === true) return best.score > (second?.score ?? 0) ? [best] : [];
  const near = nearTheBest(projects);
  const isPlain = (clues.clarity?.words ?? 0) >= plain;
  const belong = near.length <= (isBug ? 2 : mostOfFeature) && (!isBug || isPlain || near.slice(1).every(({ name }) => areJoined(graph, name, best.name)));
  // Of many small shares even the largest tells nothing.
  return belong && sumOf(near) * (isBug ? 2 : 3) > sumOf(projects) ? near : [];
}

/** More of them fit any goal. */
const mostOfFeature = 3;

function areJoined({ edges }: WorkspaceGraph, one: string, other: string): boolean {
  return edges.some(({ from, to }) => (from === one && to === other) || (from === other && to === one));
}

function sumOf(projects: readonly PlannedProject[]): number {
  return projects.reduce((sum, { score }) => sum + score, 0);
}

/** Projects of the first files of a ranking, the one with most weight first. */
export function weighProjects(graph: WorkspaceGraph, ranked: readonly RankedFile[], files = filesWeighed): readonly PlannedProject[] {
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
