import { OrchestraError } from '../model';
import { livenessOf } from './process-identity';
import { acquireLock, type WaveLock } from './wave-lock';

const pollMs = 200;

/**
 * One gate at a time in a working tree: two would write the same report and see each other's as a disturbance. A second one
 * waits and does not refuse: the first may be the gate of a killed wave, which nobody else is waiting for, and it ends by
 * itself. It is not killed here: from outside it cannot be told from a gate a person has just started.
 * @throws OrchestraError 'state' when it runs on another machine or container, where its end cannot be seen.
 */
export async function takeGateTurn(root: string, command: string, say: (line: string) => void): Promise<WaveLock> {
  let said = false;
  return acquireLock(root, command, 'gate.lock', async (holder, path) => {
    if (livenessOf(holder.owner) === 'elsewhere') {
      throw new OrchestraError('state', `A gate holds this tree on another machine or container: process ${holder.owner.pid}, since ${holder.since}. Delete ${path} if it is gone.`);
    }
    if (!said) {
      said = true;
      say(`A gate is still running in this tree: process ${holder.owner.pid}, since ${holder.since}. Waiting for it to end.`);
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  });
}

/** For who is about to write into the tree: a gate that runs there would judge a tree that changes under it. */
export async function awaitRunningGate(root: string, command: string, say: (line: string) => void): Promise<void> {
  await (await takeGateTurn(root, command, say)).release();
}
