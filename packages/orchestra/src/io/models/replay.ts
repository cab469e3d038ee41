import { OrchestraError } from '../../model';
import { sha256 } from '../../model/canonical-json';
import type { LanguageModel, ModelReply, ModelRequest } from '../ports';
import { readRecording, recordingPath, type RecordedReply } from './recording';

export interface ReplayOptions {
  /** Refuses any prompt but the recorded one. */
  readonly strict?: boolean;
}

/**
 * Answers from `orchestra/recordings/`. A prompt that has changed since is said, and goes on only while every file that
 * the recorded reply edits is still the one it was recorded on: otherwise its anchors would be matched by luck.
 * @throws OrchestraError 'input' for a miss, a file that moved on, and in strict mode for any change
 */
export function createReplayModel(root: string, options: ReplayOptions = {}): LanguageModel {
  return { provider: 'replay', ask: async (request) => replay(request, await readRecording(root, request), options.strict ?? false) };
}

function replay(request: ModelRequest, recorded: RecordedReply, strict: boolean): ModelReply {
  const { model, sawFiles, unusable } = recorded.recording;
  const reply = { kind: 'reply' as const, text: recorded.text, model, ...(sawFiles === true ? { sawFiles } : {}), ...(unusable === undefined ? {} : { unusable }) };
  if (sha256(request.prompt) === recorded.recording.promptHash) return reply;
  const who = `${request.taskId}, round ${request.round}`;
  const differing = differingFiles(request, recorded);
  const files = differing.length === 0 ? 'the shown files agree' : `the shown files differ in ${differing.join(', ')}`;
  if (strict) throw new OrchestraError('input', `${who}: the prompt has changed since ${recordingPath(request)} was recorded (${files}), and --strict refuses that. Record it again.`);
  // A path that merely occurs in the reply counts as edited: too many refusals are clear, one too few is a wrong file.
  const edited = differing.filter((path) => recorded.text.includes(path));
  if (edited.length > 0) {
    throw new OrchestraError('input', `${who}: ${recordingPath(request)} was recorded on other versions of files it edits: ${edited.join(', ')}. Record it again, or use another provider.`);
  }
  return { ...reply, otherPrompt: true, warning: `${who}: the prompt has changed since the recording; ${files}.` };
}

/** A recorded file that is not shown any more cannot be compared here: its edit still has to match the text it is applied to. */
function differingFiles(request: ModelRequest, { recording }: RecordedReply): readonly string[] {
  return Object.entries(recording.files)
    .filter(([path, blob]) => Object.hasOwn(request.files, path) && request.files[path] !== blob)
    .map(([path]) => path)
    .sort();
}
