import { ownerOfFile } from '../../graph/owner-of-file';
import type { WavePlan } from '../../model';
import { type PlannedProject, weighProjects, withModuleReason } from './choose-projects';
import type { PlanInput } from './make-tasks';
import { narrowDomain } from './narrow-domain';
import { withinReach } from './plan-waves';

/** A model looks further down the ranking than the hub plans: it can tell a stranger from a neighbour. */
const filesConsidered = 30;
const mostCandidates = 8;

export interface CandidateProject extends PlannedProject {
  readonly root: string;
  /** Who may work in it, the Test specialist aside, in the order of the policy. */
  readonly agents: readonly string[];
  /** The goal names it, or a file of it: a person's word, which no model takes back. */
  readonly named: boolean;
}

/**
 * Where a goal's work may be planned at all, from base alone: the hub's projects first, then what the ranking points at.
 * @param agreed projects that were agreed to before, by a plan that base holds: a ranking moves with every commit
 */
export function candidateProjects(input: PlanInput, hub: Pick<WavePlan, 'waves'>, agreed: readonly string[] = []): readonly CandidateProject[] {
  const weighed = weighProjects(input.graph, withinReach(input, filesConsidered), filesConsidered);
  const planned = hub.waves.flatMap((wave) => wave.tasks.flatMap((task) => task.projects));
  const modules = input.goal.affectedModules ?? [];
  const owners = (input.goal.targetFiles ?? []).flatMap((path) => ownerOfFile(input.graph, path) ?? []);
  const names = [...new Set([...planned.sort(), ...weighed.slice(0, mostCandidates).map(({ name }) => name), ...agreed])];
  return names.flatMap((name): readonly CandidateProject[] => {
    const root = input.graph.projects.find((project) => project.name === name)?.root;
    if (root === undefined) return [];
    const agents = input.specialists.filter((each) => each.name !== 'test' && narrowDomain(each.domain, root).length > 0).map((each) => each.name);
    const known = weighed.find((project) => project.name === name) ?? { name, score: 0, because: [], files: [] };
    const named = planned.includes(name) && (modules.includes(name) || owners.includes(name));
    return agents.length === 0 ? [] : [{ ...(modules.includes(name) ? withModuleReason(name, [known]) : known), root, agents, named }];
  });
}
