import { levelsOf } from '../../graph/levels-of';
import type { Wave, WorkspaceGraph } from '../../model';
import { type Assignment, fixTasks, type PlanInput, testTask, withItsPart } from './make-tasks';

/** One wave, test first. */
export function bugfixWaves(input: PlanInput, index: number, assigned: readonly Assignment[]): readonly Wave[] {
  if (assigned.length === 0) {
    return [];
  }
  const test = testTask(input, index, assigned, [], assigned);
  const fixes = fixTasks(input, index, assigned, test === undefined ? [] : [test.id], assigned);
  return [{ index, title: `reproduce and fix: ${input.goal.title}`, tasks: [...(test === undefined ? [] : [test]), ...fixes] }];
}

/** The lowest projects of the graph first. */
export function byLevel(graph: WorkspaceGraph, assigned: readonly Assignment[]): readonly (readonly Assignment[])[] {
  return levelsOf(graph)
    .map((level) => assigned.filter((each) => level.includes(each.project.name)))
    .filter((level) => level.length > 0);
}

/** Whoever builds on others sees their edits: the specialists work one after the other, the lowest project first, and the tests last. */
export function featureInOneWave(input: PlanInput, index: number, assigned: readonly Assignment[]): readonly Wave[] {
  if (assigned.length === 0) {
    return [];
  }
  const builds = fixTasks(input, index, byLevel(input.graph, assigned).flat(), [], assigned).map((task, position, all) => ({ ...task, needs: all.slice(0, position).map(({ id }) => id) }));
  const test = testTask(input, index, assigned, builds.map(({ id }) => id), assigned);
  const tasks = [...builds, ...(test === undefined ? [] : [test])];
  return [{ index, title: input.goal.title, tasks: tasks.map((task) => withItsPart(task, tasks)) }];
}

/** One wave for each level, whatever makes the levels; the tests last in each. */
export function featureWaves(input: PlanInput, levels: readonly (readonly Assignment[])[]): readonly Wave[] {
  const assigned = levels.flat();
  const waves = levels.map((level, position) => {
    const index = position + 1;
    const builds = fixTasks(input, index, level, [], assigned);
    const test = testTask(input, index, level, builds.map((task) => task.id), assigned);
    return { index, title: `${input.goal.title}: ${level.map((each) => each.project.name).join(', ')}`, tasks: [...builds, ...(test === undefined ? [] : [test])] };
  });
  const tasks = waves.flatMap((wave) => wave.tasks);
  return waves.map((wave) => ({ ...wave, tasks: wave.tasks.map((task) => withItsPart(task, tasks)) }));
}
