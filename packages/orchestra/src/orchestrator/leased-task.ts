import type { Task } from '../model';
import { escapeGlob } from '../patch/escape-glob';
import type { Conversation } from './conversation';

/** The task with what was granted to it since: one lease for the prompt, the check and the explanation of a refusal. */
export function leasedTask(task: Task, { grants }: Pick<Conversation, 'grants'>): Task {
  return grants.length === 0 ? task : { ...task, mayTouch: [...grants.map(escapeGlob), ...task.mayTouch] };
}
