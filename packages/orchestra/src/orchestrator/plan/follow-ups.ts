import { ownerOfFile } from '../../graph/owner-of-file';
import type { FiledFollowUp, OrchestrationGoal, Policy, WavePlan, WorkspaceGraph } from '../../model';
import { checkLease } from '../../patch/check-lease';

/** Those that no wave was planned for yet. */
export function openFollowUps(filed: readonly FiledFollowUp[], plan: Pick<WavePlan, 'waves'>): readonly FiledFollowUp[] {
  const planned = new Set(plan.waves.flatMap((wave) => (wave.followUps ?? []).map(({ id }) => id)));
  return filed.filter(({ id }) => !planned.has(id));
}

export interface FollowUpGoal {
  readonly goal: OrchestrationGoal;
  /** Paths that were named and lead nowhere. */
  readonly left: readonly { readonly id: string; readonly path: string; readonly because: string }[];
  /** Those that named paths and none that can be used: there is nothing to plan them by. */
  readonly unusable: readonly string[];
}

/**
 * The goal as its follow-ups put it: planned like any other, under the same law and the same limits. Their text is a model's, so a
 * path in it only points: it chooses the project that holds it, and where no specialist could write it, it is left out. The
 * `agent` it names is not followed either: the domains of the policy decide who is asked.
 */
export function goalOfFollowUps(goal: OrchestrationGoal, followUps: readonly FiledFollowUp[], { policy, graph }: { readonly policy: Policy; readonly graph: WorkspaceGraph }): FollowUpGoal {
  const named = followUps.flatMap(({ id, paths }) => paths.map((path) => ({ id, path, because: whyUnusable(path, policy, graph) })));
  const usable = named.filter(({ because }) => because === undefined);
  const targetFiles = [...new Set(usable.map(({ path }) => path))].sort();
  const owners = [...new Set(targetFiles.flatMap((path) => ownerOfFile(graph, path) ?? []))].sort();
  // One that names no file is placed by its words, which a fixed list of projects would not let it be.
  const everyOnePoints = followUps.every(({ id }) => usable.some((each) => each.id === id));
  return {
    goal: {
      id: goal.id, type: goal.type, title: titleOf(followUps), description: descriptionOf(goal, followUps),
      ...(targetFiles.length === 0 ? {} : { targetFiles }),
      ...(everyOnePoints ? { affectedModules: owners } : {}),
      ...(goal.answers === undefined ? {} : { answers: goal.answers }),
    },
    left: named.flatMap(({ id, path, because }) => (because === undefined ? [] : [{ id, path, because }])),
    unusable: followUps.filter(({ id, paths }) => paths.length > 0 && !usable.some((each) => each.id === id)).map(({ id }) => id),
  };
}

function whyUnusable(path: string, policy: Policy, graph: WorkspaceGraph): string | undefined {
  return checkLease(path, { mayTouch: ['**'] }, policy)?.because ?? (ownerOfFile(graph, path) === undefined ? 'no project holds it' : undefined);
}

const longestTitle = 200;

function titleOf(followUps: readonly FiledFollowUp[]): string {
  return followUps.map(({ title }) => title).join('; ').slice(0, longestTitle);
}

function descriptionOf(goal: OrchestrationGoal, followUps: readonly FiledFollowUp[]): string {
  const each = followUps.map(({ id, title, detail, paths }) => `- ${id}: ${title}\n  ${detail}${paths.length === 0 ? '' : `\n  Named: ${paths.join(', ')}`}`);
  return [`Left over from "${goal.title}", which is done: specialists filed it while they worked on that, and a person has now asked for it.`, '', ...each].join('\n');
}
