import { companionCandidates, findCompanions, type Companion } from '../context-hub/companions/find-companions';
import { connectedProjects } from '../graph/connected-projects';
import { ownerOfFile } from '../graph/owner-of-file';
import type { Io } from '../io/ports';
import type { FileTexts, FollowUp, PacketNote } from '../model';
import { isSecretPath } from '../patch/is-secret-path';
import { matchesGlobs } from '../patch/matches-globs';
import type { Specialist } from '../specialists/define-specialist';
import type { AnsweredTask, WaveAnswers } from './answer-tasks';
import type { Survey } from './make-plan';

type Answered = Extract<WaveAnswers, { kind: 'answered' }>;

const mostOffered = 6;
const mostFiled = 5;
const reasonsShown = 3;

/**
 * For the evidence round: what the edit may have left behind, where the specialist could be granted it. Names and reasons: it
 * asks for what it needs. What only the goal points at was there to be seen before.
 */
export async function companionNotes(io: Io, survey: Survey, specialist: Specialist, each: AnsweredTask): Promise<readonly PacketNote[]> {
  const near = new Set(connectedProjects(survey.graph, each.task.projects));
  const found = await companionsOf(io, survey, each.applied.changed);
  const offered = found
    .filter(({ kinds }) => kinds.some((kind) => kind !== 'goal'))
    .filter(({ path }) => matchesGlobs(path, specialist.domain) && !isSecretPath(path) && near.has(ownerOfFile(survey.graph, path) ?? ''))
    .slice(0, mostOffered);
  if (offered.length === 0) return [];
  const lines = offered.map(({ path, because }) => `- ${path}: ${because.slice(0, reasonsShown).map(({ detail }) => detail).join('; ')}`);
  return [{ title: 'Files that your edits may concern as well', text: ['You did not edit these. Ask for those that you need to see.', ...lines].join('\n') }];
}

/**
 * For the report of a wave that holds: files nobody edited that the change itself calls for. They are filed with the task
 * that made the change, never edited: whether they are part of this goal is a person's decision.
 */
export async function fileCompanions(io: Io, survey: Survey, answers: Answered): Promise<Answered> {
  const tasks = await Promise.all(answers.tasks.map(async (each): Promise<AnsweredTask> => {
    if (each.task.agent === 'test') return each;
    const found = (await companionsOf(io, survey, each.applied.changed)).filter(({ path, demanded }) => demanded && !answers.changed.has(path) && !answers.deleted.includes(path));
    const known = new Set(each.output.followUpTasks.flatMap(({ paths }) => paths));
    const filed = found.filter(({ path }) => !known.has(path)).slice(0, mostFiled).map(toFollowUp);
    return filed.length === 0 ? each : { ...each, output: { ...each.output, followUpTasks: [...each.output.followUpTasks, ...filed] } };
  }));
  return { ...answers, tasks };
}

function toFollowUp({ path, because }: Companion): FollowUp {
  return { title: `Look at ${path}`, detail: because.slice(0, reasonsShown).map(({ detail }) => detail).join('; '), paths: [path] };
}

async function companionsOf(io: Io, survey: Survey, changed: FileTexts): Promise<readonly Companion[]> {
  const base = await io.repository.readTexts(survey.base, [...changed.keys()]);
  const edits = [...changed].map(([path, head]) => ({ path, base: base.get(path) ?? null, head }));
  const input = { edits, indexes: await survey.indexes(), history: survey.history, ranked: survey.ranked };
  const candidates = new Map(companionCandidates(input).flatMap((path) => {
    const blob = survey.tree.get(path)?.blob;
    return blob === undefined ? [] : [[path, blob] as const];
  }));
  return findCompanions({ ...input, texts: await io.repository.readBlobTexts(candidates) });
}
