import type { Io } from '../io/ports';
import { OrchestraError, type AgentOutput, type FileTexts, type PacketLock, type PacketNote, type Rejection, type Task, type TestRun, type Wave } from '../model';
import type { Specialist } from '../specialists/define-specialist';
import { classifyRed } from '../validator/judge-proof';
import { askTask, type AskContext, type TaskAnswer } from './ask-task';
import { beginConversation, type Conversation } from './conversation';
import type { Survey } from './make-plan';
import { nextBatch } from './next-batch';
import { productionFilesOf, rehearse, testFilesOf } from './rehearse';
import type { WaveRequest } from './run-wave';
import type { AppliedReply } from './try-reply';
import { openWaveView, type WaveView } from './wave-view';

export interface AnsweredTask {
  readonly task: Task;
  readonly output: AgentOutput;
  readonly conversation: Conversation;
  readonly model: string;
  readonly applied: AppliedReply;
}

export interface PendingTask {
  readonly taskId: string;
  readonly promptPath: string;
  readonly replyPath: string;
}

export type WaveAnswers =
  | { readonly kind: 'answered'; readonly tasks: readonly AnsweredTask[]; readonly changed: FileTexts; readonly deleted: readonly string[]; readonly red?: TestRun }
  | {
      readonly kind: 'stopped';
      readonly pending: readonly PendingTask[];
      readonly waiting: readonly string[];
      readonly answered: readonly string[];
      /** `round`: of a question about the plan, which leaves no packet to count by. */
      readonly question?: { readonly taskId: string; readonly text: string; readonly round?: number };
      /** `unjudged`: what the reply claims could not be tried here, so it is a person's to decide. */
      readonly refusal?: { readonly taskId: string; readonly because: string; readonly rejections: readonly Rejection[]; readonly unjudged: boolean };
      readonly locks: PacketLock['packets'];
    };

/** How often a regression test that is not red on base goes back with the runner's output. */
const reproductionRounds = 1;

/**
 * Asks every task of the wave in dependency order. Each sees the edits of those it needs; in a bugfix the test task's
 * test must be red on base before the fix is asked for, and the fix's packet carries that red.
 */
export async function answerTasks(io: Io, request: WaveRequest, survey: Survey, wave: Wave): Promise<WaveAnswers> {
  const answered: AnsweredTask[] = [];
  const pending: PendingTask[] = [];
  const waiting: string[] = [];
  const paths = [...survey.tree.keys()];
  // Agents in clones have the workspace compared around each of them, so they work one after the other.
  const limit = io.model.worksInClone === true ? 1 : request.policy.budgets.parallelTasks;
  let view = openWaveView(io, survey.base);
  let red: TestRun | undefined;
  for (let left = wave.tasks; left[0] !== undefined;) {
    const done = new Set(answered.map((each) => each.task.id));
    if (left[0].needs.some((need) => !done.has(need))) {
      waiting.push(left[0].id);
      left = left.slice(1);
      continue;
    }
    const batch = nextBatch(left, done, paths, limit);
    left = left.slice(batch.length);
    const before = view;
    for (const { task, ask, result } of await askBatch(batch, (task) => askInTurn(io, request, survey, task, red), before)) {
      const clash = result.answer.kind === 'edits' && view !== before && overlaps(result.answer.applied, view);
      // Two replies to the same new file: the later one is asked again, with the first in sight.
      const { answer, red: seen } = clash ? await ask(view) : result;
      if (answer.kind === 'pending') {
        pending.push({ taskId: task.id, promptPath: answer.promptPath, replyPath: answer.replyPath });
        continue;
      }
      if (answer.kind === 'declined' && othersMayFix(request, wave, task, answered)) {
        io.progress.note(`${task.id}: declined (${answer.reason}); the wave goes on without it`);
        answered.push(withoutEdits(task, answer));
        continue;
      }
      if (answer.kind !== 'edits') {
        return stopWith(task, answer, answered, pending, waiting);
      }
      red = seen ?? red;
      answered.push(answeredTask(task, answer));
      view = view.withChanges(answer.applied.changed, answer.applied.deleted);
    }
  }
  return pending.length > 0 || waiting.length > 0
    ? { kind: 'stopped', pending, waiting, answered: answered.map((each) => each.task.id), locks: locksOf(answered) }
    : { kind: 'answered', tasks: answered, changed: view.changed, deleted: [...view.deleted].sort(), ...(red === undefined ? {} : { red }) };
}

/**
 * A bug whose place is uncertain is planned for several specialists, and all but one of them are right to decline. The proof says
 * whether what is left mends it; only when nobody takes it on does the wave stop.
 */
function othersMayFix(request: WaveRequest, wave: Wave, task: Task, answered: readonly AnsweredTask[]): boolean {
  if (request.goal.type !== 'bugfix' || task.agent === 'test') return false;
  const declined = new Set(answered.filter(({ output }) => output.edits.length === 0).map((each) => each.task.id));
  return wave.tasks.some((other) => other.agent !== 'test' && other.id !== task.id && !declined.has(other.id));
}

function withoutEdits(task: Task, { reason, conversation, model }: Extract<TaskAnswer, { kind: 'declined' }>): AnsweredTask {
  return {
    task, conversation, model, applied: { changed: new Map(), deleted: [], tolerances: [] },
    output: { taskId: task.id, edits: [], notes: { summary: `Declined: ${reason}`, risks: [] }, followUpTasks: [] },
  };
}

type Asked = { readonly answer: TaskAnswer; readonly red?: TestRun };
type Ask = (view: WaveView) => Promise<Asked>;

/** How one task is asked once its turn has come. */
function askInTurn(io: Io, request: WaveRequest, survey: Survey, task: Task, red: TestRun | undefined): Ask {
  const context = contextFor(io, request, survey, task);
  const reproduces = request.goal.type === 'bugfix' && task.agent === 'test';
  const begun = beginConversation(request.goal, [...request.findings, ...(reproduces || red === undefined ? [] : [redEvidence(red)])], request.rounds[task.id] ?? 0);
  return async (view) => (reproduces ? askForRed(context, task, view, begun) : { answer: await askTask(context, task, view, begun) });
}

/** All of them at once, in the order of the plan. When one fails the others are waited for: their replies are paid for and kept. */
async function askBatch(batch: readonly Task[], askerOf: (task: Task) => Ask, view: WaveView): Promise<readonly { readonly task: Task; readonly ask: Ask; readonly result: Asked }[]> {
  const asked = batch.map((task) => ({ task, ask: askerOf(task) }));
  const settled = await Promise.allSettled(asked.map(({ ask }) => ask(view)));
  return settled.map((each, index) => {
    const one = asked[index];
    if (each.status === 'rejected' || one === undefined) throw each.status === 'rejected' ? each.reason : new Error('a result without its task');
    return { ...one, result: each.value };
  });
}

function overlaps(applied: AppliedReply, view: WaveView): boolean {
  return [...applied.changed.keys(), ...applied.deleted].some((path) => view.changed.has(path) || view.deleted.has(path));
}

export function contextFor(io: Io, request: WaveRequest, survey: Survey, task: Task): AskContext {
  const specialist = request.specialists.find((each: Specialist) => each.name === task.agent);
  if (specialist === undefined) {
    throw new OrchestraError('input', `The plan names a specialist "${task.agent}" that neither the plugin nor orchestra/orchestra.json defines.`);
  }
  return { io, goal: request.goal, policy: request.policy, survey, specialist, conventions: request.conventions };
}

/** Red first: a test that passes on base, or fails to load, proves nothing and goes back once with what the runner said. */
async function askForRed(context: AskContext, task: Task, view: WaveView, begun: Conversation): Promise<{ readonly answer: TaskAnswer; readonly red?: TestRun }> {
  let conversation = begun;
  for (let attempt = 0; ; attempt++) {
    const answer = await askTask(context, task, view, conversation);
    if (answer.kind !== 'edits') {
      return { answer };
    }
    const testFiles = testFilesOf([...answer.applied.changed.keys()], context.policy);
    if (testFiles.length === 0) {
      const because = 'the reply changes no test file that a runner would run';
      return { answer: { kind: 'refused', rejections: [{ kind: 'no-effect', because }], conversation: answer.conversation } };
    }
    context.io.progress.step(`${task.id}: running ${testFiles.join(', ')} on the base commit, expecting red`);
    const run = await rehearse({
      io: context.io, graph: context.survey.graph, base: context.survey.base, changed: view.withChanges(answer.applied.changed, []).changed, deleted: [], testFiles,
    });
    const verdict = classifyRed(run, productionFilesOf([...context.survey.tree.keys()], context.policy));
    if (verdict.red) {
      context.io.progress.step(`${task.id}: red on base, as it should be (${verdict.why})`);
      return { answer, red: run };
    }
    if (verdict.status === 'unsupported' || verdict.status === 'timed-out') {
      return { answer: { kind: 'unprovable', because: verdict.why, conversation: answer.conversation } };
    }
    if (attempt >= reproductionRounds) {
      const because = `the regression test is not red on the base commit: ${verdict.why}`;
      return { answer: { kind: 'refused', rejections: [{ kind: 'no-effect', because }], conversation: answer.conversation } };
    }
    context.io.progress.step(`${task.id}: not red on base (${verdict.why}), going back`);
    conversation = { ...answer.conversation, evidence: [...begun.evidence, notRedEvidence(verdict.why, run, answer.applied.changed)] };
  }
}

export function redEvidence(run: TestRun): PacketNote {
  const failing = run.cases.filter((each) => each.status === 'failed').map((each) => `- ${each.id}\n  ${each.failure?.message.split('\n').join('\n  ') ?? ''}`);
  return { title: 'The regression test, red on base', text: [...failing, '', run.tail].join('\n') };
}

function notRedEvidence(why: string, run: TestRun, texts: FileTexts): PacketNote {
  const sources = [...texts].map(([path, text]) => `${path}\n${text}`);
  const text = [`The test was run on the base commit, where the bug is, and is not red: ${why}.`, 'Output:', run.tail, 'Your test was:', ...sources].join('\n\n');
  return { title: 'The regression test does not reproduce the bug', text };
}

export function answeredTask(task: Task, answer: Extract<TaskAnswer, { kind: 'edits' }>): AnsweredTask {
  return { task, output: answer.output, conversation: answer.conversation, model: answer.model, applied: answer.applied };
}

function locksOf(answered: readonly AnsweredTask[]): PacketLock['packets'] {
  return answered.flatMap((each) => each.conversation.locks);
}

export function stopWith(
  task: Task, answer: Exclude<TaskAnswer, { kind: 'edits' | 'pending' }>, answered: readonly AnsweredTask[], pending: readonly PendingTask[], waiting: readonly string[],
): WaveAnswers {
  const stopped = { kind: 'stopped' as const, pending, waiting, answered: answered.map((each) => each.task.id), locks: [...locksOf(answered), ...answer.conversation.locks] };
  switch (answer.kind) {
    case 'question':
      return { ...stopped, question: { taskId: task.id, text: answer.question } };
    case 'declined':
      return { ...stopped, refusal: { taskId: task.id, because: `the specialist declined: ${answer.reason}`, rejections: [], unjudged: false } };
    case 'refused':
      return { ...stopped, refusal: { taskId: task.id, because: 'no reply could be used', rejections: answer.rejections, unjudged: false } };
    case 'unprovable':
      return { ...stopped, refusal: { taskId: task.id, because: `the regression test could not be tried on the base commit: ${answer.because}`, rejections: [], unjudged: true } };
  }
}
