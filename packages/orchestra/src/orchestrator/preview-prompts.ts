import type { Io } from '../io/ports';
import type { Wave } from '../model';
import { contextFor } from './answer-tasks';
import { preparePrompt } from './ask-task';
import { beginConversation } from './conversation';
import type { Survey } from './make-plan';
import type { WaveRequest } from './run-wave';
import { openWaveView } from './wave-view';

/** Writes the prompts that would be sent first, without sending them: tasks that need nobody else's edits. */
export async function previewPrompts(io: Io, request: WaveRequest, survey: Survey, wave: Wave): Promise<void> {
  for (const task of wave.tasks.filter((each) => each.needs.length === 0)) {
    const begun = beginConversation(request.goal, request.findings, request.rounds[task.id] ?? 0);
    await preparePrompt(contextFor(io, request, survey, task), task, openWaveView(io, survey.base), begun);
  }
}
