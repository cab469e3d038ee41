import type { PlanSketch, WavePlan } from '../../model';
import { candidateProjects } from './candidate-projects';
import type { PlanInput } from './make-tasks';
import { planBounds } from './refine-plan';

const mostReasons = 4;

/** The hub's plan and what else could be planned, as a model is shown it. */
export function sketchPlan(input: PlanInput, hub: WavePlan): PlanSketch {
  return {
    projects: candidateProjects(input, hub).map(({ name, root, agents, because, named }) => ({
      name, root, agents, named, dependsOn: input.graph.edges.filter(({ from }) => from === name).map(({ to }) => to).sort(),
      because: because.slice(0, mostReasons).map(({ kind, detail }) => `${kind}: ${detail}`),
    })),
    waves: hub.waves.map(({ tasks }) => tasks.map(({ agent, projects }) => ({ agent, projects }))),
    most: planBounds(input),
  };
}
