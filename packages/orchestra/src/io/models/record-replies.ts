import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../model';
import { writeFileAtomically } from '../atomic-write';
import { refuseTrackedState } from '../local-state';
import { once } from '../once';
import type { LanguageModel, ModelReply, ModelRequest } from '../ports';
import { localRecordingPath, type Recording } from './recording';

/** The same model, with every reply that it gives written under `.orchestra/recordings/`, where `replay` finds it. */
export function recordReplies(root: string, model: LanguageModel): LanguageModel {
  const guard = once(() => refuseTrackedState(root));
  const ask = async (request: ModelRequest): Promise<ModelReply> => {
    await guard();
    const reply = await model.ask(request);
    if (reply.kind === 'reply') await record(root, request, reply);
    return reply;
  };
  return { ...model, ask };
}

/** The sidecar goes first and comes last: a reply without one is refused by replay, one beside an older one would be believed. */
async function record(root: string, request: ModelRequest, reply: Extract<ModelReply, { kind: 'reply' }>): Promise<void> {
  const path = localRecordingPath(request);
  const sidecar = join(root, path.replace(/\.md$/, '.json'));
  const files = Object.fromEntries(Object.entries(request.files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const recording: Recording = { version: 1, model: reply.model, promptHash: sha256(request.prompt), files, ...(reply.sawFiles === true ? { sawFiles: true } : {}), ...(reply.unusable === undefined ? {} : { unusable: reply.unusable }) };
  await rm(sidecar, { force: true });
  await writeFileAtomically(join(root, path), reply.text);
  await writeFileAtomically(sidecar, `${JSON.stringify(recording, undefined, 2)}\n`);
}
