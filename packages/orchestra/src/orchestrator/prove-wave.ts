import type { Io } from '../io/ports';
import type { PacketNote, TestRun } from '../model';
import { classifyGreen, classifyRed } from '../validator/judge-proof';
import { answeredTask, contextFor, type AnsweredTask, stopWith, type WaveAnswers } from './answer-tasks';
import { askTask } from './ask-task';
import { companionNotes, fileCompanions } from './offer-companions';
import type { Survey } from './make-plan';
import { productionFilesOf, rehearse, testFilesOf } from './rehearse';
import type { WaveRequest } from './run-wave';
import { openWaveView, type WaveView } from './wave-view';

type Answered = Extract<WaveAnswers, { kind: 'answered' }>;
type Stopped = Extract<WaveAnswers, { kind: 'stopped' }>;

export type WaveProof =
  | { readonly kind: 'proved'; readonly answers: Answered }
  | { readonly kind: 'not-proved'; readonly because: string; readonly run: TestRun; readonly answers: Answered }
  | Stopped;

/**
 * Rehearses the whole wave on base plus all edits. A pair that fails goes back to the builders once, with the failing
 * tests and the runner's tail; what fails after that stays out of the working tree.
 */
export async function proveWave(io: Io, request: WaveRequest, survey: Survey, answers: Answered): Promise<WaveProof> {
  const first = await rehearseHead(io, request, survey, answers);
  if (first === undefined || first.verdict.green) {
    return { kind: 'proved', answers: await fileCompanions(io, survey, answers) };
  }
  io.progress.step(`rehearsal is not green (${first.verdict.why}), one evidence round`);
  const again = await answerWithEvidence(io, request, survey, answers, first.run);
  if (again.kind === 'stopped') {
    return again;
  }
  const second = await rehearseHead(io, request, survey, again);
  return second === undefined || second.verdict.green
    ? { kind: 'proved', answers: await fileCompanions(io, survey, again) }
    : { kind: 'not-proved', because: second.verdict.why, run: second.run, answers: again };
}

async function rehearseHead(io: Io, request: WaveRequest, survey: Survey, answers: Answered): Promise<{ readonly run: TestRun; readonly verdict: { readonly green: boolean; readonly why: string } } | undefined> {
  const testFiles = testFilesOf([...answers.changed.keys()], request.policy);
  if (testFiles.length === 0) {
    return undefined;
  }
  io.progress.step(`rehearsing ${testFiles.join(', ')} with all edits, expecting green`);
  const run = await rehearse({ io, graph: survey.graph, base: survey.base, changed: answers.changed, deleted: answers.deleted, testFiles });
  const redTests = answers.red === undefined ? [] : classifyRed(answers.red, productionFilesOf([...survey.tree.keys()], request.policy)).tests;
  return { run, verdict: classifyGreen([run], redTests) };
}

/** Builders are asked again on the same view as before; the tests stay as they were proved red. */
async function answerWithEvidence(io: Io, request: WaveRequest, survey: Survey, answers: Answered, run: TestRun): Promise<Answered | Stopped> {
  const tasks: AnsweredTask[] = [];
  let view = openWaveView(io, survey.base);
  for (const each of answers.tasks) {
    if (each.task.agent === 'test') {
      tasks.push(each);
      view = applied(view, each);
      continue;
    }
    const context = contextFor(io, request, survey, each.task);
    const companions = await companionNotes(io, survey, context.specialist, each);
    const conversation = { ...each.conversation, evidence: [...each.conversation.evidence, ...companions, failedEvidence(run, each)] };
    const answer = await askTask(context, each.task, view, conversation);
    if (answer.kind === 'pending') {
      return {
        kind: 'stopped', pending: [{ taskId: each.task.id, promptPath: answer.promptPath, replyPath: answer.replyPath }], waiting: [],
        answered: tasks.map((done) => done.task.id), locks: tasks.flatMap((done) => done.conversation.locks),
      };
    }
    if (answer.kind !== 'edits') {
      return stopWith(each.task, answer, tasks, [], []);
    }
    const done = answeredTask(each.task, answer);
    tasks.push(done);
    view = applied(view, done);
  }
  return { ...answers, tasks, changed: view.changed, deleted: [...view.deleted].sort() };
}

function applied(view: WaveView, each: AnsweredTask): WaveView {
  return view.withChanges(each.applied.changed, each.applied.deleted);
}

function failedEvidence(run: TestRun, each: AnsweredTask): PacketNote {
  const failing = run.cases.filter((test) => test.status === 'failed').map((test) => `- ${test.id}\n  ${test.failure?.message ?? ''}`);
  const errors = run.suiteErrors.map((error) => `- ${error.file} could not be loaded: ${error.message}`);
  const edits = [...each.applied.changed].map(([path, text]) => `${path}\n${text}`);
  return {
    title: 'With your edits the tests still fail',
    text: ['Your edits were applied to the files as shown in this packet and the tests were run. Send the whole set of edits again, corrected.', ...failing, ...errors, run.tail, 'The files as your edits left them:', ...edits].join('\n\n'),
  };
}
