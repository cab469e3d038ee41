import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { OrchestraError } from '../../model';
import * as z from '../../model/zod';
import { localFolder } from '../local-state';
import type { ModelRequest } from '../ports';
import { readJsonIfPresent, readTextIfPresent } from '../read-json';
import { checkGoalId, roundName } from '../wave-records';

/** What a recorded reply was an answer to; lies beside it under the same name. */
export const recordingSchema = z
  .strictObject({
    version: z.literal(1),
    /** Hex sha256 of the prompt. */
    promptHash: z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256 in hex'),
    /** The model that answered. */
    model: z.string().min(1),
    /** path → git blob id of the files the prompt showed. */
    files: z.record(z.string(), z.string()),
    /** Whoever answered worked in a clone and saw more than the prompt. */
    sawFiles: z.literal(true).optional(),
    /** Why the reply was not used when it came, e.g. cut off at its length limit. */
    unusable: z.string().optional(),
  })
  .readonly();
export type Recording = z.infer<typeof recordingSchema>;

export interface RecordedReply {
  readonly recording: Recording;
  readonly text: string;
}

const folder = 'orchestra/recordings';
/**
 * Where a reply is recorded first. The committed folder is protected: written there during a wave, every recording would be a
 * change that a person has to decide about, in the very wave that it records.
 */
const localRecordings = `${localFolder}/recordings`;

/** Workspace-relative path of the reply; the sidecar has `.json` for `.md`. */
export function recordingPath(request: Pick<ModelRequest, 'goalId' | 'taskId' | 'round'>): string {
  return `${folder}/${checkGoalId(request.goalId)}/${roundName(request.taskId, request.round)}.md`;
}

/** Workspace-relative path of a reply that was recorded on this machine and not committed. */
export function localRecordingPath(request: Pick<ModelRequest, 'goalId' | 'taskId' | 'round'>): string {
  return recordingPath(request).replace(folder, localRecordings);
}

/** The committed recording, else the local one. @throws OrchestraError 'input' when there is no recording of this round, naming those there are, or when half of one is missing or broken. */
export async function readRecording(root: string, request: ModelRequest): Promise<RecordedReply> {
  const committed = recordingPath(request);
  const path = (await readTextIfPresent(join(root, committed))) === undefined && (await readTextIfPresent(join(root, localRecordingPath(request)))) !== undefined ? localRecordingPath(request) : committed;
  const sidecar = path.replace(/\.md$/, '.json');
  const text = await readTextIfPresent(join(root, path));
  if (text === undefined || text.trim() === '') throw await noRecording(root, request, path, text === undefined ? 'is not there' : 'is empty');
  const recording = await readJsonIfPresent(join(root, sidecar), recordingSchema, 'input');
  if (recording === undefined) throw new OrchestraError('input', `The recording ${path} has no ${sidecar} beside it, so nobody can tell what it answers.`);
  return { recording, text };
}

async function noRecording(root: string, request: ModelRequest, path: string, what: string): Promise<OrchestraError> {
  const ofGoal = await listNames(join(root, folder, request.goalId), '.md');
  const goals = await listNames(join(root, folder), '');
  const known = ofGoal.length > 0 ? `Recorded for this goal: ${ofGoal.join(', ')}.` : goals.length > 0 ? `Recorded goals: ${goals.join(', ')}.` : 'There are no recordings.';
  return new OrchestraError(
    'input',
    `No recorded reply for round ${request.round} of task ${request.taskId} of goal ${request.goalId}: ${path} ${what}. ${known} Use another provider (--provider=handoff needs no key).`,
  );
}

async function listNames(path: string, ending: string): Promise<readonly string[]> {
  const names = await readdir(path).catch(() => []);
  return names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, name.length - ending.length)).sort();
}
