import type { FiledFollowUp, PacketLock } from '../../model';
import { filedFollowUpSchema } from '../../model/agent-output';

/** What the specialists of one wave filed. The inbox of a goal is that of all its waves; there is no further file. */
export function filedIn(lock: PacketLock): readonly FiledFollowUp[] {
  return lock.answers.flatMap(({ taskId, followUps }) =>
    followUps.flatMap((each, position) => filedFollowUpSchema.safeParse({ ...each, id: `${taskId}.${position + 1}` }).data ?? []),
  );
}
