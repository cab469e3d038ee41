import type { OrchestrationGoal, PacketFile, PacketLock, PacketNote, Reason } from '../model';

/** What has been said between one task and its specialist. A value: every round makes the next one. */
export interface Conversation {
  /** Prompts sent so far. */
  readonly rounds: number;
  /** How often it asked to see or edit more. */
  readonly contextRounds: number;
  /** How often a reply that does not apply went back. */
  readonly repairRounds: number;
  readonly requested: readonly { readonly path: string; readonly symbol?: string; readonly range?: readonly [number, number]; readonly because: readonly Reason[] }[];
  readonly irrelevant: readonly string[];
  /** Paths outside the planned projects but inside the domain, granted on request and recorded. */
  readonly grants: readonly string[];
  /** Paths that were asked for and refused, and not granted since. */
  readonly notGranted: readonly string[];
  readonly evidence: readonly PacketNote[];
  /** The last reply when it did not apply, and why: part of the next prompt. */
  readonly refused?: { readonly explanation: string; readonly reply: string };
  /** Everything that was shown so far: an edit to lines that were not is a guess. */
  readonly seen: readonly PacketFile[];
  /** Leniencies of the parser, over all rounds. */
  readonly tolerances: readonly string[];
  readonly locks: PacketLock['packets'];
}

/** Every conversation begins with what the goal itself brought along: failing stacks and logs are evidence, not prose. */
export function beginConversation(goal: OrchestrationGoal, evidence: readonly PacketNote[], rounds: number): Conversation {
  return { rounds, contextRounds: 0, repairRounds: 0, requested: [], irrelevant: [], grants: [], notGranted: [], evidence: [...notesOfGoal(goal), ...evidence], seen: [], tolerances: [], locks: [] };
}

function notesOfGoal(goal: OrchestrationGoal): readonly PacketNote[] {
  return [
    ...(goal.stackTrace === undefined ? [] : [{ title: 'Stack trace from the report', text: goal.stackTrace }]),
    ...(goal.logs === undefined ? [] : [{ title: 'Log from the report', text: goal.logs }]),
    ...(goal.answers ?? []).map((each) => ({ title: 'A question that was asked, and the answer of the person', text: `${each.question}\n\n${each.answer}` })),
  ];
}
