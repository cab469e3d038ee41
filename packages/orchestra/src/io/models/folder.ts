import { join } from 'node:path';
import { writeFileAtomically } from '../atomic-write';
import type { LanguageModel, ModelReply, ModelRequest, Progress } from '../ports';
import { readTextIfPresent } from '../read-json';

/**
 * Hand-off for many questions at once: each prompt is written to `<folder>/prompts/<name>.md`, and its reply taken from `<folder>/replies/<name>.md`.
 * A reply beside another prompt than the one that is asked now is told and not read; nothing of it is moved or overwritten.
 * @param name of a request, without ending
 */
export function createFolderModel(folder: string, name: (request: ModelRequest) => string, progress: Pick<Progress, 'note'>): LanguageModel {
  const ask = async (request: ModelRequest): Promise<ModelReply> => {
    const promptPath = join(folder, 'prompts', `${name(request)}.md`);
    const replyPath = join(folder, 'replies', `${name(request)}.md`);
    const [prompt, reply] = await Promise.all([readTextIfPresent(promptPath), readTextIfPresent(replyPath)]);
    const answered = reply !== undefined && reply.trim() !== '';
    if (answered && prompt === request.prompt) return { kind: 'reply', text: reply, model: 'handoff' };
    if (answered) progress.note(`${replyPath} answers another prompt than the one that is asked now, so it is not read. Move it away, or ask in another folder.`);
    else if (prompt !== request.prompt) await writeFileAtomically(promptPath, request.prompt);
    return { kind: 'pending', promptPath, replyPath };
  };
  return { provider: 'handoff', ask };
}
