import { join } from 'node:path';
import { writeFileAtomically } from '../../io/atomic-write';
import { restoreImage } from '../../io/file-image';
import type { Io } from '../../io/ports';
import { goalRecordPath, planRecordPath, readableJson, waveRecordFolder } from '../../orchestrator/record-files';

/** Only what waves write, by name: a note that a person has put beside it stays. A plan is kept for another try, and for later waves. */
export async function removeRecords(
  { root, io, base }: { readonly root: string; readonly io: Io; readonly base: string }, { goalId, wave }: { readonly goalId: string; readonly wave: number }, keepPlan: boolean,
): Promise<void> {
  const folder = waveRecordFolder(goalId, wave);
  const records = [
    ...['packet.lock.json', 'report.json', 'report.md'].map((name) => `${folder}/${name}`),
    ...(keepPlan || wave > 1 ? [] : [goalRecordPath(goalId), planRecordPath(goalId)]),
  ];
  const committed = await io.repository.listTree(base);
  const own = records.filter((path) => !committed.has(path));
  if ((await io.checkRealPaths(own)).length > 0) {
    return;
  }
  for (const path of own) {
    await restoreImage(root, path, { kind: 'absent' });
  }
}

/** A wave of follow-ups that is given back is out of the plan again, so that they are open and the plan reads as committed. @returns whether it was one */
export async function takeBackFollowUps({ root, io }: { readonly root: string; readonly io: Io }, { goalId, wave }: { readonly goalId: string; readonly wave: number }): Promise<boolean> {
  const plan = await io.records.readPlan(goalId);
  const path = planRecordPath(goalId);
  if (plan?.waves.some(({ index, followUps }) => index === wave && followUps !== undefined) !== true || (await io.checkRealPaths([path])).length > 0) {
    return false;
  }
  await writeFileAtomically(join(root, path), readableJson({ ...plan, waves: plan.waves.filter(({ index }) => index !== wave) }));
  return true;
}
