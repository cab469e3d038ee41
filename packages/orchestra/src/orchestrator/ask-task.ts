import { buildPacket } from '../context-hub/build-packet';
import type { Io, ModelReply } from '../io/ports';
import { canonicalJson, sha256 } from '../model/canonical-json';
import type { AgentContextPacket, AgentOutput, AgentReply, Edit, OrchestrationGoal, PacketLock, PacketNote, Policy, Rejection, Task } from '../model';
import { connectedProjects } from '../graph/connected-projects';
import { ownerOfFile } from '../graph/owner-of-file';
import { checkPath } from '../patch/check-path';
import { isSecretPath } from '../patch/is-secret-path';
import { matchesGlobs } from '../patch/matches-globs';
import type { Specialist } from '../specialists/define-specialist';
import { explainRejection } from '../specialists/explain-rejection';
import { parseReply } from '../specialists/parse-reply';
import { renderPrompt } from '../specialists/render-prompt';
import type { Conversation } from './conversation';
import { gatherSources } from './gather-sources';
import { leasedTask } from './leased-task';
import type { Survey } from './make-plan';
import { redactConversation } from './redact-notes';
import { type AppliedReply, tryReply } from './try-reply';
import type { WaveView } from './wave-view';

export interface AskContext {
  readonly io: Io;
  readonly goal: OrchestrationGoal;
  readonly policy: Policy;
  readonly survey: Survey;
  readonly specialist: Specialist;
  readonly conventions: string;
}

export type TaskAnswer =
  | { readonly kind: 'edits'; readonly output: AgentOutput; readonly applied: AppliedReply; readonly conversation: Conversation; readonly model: string }
  | { readonly kind: 'pending'; readonly promptPath: string; readonly replyPath: string; readonly conversation: Conversation }
  | { readonly kind: 'question'; readonly question: string; readonly conversation: Conversation }
  | { readonly kind: 'declined'; readonly reason: string; readonly conversation: Conversation; readonly model: string }
  | { readonly kind: 'refused'; readonly rejections: readonly Rejection[]; readonly conversation: Conversation }
  /** The reply may be sound, but what it claims cannot be tried here: a person decides. */
  | { readonly kind: 'unprovable'; readonly because: string; readonly conversation: Conversation };

/**
 * Asks one specialist until its reply fits: shows what it asks for, sends back what does not apply, and stops at the
 * policy's number of rounds. Nothing is written but prompts and replies under `.orchestra/`.
 */
export async function askTask(context: AskContext, task: Task, view: WaveView, begun: Conversation): Promise<TaskAnswer> {
  let conversation = begun;
  for (;;) {
    const asked = await askOnce(context, task, view, conversation);
    conversation = asked.conversation;
    if (asked.reply.kind === 'pending') {
      return { ...asked.reply, conversation };
    }
    const reply = asked.reply.unusable === undefined ? parseReply(asked.reply.text, task.id) : unusable(asked.reply.unusable);
    conversation = { ...conversation, tolerances: [...conversation.tolerances, ...reply.tolerances] };
    const next = await consider(context, task, view, conversation, reply, asked.reply);
    if ('answer' in next) {
      return next.answer;
    }
    conversation = next.conversation;
  }
}

/** Text came, and its provider says that it is not the whole of it: it must not be parsed for what happens to be there. */
function unusable(because: string): AgentReply {
  return { kind: 'malformed', rejections: [{ kind: 'malformed', because }], tolerances: [] };
}

interface Asked {
  readonly reply: ModelReply;
  readonly conversation: Conversation;
}

/** The packet and the prompt of the next round, written where a person can read them. */
export async function preparePrompt(context: AskContext, task: Task, view: WaveView, begun: Conversation): Promise<{ readonly packet: AgentContextPacket; readonly prompt: string }> {
  const { io, specialist, policy, goal } = context;
  const conversation = await redactConversation(io.secrets, begun);
  const round = conversation.rounds + 1;
  io.progress.step(`${task.id}: packet for round ${round}`);
  const packet = await buildTaskPacket(context, task, view, conversation);
  const prompt = renderPrompt(packet, specialist, {
    mode: goal.type,
    contextRoundsLeft: Math.max(0, policy.budgets.contextRounds - conversation.contextRounds),
    ...(conversation.refused === undefined ? {} : { refused: conversation.refused }),
    ...(io.model.worksInClone === true ? { worksInClone: true } : {}),
  });
  await io.records.writePacket(packet, round, prompt);
  return { packet, prompt };
}

async function askOnce(context: AskContext, task: Task, view: WaveView, conversation: Conversation): Promise<Asked> {
  const { io, specialist, goal } = context;
  const round = conversation.rounds + 1;
  const { packet, prompt } = await preparePrompt(context, task, view, conversation);
  io.progress.step(`${task.id}: asking ${specialist.title} (${io.model.provider}, round ${round}, ${packet.tokens.repository + packet.tokens.other} tokens)`);
  const reply = await io.model.ask({
    goalId: goal.id, taskId: task.id, round, prompt,
    files: Object.fromEntries(packet.files.map((file) => [file.path, file.hash])),
    tree: { commit: context.survey.base, changed: view.changed, deleted: [...view.deleted].sort() },
    ...(specialist.model === undefined ? {} : { model: specialist.model }),
  });
  if (reply.kind === 'reply') {
    await io.records.writeReply(goal.id, task.id, round, reply.text);
    if (reply.warning !== undefined) {
      io.progress.note(reply.warning);
    }
  }
  return {
    reply,
    conversation: { ...conversation, rounds: round, seen: [...conversation.seen, ...packet.files], locks: [...conversation.locks, lockOf(packet, round, prompt)] },
  };
}

/** What the next prompt would show, made and kept nowhere. The conversation must be redacted already. */
export async function buildTaskPacket(context: AskContext, task: Task, view: WaveView, conversation: Conversation): Promise<AgentContextPacket> {
  const sources = await gatherSources(context, task, view, conversation);
  return buildPacket({
    task: leasedTask(task, conversation), goal: context.survey.sought, policy: context.policy, ranked: sources.ranked,
    texts: sources.texts, blobs: sources.blobs, indexes: sources.indexes, interfaces: sources.interfaces, withheld: sources.withheld,
    conventions: context.conventions, evidence: [...conversation.evidence, ...notGranted(conversation)], requested: sources.requested, irrelevant: conversation.irrelevant,
  });
}

function lockOf(packet: AgentContextPacket, round: number, prompt: string): PacketLock['packets'][number] {
  return {
    taskId: packet.task.id, round, packetHash: packet.hash, promptHash: sha256(prompt), tokens: packet.tokens, omitted: packet.omitted,
    files: packet.files.map((file) => ({
      path: file.path, hash: file.hash, mode: file.mode, because: file.because, tokens: file.tokens, ...(file.range === undefined ? {} : { range: file.range }),
    })),
  };
}

type Next = { readonly answer: TaskAnswer } | { readonly conversation: Conversation };

async function consider(
  context: AskContext, task: Task, view: WaveView, conversation: Conversation, reply: AgentReply, raw: Extract<ModelReply, { kind: 'reply' }>,
): Promise<Next> {
  switch (reply.kind) {
    case 'question':
      return { answer: { kind: 'question', question: reply.question, conversation } };
    case 'decline':
      return { answer: { kind: 'declined', reason: reply.reason, conversation, model: raw.model } };
    case 'needs':
      return show(context, conversation, reply, task);
    case 'malformed':
      return sendBack(context, conversation, reply.rejections, raw.text, task, []);
    case 'edits': {
      const applied = await tryReply(context, task, view, conversation, reply.output.edits, raw.sawFiles === true);
      return 'rejections' in applied
        ? sendBack(context, conversation, applied.rejections, raw.text, task, reply.output.edits)
        : { answer: { kind: 'edits', output: reply.output, applied, conversation, model: raw.model } };
    }
  }
}

/** What can be read is shown. A path to edit is granted inside the domain; outside it the specialist is told to file a follow-up. */
async function show(context: AskContext, conversation: Conversation, reply: Extract<AgentReply, { kind: 'needs' }>, task: Task): Promise<Next> {
  if (conversation.contextRounds >= context.policy.budgets.contextRounds) {
    const because = 'no context rounds are left: answer with edits, decline, or ask the person a question';
    return sendBack(context, conversation, [{ kind: 'malformed', because }], canonicalJson(reply), task, []);
  }
  const asked = [...new Set([...reply.edit, ...reply.read.map(({ path }) => path)])];
  // A name is written into the next prompt and into the lease: none may hold a secret.
  const clean = new Set((await Promise.all(asked.map(async (path) => ((await context.io.secrets.redact(path)).secrets === 0 ? [path] : [])))).flat());
  const readable = (path: string): boolean => clean.has(path) && checkPath(path) === undefined && !isSecretPath(path);
  // The judge honours a grant only under these same two conditions.
  const near = new Set(connectedProjects(context.survey.graph, task.projects));
  const isNear = (path: string): boolean => near.has(ownerOfFile(context.survey.graph, path) ?? '');
  const granted = [...new Set(reply.edit)].filter((path) => readable(path) && matchesGlobs(path, context.specialist.domain) && isNear(path));
  const read = reply.read.filter((request) => readable(request.path));
  const refused = [...reply.edit.filter((path) => !granted.includes(path)), ...reply.read.filter((request) => !read.includes(request)).map((request) => request.path)];
  const why = reply.why ?? 'asked for by the specialist';
  const { refused: _answered, ...rest } = conversation;
  return {
    conversation: {
      ...rest,
      contextRounds: conversation.contextRounds + 1,
      requested: [
        ...conversation.requested,
        // A new file is granted by its path: there is nothing to show yet.
        ...[...read, ...granted.filter((path) => context.survey.tree.has(path)).map((path) => ({ path }))].map((request) => ({ ...request, because: [{ kind: 'requested' as const, detail: why }] })),
      ],
      irrelevant: [...conversation.irrelevant, ...reply.irrelevant],
      grants: [...new Set([...conversation.grants, ...granted])],
      notGranted: [...new Set([...conversation.notGranted, ...refused])].filter((path) => !granted.includes(path)),
    },
  };
}

function notGranted({ notGranted: paths }: Conversation): readonly PacketNote[] {
  const [patterns, plain] = [paths.filter((path) => path.includes('*')), paths.filter((path) => !path.includes('*'))];
  const text = [
    ...(plain.length === 0 ? [] : [`${plain.join(', ')}: not readable, or outside your domain. What must change there is named as a follow-up task instead.`]),
    ...(patterns.length === 0 ? [] : [`${patterns.join(', ')}: a pattern is neither shown nor granted. Name each file by its path, a new one as well.`]),
  ].join('\n');
  return text === '' ? [] : [{ title: 'Not granted', text }];
}

function sendBack(context: AskContext, conversation: Conversation, rejections: readonly Rejection[], text: string, task: Task, edits: readonly Edit[]): Next {
  if (conversation.repairRounds >= context.policy.budgets.repairRounds) {
    return { answer: { kind: 'refused', rejections, conversation } };
  }
  context.io.progress.step(`${task.id}: reply does not apply (${rejections.map((rejection) => rejection.kind).join(', ')}), going back`);
  const explanation = explainRejection(rejections, {
    edits, mayTouch: leasedTask(task, conversation).mayTouch,
    repairRoundsLeft: context.policy.budgets.repairRounds - conversation.repairRounds - 1,
    contextRoundsLeft: context.policy.budgets.contextRounds - conversation.contextRounds,
  });
  return {
    conversation: {
      ...conversation,
      repairRounds: conversation.repairRounds + 1,
      requested: [...conversation.requested, ...misread(rejections)],
      refused: { explanation, reply: text },
    },
  };
}

/** A text that was searched for and is not there was outlined, cut or misremembered: the next packet shows the file. */
function misread(rejections: readonly Rejection[]): Conversation['requested'] {
  const paths = rejections.flatMap((rejection) => (rejection.path !== undefined && ['no-match', 'ambiguous-match', 'not-shown'].includes(rejection.kind) ? [rejection.path] : []));
  return [...new Set(paths)].map((path) => ({ path, because: [{ kind: 'requested', detail: 'an edit did not match its text' }] }));
}
