import { levelsOf } from '../../graph/levels-of';
import { ownerOfFile } from '../../graph/owner-of-file';
import { canonicalJson, sha256 } from '../../model/canonical-json';
import type { OrchestrationGoal, Policy, Project, RankedFile, Reason, Task, Wave, WavePlan, WorkspaceGraph } from '../../model';
import { escapeGlob } from '../../patch/escape-glob';
import { matchesGlobs } from '../../patch/matches-globs';
import { additionsWithin } from './additions-within';
import { chooseProjects, type PlannedProject } from './choose-projects';
import { chooseSpecialist, type SpecialistDomain } from './choose-specialist';
import { forecast } from './forecast';
import { narrowDomain } from './narrow-domain';

export interface PlanInput {
  readonly goal: OrchestrationGoal;
  readonly base: string;
  readonly graph: WorkspaceGraph;
  readonly ranked: readonly RankedFile[];
  readonly policy: Policy;
  readonly specialists: readonly SpecialistDomain[];
}

/** How many ranked files a plan keeps: enough to explain it and to build packets from, small enough to read in review. */
const keptRanking = 30;

/**
 * Goal, graph and ranking → waves of tasks with leases. Pure, and needs no model.
 * Bugfix: one wave, test first, then one fix task per specialist. Feature: one wave per level of the project graph.
 */
export function planWaves(input: PlanInput): WavePlan {
  return planAs(input, (assigned) => (input.goal.type === 'bugfix' ? bugfixWaves(input, 1, assigned) : featureWaves(input, assigned)));
}

/** All that the goal needs as one more wave, whatever its type. */
export function planOneWave(input: PlanInput, index: number): WavePlan {
  return planAs(input, (assigned) => (input.goal.type === 'bugfix' ? bugfixWaves(input, index, assigned) : featureInOneWave(input, index, assigned)));
}

function planAs(input: PlanInput, wavesOf: (assigned: readonly Assignment[]) => readonly Wave[]): WavePlan {
  const choice = chooseProjects(input.goal, input.graph, withinReach(input), input.ranked[0]?.score);
  const chosen = choice.kind === 'chosen' ? choice.projects : [];
  const { assigned, orphans } = assign(input, chosen);
  const waves = wavesOf(assigned);
  const names = [...new Set(assigned.map((each) => each.project.name))];
  return {
    version: 1,
    goal: input.goal,
    base: input.base,
    graphHash: sha256(canonicalJson(input.graph)),
    waves,
    unmapped: [
      ...(choice.kind === 'ambiguous'
        ? [{ what: input.goal.title, candidates: choice.candidates, settledBy: 'name the projects in affectedModules, or a file in targetFiles, or paste a stack trace' }]
        : []),
      ...orphans.map((name) => ({ what: `project ${name}`, candidates: [], settledBy: `give a specialist in orchestra/orchestra.json a domain that reaches into ${name}` })),
    ],
    ranked: input.ranked.slice(0, keptRanking),
    forecast: forecast(input.goal.type, names, waves.flatMap((wave) => wave.tasks)),
  };
}

/**
 * What somebody could change. Files in nobody's domain (this tool's own source, say, in a workspace that holds it) share words with
 * every goal about software and must not outweigh the places where the work can be done. All of them, when there is no other.
 */
function withinReach({ ranked, specialists }: PlanInput): readonly RankedFile[] {
  const builders = specialists.filter((specialist) => specialist.name !== 'test');
  const held = ranked.filter((file) => builders.some((specialist) => matchesGlobs(file.path, specialist.domain)));
  return held.length > 0 ? held : ranked;
}

interface Assignment {
  readonly project: Project;
  readonly planned: PlannedProject;
  readonly specialist: SpecialistDomain;
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

function bugfixWaves(input: PlanInput, index: number, assigned: readonly Assignment[]): readonly Wave[] {
  if (assigned.length === 0) {
    return [];
  }
  const test = testTask(input, index, assigned, [], assigned);
  const fixes = fixTasks(input, index, assigned, test === undefined ? [] : [test.id], assigned);
  return [{ index, title: `reproduce and fix: ${input.goal.title}`, tasks: [...(test === undefined ? [] : [test]), ...fixes] }];
}

function byLevel(graph: WorkspaceGraph, assigned: readonly Assignment[]): readonly (readonly Assignment[])[] {
  return levelsOf(graph)
    .map((level) => assigned.filter((each) => level.includes(each.project.name)))
    .filter((level) => level.length > 0);
}

/** Whoever builds on others sees their edits: the specialists work one after the other, the lowest project first, and the tests last. */
function featureInOneWave(input: PlanInput, index: number, assigned: readonly Assignment[]): readonly Wave[] {
  if (assigned.length === 0) {
    return [];
  }
  const builds = fixTasks(input, index, byLevel(input.graph, assigned).flat(), [], assigned).map((task, position, all) => ({ ...task, needs: all.slice(0, position).map(({ id }) => id) }));
  const test = testTask(input, index, assigned, builds.map(({ id }) => id), assigned);
  const tasks = [...builds, ...(test === undefined ? [] : [test])];
  return [{ index, title: input.goal.title, tasks: tasks.map((task) => withItsPart(task, tasks)) }];
}

function featureWaves(input: PlanInput, assigned: readonly Assignment[]): readonly Wave[] {
  const waves = byLevel(input.graph, assigned).map((level, position) => {
    const index = position + 1;
    const builds = fixTasks(input, index, level, [], assigned);
    const test = testTask(input, index, level, builds.map((task) => task.id), assigned);
    return { index, title: `${input.goal.title}: ${level.map((each) => each.project.name).join(', ')}`, tasks: [...builds, ...(test === undefined ? [] : [test])] };
  });
  const tasks = waves.flatMap((wave) => wave.tasks);
  return waves.map((wave) => ({ ...wave, tasks: wave.tasks.map((task) => withItsPart(task, tasks)) }));
}

/** Every task of a feature carries the whole goal, so each is told which part of it is its own and who has the rest. */
function withItsPart(task: Task, all: readonly Task[]): Task {
  const others = all.filter((each) => each.id !== task.id);
  if (others.length === 0) {
    return task;
  }
  const rest = others.map((each) => `${each.id} (${each.agent}) in ${each.projects.join(', ')}`).join('; ');
  return { ...task, detail: `${task.detail}\n\nYour part of this is ${task.projects.join(', ')}. The rest has tasks of its own, before or after yours: ${rest}. Leave it to them; ask for nothing that only they need.` };
}

/** One task per specialist; projects of the same specialist share it, since they are edited by one mind in one reply. */
function fixTasks(input: PlanInput, wave: number, assigned: readonly Assignment[], needs: readonly string[], all: readonly Assignment[]): readonly Task[] {
  const agents = [...new Set(assigned.map((each) => each.specialist.name))];
  return agents.map((agent) => {
    const mine = assigned.filter((each) => each.specialist.name === agent);
    const domain = mine[0]?.specialist.domain ?? [];
    // A cause often lies one layer below its symptom, so the lease reaches the direct dependencies as well.
    const reach = reachOf(input.graph, mine, (name) => input.graph.edges.filter((edge) => edge.from === name).map((edge) => edge.to));
    const above = reachOf(input.graph, mine, (name) => input.graph.edges.filter((edge) => edge.to === name).map((edge) => edge.from)).filter((project) => !reach.includes(project));
    return makeTask(input, wave, agent, mine, {
      summary: input.goal.type === 'bugfix' ? `Fix: ${input.goal.title}` : `Build: ${input.goal.title}`,
      // The schema of a server often lies with the application that is made of it, and can only be mended by one more migration there.
      mayTouch: leaseOf([...domain, ...input.policy.tests.map((glob) => `!${glob}`)], reach, namedElsewhere(input, all), above.flatMap((project) => additionsWithin(domain, project.root, input.policy.appendOnly))),
      needs,
      because: mine.flatMap((each) => each.planned.because),
    });
  });
}

/**
 * A test may sit in the project at fault, in one that uses it (a contract is often best tested where it is served), or in one it
 * uses: a fix may go one layer down, and its test with it.
 */
function testTask(input: PlanInput, wave: number, assigned: readonly Assignment[], needs: readonly string[], all: readonly Assignment[]): Task | undefined {
  const specialist = input.specialists.find((each) => each.name === 'test');
  if (specialist === undefined) {
    return undefined;
  }
  const reach = reachOf(input.graph, assigned, (name) =>
    input.graph.edges.flatMap((edge) => (edge.to === name ? [edge.from] : edge.from === name ? [edge.to] : [])),
  );
  const reproduce: Reason = { kind: 'reproduce-first', detail: 'a bugfix starts with a test that fails on the base commit' };
  return makeTask(input, wave, specialist.name, assigned, {
    summary: input.goal.type === 'bugfix' ? `Reproduce: ${input.goal.title}` : `Cover: ${input.goal.title}`,
    mayTouch: leaseOf(specialist.domain, reach, namedElsewhere(input, all)),
    needs,
    because: [...(input.goal.type === 'bugfix' ? [reproduce] : []), ...assigned.flatMap((each) => each.planned.because)],
  });
}

function reachOf(graph: WorkspaceGraph, assigned: readonly Assignment[], neighbours: (name: string) => readonly string[]): readonly Project[] {
  const names = new Set(assigned.flatMap((each) => [each.project.name, ...neighbours(each.project.name)]));
  return graph.projects.filter((project) => names.has(project.name));
}

/** What the goal names in projects that have no task; the tasks of the others have their own leases. */
function namedElsewhere(input: PlanInput, all: readonly Assignment[]): readonly string[] {
  const planned = new Set(all.map((each) => each.project.name));
  return (input.goal.targetFiles ?? []).filter((path) => !planned.has(ownerOfFile(input.graph, path) ?? ''));
}

/**
 * The specialist's domain in these projects, and what the goal names of that domain elsewhere: a migration often lies in a
 * project above the code that needs it, which the graph says nothing of.
 */
function leaseOf(domain: readonly string[], projects: readonly Project[], elsewhere: readonly string[], additions: readonly string[] = []): readonly string[] {
  const narrowed = projects.flatMap((project) => narrowDomain(domain, project.root));
  const named = elsewhere.filter((path) => matchesGlobs(path, domain) && !matchesGlobs(path, narrowed)).map(escapeGlob);
  const globs = [...new Set([...narrowed, ...named, ...additions])];
  return [...globs.filter((glob) => !glob.startsWith('!')).sort(), ...globs.filter((glob) => glob.startsWith('!')).sort()];
}

function makeTask(
  input: PlanInput, wave: number, agent: string, assigned: readonly Assignment[],
  parts: Pick<Task, 'summary' | 'mayTouch' | 'needs' | 'because'>,
): Task {
  const contextTokens = input.specialists.find((each) => each.name === agent)?.contextTokens ?? input.policy.budgets.contextTokens;
  return {
    id: `w${wave}-${agent}`,
    goalId: input.goal.id,
    agent,
    projects: assigned.map((each) => each.project.name).sort(),
    summary: parts.summary,
    detail: input.goal.description,
    mayTouch: [...parts.mayTouch],
    needs: [...parts.needs],
    because: [...parts.because],
    budget: { files: input.policy.budgets.filesPerTask, contextTokens },
  };
}
