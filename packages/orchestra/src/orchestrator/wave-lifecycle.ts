import type { WaveState, WaveStateName } from '../model';
import { askerOf } from './asker-of';

export type WaveCommand = 'start' | 'continue' | 'followUps' | 'retry' | 'undo';

export interface LifecycleFacts {
  readonly command: WaveCommand;
  readonly state: WaveState | undefined;
  /** The applied files, or a person's amendment of them, are at HEAD by content. */
  readonly committed: boolean;
  readonly acceptsRisk: boolean;
  readonly answers: boolean;
  /** Goals that have a wave here, for who mistyped theirs. */
  readonly started: readonly string[];
}

const open: readonly WaveStateName[] = ['applied', 'accepted', 'blocked', 'unjudged'];

/** Why a command is not legal in the state the wave is in, with what to type instead; undefined when it is legal. */
export function refuseCommand(facts: LifecycleFacts): string | undefined {
  const { command, state } = facts;
  if (state === undefined) {
    return command === 'start' ? undefined : neverStarted(facts.started);
  }
  const id = state.goalId;
  switch (command) {
    case 'start':
      return isOnTree(facts) ? `Wave ${state.wave} of "${id}" is ${state.state} and not committed. Commit it and type --continue=${id}, or give the tree back with --undo=${id}.` : undefined;
    case 'continue':
      return refuseContinue(facts, state);
    case 'followUps':
      return refuseFollowUps(facts, state);
    case 'retry':
    case 'undo':
      return facts.committed
        ? `Wave ${state.wave} of "${id}" is committed: undo it with git revert.`
        : !open.includes(state.state) && command === 'retry'
          ? `Wave ${state.wave} of "${id}" is ${state.state}: there is nothing applied to try again. Type --continue=${id}.`
          : undefined;
  }
}

function neverStarted(started: readonly string[]): string {
  const known = started.length > 0 ? `Goals with a wave here: ${[...started].sort().join(', ')}.` : 'No goal has one yet.';
  return `No wave of this goal was ever started here. ${known} A goal starts with its goal file: nx g @aisha/orchestra:wave orchestra/goals/<goal>.json`;
}

function refuseContinue(facts: LifecycleFacts, state: WaveState): string | undefined {
  const id = state.goalId;
  if (state.question !== undefined) {
    return facts.answers ? undefined : `${askerOf(state.question.taskId)} asked: ${state.question.text}\nAnswer it with --continue=${id} --answer="…".`;
  }
  if (facts.answers) {
    return `Wave ${state.wave} of "${id}" waits for no answer.`;
  }
  switch (state.state) {
    case 'undone':
      // The goal file would begin with wave 1 again, which is committed.
      return state.wave > 1 ? undefined : `Wave ${state.wave} of "${id}" was undone. Start again with its goal file.`;
    case 'blocked':
    case 'unjudged':
      if (Object.keys(state.applied).length === 0) {
        return `Wave ${state.wave} of "${id}" is ${state.state} and never reached the tree: there is nothing to go on from. Ask again with --retry=${id}, or leave it with --undo=${id}.`;
      }
      return facts.acceptsRisk || state.acceptedRisk !== undefined ? needsCommit(facts, state) : `Wave ${state.wave} of "${id}" is ${state.state}. Ask again with --retry=${id}, give the tree back with --undo=${id}, or go on past it with --continue=${id} --acceptRisk="why".`;
    case 'accepted':
      return needsCommit(facts, state);
    default:
      return undefined;
  }
}

/** One more wave stands on the last one, so that one must be done with: accepted, or passed by a person, and committed. */
function refuseFollowUps(facts: LifecycleFacts, state: WaveState): string | undefined {
  const id = state.goalId;
  if (state.question !== undefined || ['planned', 'asked', 'answered', 'applied'].includes(state.state)) {
    const standing = state.question === undefined ? `is ${state.state}` : 'waits for an answer';
    return `Wave ${state.wave} of "${id}" ${standing}: follow-ups are planned once it is accepted and committed. Go on with --continue=${id}, or give it back with --undo=${id}.`;
  }
  // An undone wave of follow-ups left the goal as it was before it, which was done with.
  return state.state === 'undone' && state.wave > 1 ? undefined : refuseContinue(facts, state);
}

function needsCommit(facts: LifecycleFacts, state: WaveState): string | undefined {
  return facts.committed ? undefined : `Wave ${state.wave} of "${state.goalId}" is ${state.state} and lies in the tree, not committed. Commit it first, then type --continue=${state.goalId}.`;
}

/** Its edits lie in the working tree, waiting for a person. A question, or a block before the tree was touched, changed nothing. */
export function isOnTree(facts: Pick<LifecycleFacts, 'state' | 'committed'>): boolean {
  return facts.state !== undefined && facts.state.question === undefined && Object.keys(facts.state.applied).length > 0 && open.includes(facts.state.state) && !facts.committed;
}
