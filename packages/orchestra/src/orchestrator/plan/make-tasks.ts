import { ownerOfFile } from '../../graph/owner-of-file';
import type { GoalClarity, OrchestrationGoal, Policy, Project, RankedFile, Reason, Task, WorkspaceGraph } from '../../model';
import { escapeGlob } from '../../patch/escape-glob';
import { matchesGlobs } from '../../patch/matches-globs';
import { additionsWithin } from './additions-within';
import type { PlannedProject } from './choose-projects';
import type { SpecialistDomain } from './choose-specialist';
import { narrowDomain } from './narrow-domain';

export interface PlanInput {
  readonly goal: OrchestrationGoal;
  readonly base: string;
  readonly graph: WorkspaceGraph;
  readonly ranked: readonly RankedFile[];
  readonly policy: Policy;
  readonly specialists: readonly SpecialistDomain[];
  /** Absent where nobody asked. */
  readonly clarity?: GoalClarity;
  /** The goal, or what the register calls its bug, quotes what was seen. */
  readonly quotes?: boolean;
}

/** A project, and who works in it. */
export interface Assignment {
  readonly project: Project;
  readonly planned: PlannedProject;
  readonly specialist: SpecialistDomain;
}

/** Every task of a feature carries the whole goal, so each is told which part of it is its own and who has the rest. */
export function withItsPart(task: Task, all: readonly Task[]): Task {
  const others = all.filter((each) => each.id !== task.id);
  if (others.length === 0) {
    return task;
  }
  const rest = others.map((each) => `${each.id} (${each.agent}) in ${each.projects.join(', ')}`).join('; ');
  return { ...task, detail: `${task.detail}\n\nYour part of this is ${task.projects.join(', ')}. The rest has tasks of its own, before or after yours: ${rest}. Leave it to them; ask for nothing that only they need.` };
}

/** One task per specialist; projects of the same specialist share it, since they are edited by one mind in one reply. */
export function fixTasks(input: PlanInput, wave: number, assigned: readonly Assignment[], needs: readonly string[], all: readonly Assignment[]): readonly Task[] {
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
export function testTask(input: PlanInput, wave: number, assigned: readonly Assignment[], needs: readonly string[], all: readonly Assignment[]): Task | undefined {
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
