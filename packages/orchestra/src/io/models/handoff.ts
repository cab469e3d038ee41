import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { OrchestraError } from '../../model';
import { writeFileAtomically } from '../atomic-write';
import { localFolder, refuseTrackedState } from '../local-state';
import { once } from '../once';
import type { LanguageModel, ModelReply, ModelRequest, Progress } from '../ports';
import { readTextIfPresent } from '../read-json';
import { checkGoalId, roundName } from '../wave-records';

/**
 * Writes each prompt to `.orchestra/handoff/<goal>/<task>.<round>.prompt.md` and takes the reply from `….reply.md` beside
 * it: any model, any chat window, any person. A reply counts only for the very prompt that lies beside it.
 */
export function createHandoffModel(root: string, progress: Pick<Progress, 'note'>): LanguageModel {
  const guard = once(() => refuseTrackedState(root));
  const ask = async (request: ModelRequest): Promise<ModelReply> => {
    const stem = `${localFolder}/handoff/${checkGoalId(request.goalId)}/${roundName(request.taskId, request.round)}`;
    await guard();
    const [prompt, reply] = await Promise.all([readTextIfPresent(join(root, `${stem}.prompt.md`)), readTextIfPresent(join(root, `${stem}.reply.md`))]);
    const answered = reply !== undefined && reply.trim() !== '';
    if (answered && prompt === request.prompt) return { kind: 'reply', text: reply, model: 'handoff' };
    // Set aside first: killed in between, the next run must not find the old reply beside the new prompt.
    if (answered) await setAside(root, stem, progress);
    if (prompt !== request.prompt) await writeFileAtomically(join(root, `${stem}.prompt.md`), request.prompt);
    return { kind: 'pending', promptPath: `${stem}.prompt.md`, replyPath: `${stem}.reply.md` };
  };
  return { provider: 'handoff', ask };
}

async function setAside(root: string, stem: string, progress: Pick<Progress, 'note'>): Promise<void> {
  try {
    await rename(join(root, `${stem}.reply.md`), join(root, `${stem}.reply.stale.md`));
  } catch (cause) {
    throw new OrchestraError('world', `${stem}.reply.md answers another prompt and could not be moved aside.`, { cause });
  }
  progress.note(`${stem}.reply.md answers an earlier prompt; since then the code, the goal or one of its answers has changed. It was kept as ${stem}.reply.stale.md; the prompt file is new. If it still answers that one, rename it back.`);
}
