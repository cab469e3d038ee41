import { sha256 } from '../../model/canonical-json';
import type { RankedFile, Wave, WavePlan, WorkspaceGraph } from '../../model';
import { chooseProjects, filesWeighed, type PlannedProject } from './choose-projects';
import { chooseSpecialist } from './choose-specialist';
import { forecast } from './forecast';
import { inReachOf } from './in-reach-of';
import type { Assignment, PlanInput } from './make-tasks';
import { bugfixWaves, byLevel, featureInOneWave, featureWaves } from './make-waves';

/** How many ranked files a plan keeps: enough to explain it and to build packets from, small enough to read in review. */
const keptRanking = 30;

/**
 * Goal, graph and ranking → waves of tasks with leases. Pure, and needs no model.
 * Bugfix: one wave, test first, then one fix task per specialist. Feature: one wave per level of the project graph.
 */
export function planWaves(input: PlanInput): WavePlan {
  return planAs(input, (assigned) => (input.goal.type === 'bugfix' ? bugfixWaves(input, 1, assigned) : featureWaves(input, byLevel(input.graph, assigned))));
}

/** All that the goal needs as one more wave, whatever its type. */
export function planOneWave(input: PlanInput, index: number): WavePlan {
  return planAs(input, (assigned) => (input.goal.type === 'bugfix' ? bugfixWaves(input, index, assigned) : featureInOneWave(input, index, assigned)));
}

function planAs(input: PlanInput, wavesOf: (assigned: readonly Assignment[]) => readonly Wave[]): WavePlan {
  const { ranked, quotes, clarity } = input;
  const choice = chooseProjects(input.goal, input.graph, withinReach(input, filesWeighed), {
    outOfReach: ranked[0]?.score ?? 0, quotes: quotes ?? false, ...(clarity === undefined ? {} : { clarity }),
  });
  const { assigned, orphans } = choice.kind === 'chosen' ? withNear(input, assign(input, choice.projects), choice.near) : { assigned: [], orphans: [] };
  const waves = wavesOf(assigned);
  return planOf(input, assigned, waves, [
    ...(choice.kind === 'ambiguous'
      ? [{ what: input.goal.title, candidates: choice.candidates, settledBy: choice.unclear ? `${sayMore}; or ${nameThePlace}` : nameThePlace }]
      : []),
    ...orphans.map((name) => ({ what: `project ${name}`, candidates: [], settledBy: `give a specialist in orchestra/orchestra.json a domain that reaches into ${name}` })),
  ]);
}

const nameThePlace = 'name the projects in affectedModules, or a file in targetFiles, or paste a stack trace';
const sayMore = 'say where it was seen (page, request, message), what was done and what should have happened';

/** The plan around its waves. */
export function planOf(input: PlanInput, assigned: readonly Assignment[], waves: readonly Wave[], unmapped: WavePlan['unmapped']): WavePlan {
  const names = [...new Set(assigned.map((each) => each.project.name))];
  return {
    version: 1,
    goal: input.goal,
    base: input.base,
    graphHash: hashOf(input.graph),
    waves: [...waves],
    unmapped: [...unmapped],
    ranked: input.ranked.slice(0, keptRanking),
    forecast: forecast(input.goal.type, names, waves.flatMap((wave) => wave.tasks)),
  };
}

/** A graph is sorted when it is made: its members in a fixed order are as good as canonical JSON, and several times faster. */
function hashOf({ projects, edges }: WorkspaceGraph): string {
  return sha256(JSON.stringify([projects.map(({ name, root, tags, targets }) => [name, root, tags, targets]), edges.map(({ from, to }) => [from, to])]));
}

/**
 * The best of what somebody could change, so many and no more: a ranking may hold every file of the repository. Files in nobody's domain
 * (this tool's own source, say, in a workspace that holds it) share words with every goal about software and must not outweigh the places
 * where the work can be done. The best of all, when there is no other.
 */
export function withinReach({ ranked, specialists }: PlanInput, most: number): readonly RankedFile[] {
  const inReach = inReachOf(specialists);
  const held: RankedFile[] = [];
  for (const file of ranked) {
    if (held.length === most) break;
    if (inReach(file.path)) held.push(file);
  }
  return held.length > 0 ? held : ranked;
}

function assign(input: PlanInput, chosen: readonly PlannedProject[]): { readonly assigned: readonly Assignment[]; readonly orphans: readonly string[] } {
  const assigned: Assignment[] = [];
  const orphans: string[] = [];
  for (const planned of chosen) {
    const project = input.graph.projects.find((each) => each.name === planned.name);
    const specialist = project && chooseSpecialist(project, planned, input.specialists);
    if (project !== undefined && specialist !== undefined) {
      assigned.push({ project, planned, specialist });
    } else {
      orphans.push(planned.name);
    }
  }
  return { assigned, orphans };
}

/** A project as likely as those that are planned for, when it takes no specialist more: it is edited by the same mind in the same reply. */
function withNear(input: PlanInput, planned: ReturnType<typeof assign>, near: readonly PlannedProject[]): ReturnType<typeof assign> {
  const asked = new Set(planned.assigned.map(({ specialist }) => specialist.name));
  const more = assign(input, near).assigned.filter(({ specialist }) => asked.has(specialist.name));
  return { ...planned, assigned: [...planned.assigned, ...more] };
}
