import {
  type AgentNotes, type ChangedFile, type FiledFollowUp, type OrchestrationGoal, orchestrationGoalSchema, type PacketLock, type Policy, type WavePlan, type WorkspaceGraph,
} from '../model';
import { packetLockSchema } from '../model/context-packet';
import { wavePlanSchema } from '../model/wave-plan';
import { connectedProjects } from '../graph/connected-projects';
import { ownerOfFile } from '../graph/owner-of-file';
import { matchesGlobs } from '../patch/matches-globs';
import { escapeGlob } from '../patch/escape-glob';
import type { SpecialistDomain } from './plan/choose-specialist';
import { filedIn } from './plan/filed-in';

/** What a diff says about its own wave. None of it is trusted to permit anything: plans are made again from base. */
export interface DiffRecords {
  readonly goals: readonly OrchestrationGoal[];
  readonly goalsAtBase: readonly OrchestrationGoal[];
  readonly locks: readonly { readonly goalId: string; readonly wave: number; readonly lock: PacketLock }[];
  readonly plans: readonly WavePlan[];
  /** Records that cannot be read, with why: they count as absent. */
  readonly unreadable: readonly { readonly path: string; readonly because: string }[];
}

const recordPath = /^orchestra\/waves\/([a-z0-9-]+)\/(?:goal\.json|plan\.json|wave-(\d+)\/packet\.lock\.json)$/;

export function readRecords(changes: readonly ChangedFile[]): DiffRecords {
  const goals: OrchestrationGoal[] = [];
  const goalsAtBase: OrchestrationGoal[] = [];
  const locks: { goalId: string; wave: number; lock: PacketLock }[] = [];
  const plans: WavePlan[] = [];
  const unreadable: { path: string; because: string }[] = [];
  const read = <T>(path: string, text: string, parse: (value: unknown) => T): T | undefined => {
    try {
      return parse(JSON.parse(text));
    } catch (cause) {
      unreadable.push({ path, because: cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause) });
      return undefined;
    }
  };
  for (const change of changes) {
    const match = recordPath.exec(change.path);
    if (match === null) {
      continue;
    }
    if (change.path.endsWith('/goal.json')) {
      push(goals, typeof change.head === 'string' ? read(change.path, change.head, (value) => orchestrationGoalSchema.parse(value)) : undefined);
      push(goalsAtBase, typeof change.base === 'string' ? read(change.path, change.base, (value) => orchestrationGoalSchema.parse(value)) : undefined);
    } else if (change.path.endsWith('/plan.json')) {
      push(plans, typeof change.head === 'string' ? read(change.path, change.head, (value) => ofGoal(match[1] ?? '', onlyKnown(value, wavePlanSchema.parse(value)))) : undefined);
    } else if (typeof change.head === 'string') {
      const lock = read(change.path, change.head, (value) => packetLockSchema.parse(value));
      push(locks, lock === undefined ? undefined : { goalId: match[1] ?? '', wave: Number(match[2]), lock });
    }
  }
  return { goals, goalsAtBase, locks, plans, unreadable };
}

/** What this tool never writes into a plan was written by somebody who wanted it to be read. */
function onlyKnown<T>(written: unknown, parsed: T): T {
  const extra = unknownKeys(written, parsed);
  if (extra.length > 0) throw new Error(`it holds what no plan holds: ${extra.slice(0, 5).join(', ')}`);
  return parsed;
}

/** A plan is found by its goal here and by its folder once it is committed, which must not be two plans. */
function ofGoal(folder: string, plan: WavePlan): WavePlan {
  if (plan.goal.id !== folder) throw new Error(`it is a plan of "${plan.goal.id.slice(0, 80)}", in the folder of "${folder}"`);
  return plan;
}

function unknownKeys(written: unknown, parsed: unknown): readonly string[] {
  if (typeof written !== 'object' || written === null || typeof parsed !== 'object' || parsed === null) return [];
  const known = parsed as Readonly<Record<string, unknown>>;
  return Object.entries(written).flatMap(([key, value]) => (Object.hasOwn(known, key) ? unknownKeys(value, known[key]) : [key]));
}

function push<T>(into: T[], value: T | undefined): void {
  if (value !== undefined) {
    into.push(value);
  }
}

export function readGoalRecord(text: string | undefined): OrchestrationGoal | undefined {
  try {
    return text === undefined ? undefined : orchestrationGoalSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function grantedPaths(locks: DiffRecords['locks']): readonly string[] {
  return [...new Set(locks.flatMap((each) => each.lock.answers.flatMap((answer) => answer.grants)))].sort();
}

/**
 * The plan made from base, with the paths that were granted on request. The lock lies in the diff, so a grant counts only
 * where a request could have been granted: in the specialist's domain of the base policy, and in a project that an edge
 * connects with the task's. It is told as a finding all the same.
 */
export function withGrants(plan: WavePlan, locks: DiffRecords['locks'], specialists: readonly SpecialistDomain[], policy: Policy, graph: WorkspaceGraph): WavePlan {
  const granted = locks.filter((each) => each.goalId === plan.goal.id).flatMap((each) => each.lock.answers);
  return {
    ...plan,
    waves: plan.waves.map((wave) => ({
      ...wave,
      tasks: wave.tasks.map((task) => {
        const domain = specialists.find((each) => each.name === task.agent)?.domain ?? [];
        const taken = task.agent === 'test' ? domain : [...domain, ...policy.tests.map((glob) => `!${glob}`)];
        const near = new Set(connectedProjects(graph, task.projects));
        const paths = granted
          .filter((answer) => answer.taskId === task.id)
          .flatMap((answer) => answer.grants)
          .filter((path) => matchesGlobs(path, taken) && near.has(ownerOfFile(graph, path) ?? ''));
        return paths.length === 0 ? task : { ...task, mayTouch: [...paths.map(escapeGlob).sort(), ...task.mayTouch] };
      }),
    })),
  };
}

export function proposalsOf(locks: DiffRecords['locks']): Readonly<Record<string, string>> {
  return Object.assign({}, ...locks.flatMap((each) => each.lock.answers.map((answer) => answer.proposed))) as Readonly<Record<string, string>>;
}
export function notesOf(locks: DiffRecords['locks']): readonly AgentNotes[] {
  return locks.flatMap((each) => each.lock.answers.map((answer) => answer.notes));
}
export function followUpsOf(locks: DiffRecords['locks']): readonly FiledFollowUp[] {
  return locks.flatMap((each) => filedIn(each.lock));
}
export function filedBy(locks: DiffRecords['locks'], goalId: string): readonly FiledFollowUp[] {
  return followUpsOf(locks.filter((each) => each.goalId === goalId));
}
export function modelsOf(locks: DiffRecords['locks']): readonly string[] {
  return [...new Set(locks.flatMap((each) => each.lock.answers.map((answer) => answer.model)))].sort();
}
