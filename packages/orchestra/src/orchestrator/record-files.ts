import type { FileTexts, PacketLock, WavePlan } from '../model';
import { canonicalJson, sha256 } from '../model/canonical-json';
import type { AnsweredTask } from './answer-tasks';

export function goalRecordPath(goalId: string): string {
  return `orchestra/waves/${goalId}/goal.json`;
}
export function planRecordPath(goalId: string): string {
  return `orchestra/waves/${goalId}/plan.json`;
}
export function waveRecordFolder(goalId: string, wave: number): string {
  return `orchestra/waves/${goalId}/wave-${wave}`;
}

/** What a plan leaves in the repository, as texts: the caller decides whether they reach the Nx Tree. */
export function planRecords(plan: WavePlan): FileTexts {
  return new Map([
    [goalRecordPath(plan.goal.id), readableJson(plan.goal)],
    [planRecordPath(plan.goal.id), readableJson(plan)],
  ]);
}

/** The committed trace of what was shown, answered and proposed: hashes and notes, no source texts. */
export function packetLockRecord(goalId: string, wave: number, tasks: readonly AnsweredTask[]): FileTexts {
  const lock: PacketLock = {
    version: 1,
    packets: tasks.flatMap((each) => each.conversation.locks),
    answers: tasks.map((each) => ({
      taskId: each.task.id,
      model: each.model,
      notes: each.output.notes,
      followUps: each.output.followUpTasks,
      tolerances: [...each.conversation.tolerances, ...each.applied.tolerances],
      grants: [...each.conversation.grants],
      rounds: { asked: each.conversation.rounds, context: each.conversation.contextRounds, repair: each.conversation.repairRounds },
      proposed: Object.fromEntries([
        ...[...each.applied.changed].map(([path, text]) => [path, sha256(text)] as const),
        ...each.applied.deleted.map((path) => [path, 'deleted'] as const),
      ].sort(([a], [b]) => (a < b ? -1 : 1))),
    })),
  };
  return new Map([[`${waveRecordFolder(goalId, wave)}/packet.lock.json`, readableJson(lock)]]);
}

/** Keys sorted like the canonical form, indented for a reader, one final newline. */
export function readableJson(value: unknown): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(value)), undefined, 2)}\n`;
}
