import type { Repository } from '../io/ports';
import type { FiledFollowUp, WavePlan } from '../model';
import { packetLockSchema } from '../model/context-packet';
import { wavePlanSchema } from '../model/wave-plan';
import { filedIn } from './plan/filed-in';
import { planRecordPath } from './record-files';

/** What a commit says of a goal: its plan, the waves it holds, and what was filed in them. */
export interface CommittedGoal {
  readonly plan?: WavePlan;
  /** Sorted. */
  readonly waves: readonly number[];
  readonly filed: readonly FiledFollowUp[];
}

/**
 * The inbox of a goal as committed, in the order of its waves: what lies in the working tree or in a diff alone, nobody has read
 * yet. A record that is no record counts as absent; the judge says so of one that the diff holds.
 */
export async function readInbox(repository: Pick<Repository, 'listTree' | 'readTexts'>, commit: string, goalId: string): Promise<CommittedGoal> {
  const prefix = `orchestra/waves/${goalId}/wave-`;
  const locks = [...(await repository.listTree(commit)).keys()].flatMap((path) => {
    const wave = path.startsWith(prefix) ? /^([1-9]\d{0,3})\/packet\.lock\.json$/.exec(path.slice(prefix.length))?.[1] : undefined;
    return wave === undefined ? [] : [{ path, wave: Number(wave) }];
  }).sort((a, b) => a.wave - b.wave);
  const texts = await repository.readTexts(commit, [planRecordPath(goalId), ...locks.map(({ path }) => path)]);
  const plan = wavePlanSchema.safeParse(parsed(texts.get(planRecordPath(goalId)))).data;
  return {
    waves: locks.map(({ wave }) => wave),
    filed: locks.flatMap(({ path }) => {
      const lock = packetLockSchema.safeParse(parsed(texts.get(path))).data;
      return lock === undefined ? [] : filedIn(lock);
    }),
    ...(plan?.goal.id === goalId ? { plan } : {}),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
