import { ownerOfFile } from '../../graph/owner-of-file';
import type { RefinedTask, Task, Wave, WavePlan, WorkspaceGraph } from '../../model';
import { type CandidateProject, candidateProjects } from './candidate-projects';
import type { Assignment, PlanInput } from './make-tasks';
import { bugfixWaves, featureWaves } from './make-waves';
import { planOf } from './plan-waves';

export type RefinedPlan = { readonly kind: 'refined'; readonly plan: WavePlan } | { readonly kind: 'refused'; readonly mistakes: readonly string[] };

/** A feature in more steps than these is several goals. */
const mostWaves = 8;

/** Waves, tasks and projects together. */
const mostNames = 200;
const longestName = 80;

/** How much a model may plan: by the policy that the judge reads too. */
export function planBounds({ goal, policy }: PlanInput): { readonly projects: number; readonly waves: number } {
  return { projects: policy.limits[goal.type].projects.block, waves: goal.type === 'bugfix' ? 1 : mostWaves };
}

/**
 * The hub's plan with a model's choice of who works where, and in which order. Tasks, leases, tests and forecast are made by the same code as ever; the
 * choice is checked against what base itself offers, so that whoever wrote it can move work about and open no place. Pure: the wave and the judge both call it.
 * @param agreed projects of a choice that base holds
 */
export function refinePlan(input: PlanInput, hub: WavePlan, waves: readonly (readonly RefinedTask[])[], agreed: readonly string[] = []): RefinedPlan {
  // The record that holds a choice is a file like any other, so its size is looked at before its content.
  const names = waves.reduce((sum, tasks) => sum + tasks.reduce((all, { projects }) => all + 1 + projects.length, 1), 0);
  if (names > mostNames) return { kind: 'refused', mistakes: [`${names} names in it; no plan has more than ${mostNames}`] };
  const candidates = candidateProjects(input, hub, agreed);
  const mistakes = [...waves.flatMap((tasks, position) => tasks.flatMap((task) => mistakesOf(task, position + 1, tasks, candidates))), ...wholeMistakes(input, waves, candidates)];
  if (mistakes.length > 0) return { kind: 'refused', mistakes };
  const levels = waves.map((tasks) => tasks.filter(isBuilder).flatMap((task) => assignmentsOf(input, task, candidates)));
  const made = input.goal.type === 'bugfix' ? bugfixWaves(input, 1, levels.flat()) : featureWaves(input, levels);
  return { kind: 'refined', plan: planOf(input, levels.flat(), made.map((wave, position) => withWords(wave, waves[position] ?? [])), []) };
}

/** Tests are planned beside every wave, so a line about them says what they are for and no more. */
function isBuilder({ agent }: RefinedTask): boolean {
  return agent !== 'test';
}

function mistakesOf(task: RefinedTask, wave: number, all: readonly RefinedTask[], candidates: readonly CandidateProject[]): readonly string[] {
  const where = `wave ${wave}, ${task.agent.slice(0, longestName)}`;
  const twice = all.filter((other) => other.agent === task.agent).length > 1 ? [`${where}: is named twice; its projects belong in one task`] : [];
  if (!isBuilder(task)) return twice;
  const unknown = task.projects.filter((name) => candidates.every((each) => each.name !== name));
  const closed = task.projects.filter((name) => candidates.some((each) => each.name === name && !each.agents.includes(task.agent)));
  return [
    ...twice,
    ...(task.projects.length === 0 ? [`${where}: names no project`] : []),
    ...unknown.map((name) => `${where}: "${name.slice(0, longestName)}" is none of the projects that were offered`),
    ...closed.map((name) => `${where}: has no specialist of that name whose domain reaches into ${name}`),
  ];
}

function wholeMistakes(input: PlanInput, waves: readonly (readonly RefinedTask[])[], candidates: readonly CandidateProject[]): readonly string[] {
  const most = planBounds(input);
  const planned = new Set(waves.flat().filter(isBuilder).flatMap(({ projects }) => projects));
  const pairs = waves.flat().filter(isBuilder).flatMap(({ agent, projects }) => projects.map((name) => `${agent} in ${name}`));
  const dropped = candidates.filter(({ name, named }) => named && !planned.has(name));
  return [
    ...(waves.some((tasks) => !tasks.some(isBuilder)) || waves.length === 0 ? ['a wave has no task but tests'] : []),
    ...(waves.length > most.waves ? [`${waves.length} waves; a ${input.goal.type} may have ${most.waves}`] : []),
    ...(planned.size > most.projects ? [`${planned.size} projects; a ${input.goal.type} may touch ${most.projects}`] : []),
    ...[...new Set(pairs.filter((pair, position) => pairs.indexOf(pair) !== position))].map((pair) => `${pair.slice(0, 2 * longestName)} is planned twice`),
    ...dropped.map(({ name }) => `the goal names ${name}, which is not planned any more`),
  ];
}

function assignmentsOf(input: PlanInput, task: RefinedTask, candidates: readonly CandidateProject[]): readonly Assignment[] {
  const specialist = input.specialists.find((each) => each.name === task.agent);
  return [...new Set(task.projects)].sort().flatMap((name) => {
    const project = input.graph.projects.find((each) => each.name === name);
    const planned = candidates.find((each) => each.name === name);
    if (project === undefined || planned === undefined || specialist === undefined) return [];
    const because = { kind: 'model' as const, detail: `a model planned it${task.does === undefined ? '' : `: ${task.does}`}` };
    return [{ project, specialist, planned: { ...planned, because: [because, ...planned.because] } }];
  });
}

function withWords(wave: Wave, tasks: readonly RefinedTask[]): Wave {
  return { ...wave, tasks: wave.tasks.map((task) => withDoes(task, tasks.find(({ agent }) => agent === task.agent)?.does)) };
}

function withDoes(task: Task, does: string | undefined): Task {
  return does === undefined ? task : { ...task, detail: `${task.detail}\n\nA model that made the plan says of this task: ${does}` };
}

/** Where the refined plan leases what the hub's does not, as `specialist in project`: for these a person has to agree. */
export function leasedBeyond(graph: WorkspaceGraph, hub: WavePlan, refined: WavePlan): readonly string[] {
  const held = leasesOf(hub);
  const beyond = leasesOf(refined).filter((lease) => !held.some((each) => each.agent === lease.agent && covers(each.glob, lease.glob)));
  return [...new Set(beyond.map(({ agent, glob }) => `${agent} in ${ownerOfFile(graph, glob.split('*')[0] ?? '') ?? glob}`))].sort();
}

/** What is taken away again (`!…`) is the same for a specialist in every plan. */
function leasesOf(plan: WavePlan): readonly { readonly agent: string; readonly glob: string }[] {
  return plan.waves.flatMap((wave) => wave.tasks.flatMap(({ agent, mayTouch }) => mayTouch.filter((glob) => !glob.startsWith('!')).map((glob) => ({ agent, glob }))));
}

function covers(held: string, glob: string): boolean {
  return held === glob || (held.endsWith('/**') && !held.slice(0, -3).includes('*') && glob.startsWith(held.slice(0, -2)));
}
