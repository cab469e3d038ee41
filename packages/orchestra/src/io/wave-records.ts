import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { goalIdSchema, OrchestraError, type WavePlan, type WaveReport, type WaveState } from '../model';
import { taskSchema } from '../model/task';
import { writeFileAtomically } from './atomic-write';
import { guardLocalState, localFolder } from './local-state';
import type { WaveRecords } from './ports';
import { readLaterIfPresent } from './read-json';

/**
 * `orchestra/waves/<goal>/` (committed, read only here) and `.orchestra/waves/<goal>/` (local). Ids become file names, so
 * every one of them is checked before a path is built, wherever it came from.
 * @throws OrchestraError 'world' naming a record that cannot be read, 'input' for an id that is none.
 */
export function createWaveRecords(root: string, guard = guardLocalState(root)): WaveRecords {
  const local = join(root, localFolder, 'waves');
  const folderOf = async (goalId: string) => {
    const folder = join(local, checkGoalId(goalId));
    await guard();
    return folder;
  };
  const write = async (goalId: string, name: string, text: string) => writeFileAtomically(join(await folderOf(goalId), name), text);
  const readState = async (goalId: string) => readStateFile(join(await folderOf(goalId), 'state.json'), goalId);
  return {
    readState,
    writeState: async (state) => write(state.goalId, 'state.json', json((await stateSchema()).parse(state))),
    states: async () => {
      await guard();
      const states = await Promise.all((await goalFolders(local)).map(readState));
      return states.filter((state): state is WaveState => state !== undefined);
    },
    readPlan: async (goalId) => readPlanFile(join(committedFolder(root, goalId), 'plan.json'), goalId),
    writePacket: async (packet, round, prompt) => {
      const name = roundName(packet.task.id, round);
      await write(packet.task.goalId, `${name}.packet.json`, json(packet));
      await write(packet.task.goalId, `${name}.prompt.md`, prompt);
    },
    writePrompt: async (goalId, taskId, round, prompt) => write(goalId, `${roundName(taskId, round)}.prompt.md`, prompt),
    writeReply: async (goalId, taskId, round, text) => write(goalId, `${roundName(taskId, round)}.reply.md`, text),
    readReport: async (goalId, wave): Promise<WaveReport | undefined> =>
      readLaterIfPresent(join(committedFolder(root, goalId), `wave-${checkCount('wave', wave)}`, 'report.json'), async () => (await import('../model/wave-report.js')).waveReportSchema),
  };
}

/** File name of one round of a task, without its ending: `w1-test.2`. */
export function roundName(taskId: string, round: number): string {
  if (!taskSchema.unwrap().shape.id.safeParse(taskId).success) throw new OrchestraError('input', `"${taskId}" is not a task id.`);
  return `${taskId}.${checkCount('round', round)}`;
}

/** @returns `goalId`, which now may name a folder */
export function checkGoalId(goalId: string): string {
  const result = goalIdSchema.safeParse(goalId);
  if (result.success) return goalId;
  throw new OrchestraError('input', `"${goalId}" is not a goal id: it ${result.error.issues[0]?.message ?? 'is no slug'}.`);
}

function checkCount(what: string, count: number): number {
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new OrchestraError('input', `${count} is not the number of a ${what}.`);
}

function committedFolder(root: string, goalId: string): string {
  return join(root, 'orchestra/waves', checkGoalId(goalId));
}

async function stateSchema() {
  return (await import('../model/wave-state.js')).waveStateSchema;
}

async function readStateFile(path: string, goalId: string): Promise<WaveState | undefined> {
  const state = await readLaterIfPresent(path, stateSchema);
  if (state !== undefined && state.goalId !== goalId) throw misplaced(path, state.goalId);
  return state;
}

async function readPlanFile(path: string, goalId: string): Promise<WavePlan | undefined> {
  const plan = await readLaterIfPresent(path, async () => (await import('../model/wave-plan.js')).wavePlanSchema);
  if (plan !== undefined && plan.goal.id !== goalId) throw misplaced(path, plan.goal.id);
  return plan;
}

function misplaced(path: string, goalId: string): OrchestraError {
  return new OrchestraError('world', `${path} belongs to the goal "${goalId}": somebody copied it here.`);
}

/** Folders whose name is no goal id are not ours to read. */
async function goalFolders(local: string): Promise<readonly string[]> {
  const entries = await readdir(local, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw new OrchestraError('world', `${local} could not be read: ${cause.message}.`, { cause });
  });
  return entries.filter((entry) => entry.isDirectory() && goalIdSchema.safeParse(entry.name).success).map((entry) => entry.name).sort();
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
