import type { AgentNotes, AgentReply, Edit, Rejection } from '../../model';
import { nothingUsable } from './nothing-usable';
import type { Header } from './read-header';
import { readFollowUps, readPaths, readRequests, readText, readTexts } from './read-values';
import type { OutsideLine } from './scan-blocks';

export interface Decision {
  readonly header: Header;
  readonly edits: readonly Edit[];
  readonly rejections: readonly Rejection[];
  readonly taskId: string;
  readonly tolerances: readonly string[];
  readonly ended: boolean;
  readonly outside: readonly OutsideLine[];
}

type Status = 'edits' | 'needs' | 'question' | 'decline';

/** What the reply is. Its own word for it counts; without one, what it holds. A question or a need is never lost. */
export function decideReply(decision: Decision): AgentReply {
  const { header, edits, rejections, tolerances } = decision;
  const wording = readText(header.fields.get('status'));
  const stated = statusOf(wording);
  const hasBlocks = edits.length > 0 || rejections.length > 0;
  const status = stated ?? implied(header, hasBlocks);
  const lenient = [...tolerances, ...(stated === undefined ? ['no-status'] : stated === wording ? [] : ['status-wording'])];
  if (status === 'edits') return editsReply({ ...decision, tolerances: lenient });
  const dropped = hasBlocks ? [...lenient, 'edits-set-aside'] : lenient;
  switch (status) {
    case 'needs':
      return needsReply(header, dropped);
    case 'question':
      return withText(readText(header.fields.get('question')), 'question', (question) => ({ kind: 'question', question, tolerances: dropped }), dropped);
    case 'decline':
      return withText(readText(header.fields.get('decline')) ?? readText(header.fields.get('why')) ?? readText(header.fields.get('summary')), 'decline', (reason) => ({ kind: 'decline', reason, tolerances: dropped }), dropped);
    case undefined:
      return malformed([{ kind: 'malformed', because: nothingUsable(decision.outside) }], tolerances);
  }
}

const statuses: ReadonlyMap<string, Status> = new Map<string, Status>([
  ['edits', 'edits'], ['edit', 'edits'], ['done', 'edits'], ['ok', 'edits'], ['fixed', 'edits'], ['complete', 'edits'], ['completed', 'edits'], ['success', 'edits'], ['patch', 'edits'],
  ['needs', 'needs'], ['need', 'needs'], ['needscontext', 'needs'], ['needcontext', 'needs'], ['needsmorecontext', 'needs'],
  ['question', 'question'], ['questions', 'question'], ['ask', 'question'],
  ['decline', 'decline'], ['declined', 'decline'], ['refuse', 'decline'], ['refused', 'decline'],
]);

function statusOf(text: string | undefined): Status | undefined {
  return text === undefined ? undefined : statuses.get(text.toLowerCase().replace(/[^a-z]/g, ''));
}

function implied(header: Header, hasBlocks: boolean): Status | undefined {
  if (hasBlocks) return 'edits';
  if (readText(header.fields.get('question')) !== undefined) return 'question';
  if (readRequests(header.fields.get('read')).requests.length > 0 || readPaths(header.fields.get('edit')).paths.length > 0) return 'needs';
  return readText(header.fields.get('decline')) === undefined ? undefined : 'decline';
}

function editsReply({ header, edits, rejections, taskId, tolerances, ended }: Decision): AgentReply {
  if (rejections.length > 0) return malformed(rejections, tolerances);
  if (edits.length === 0) return malformed([{ kind: 'malformed', because: 'the reply announces edits and holds no block' }], tolerances);
  const requests = [...readRequests(header.fields.get('read')).requests, ...readPaths(header.fields.get('edit')).paths];
  const asked = [readText(header.fields.get('question'))].filter((question) => question !== undefined);
  const notes: AgentNotes = { ...optionalNotes(header), risks: [...readTexts(header.fields.get('risks')), ...asked.map((question) => `Open question: ${question}`)] };
  const output = { taskId, edits: [...edits], notes, followUpTasks: [...readFollowUps(header.fields.get('followUps'))] };
  return { kind: 'edits', output, tolerances: [...tolerances, ...(requests.length === 0 ? [] : ['requests-set-aside']), ...(ended ? [] : ['no-end-line'])] };
}

function optionalNotes(header: Header): Omit<AgentNotes, 'risks'> {
  const texts = {
    rootCause: readText(header.fields.get('rootCause')),
    summary: readText(header.fields.get('summary')),
    dependenciesExplained: readText(header.fields.get('dependencies')),
    justification: readText(header.fields.get('justification')),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));
}

function needsReply(header: Header, tolerances: readonly string[]): AgentReply {
  const read = readRequests(header.fields.get('read'));
  const edit = readPaths(header.fields.get('edit'));
  const irrelevant = readPaths(header.fields.get('irrelevant'));
  if (read.requests.length === 0 && edit.paths.length === 0) {
    return malformed([{ kind: 'malformed', because: 'the reply asks for context and names no path under "read:" or "edit:"' }], tolerances);
  }
  const unread = Array.from({ length: read.unread + edit.unread + irrelevant.unread }, () => 'unreadable-request');
  const why = readText(header.fields.get('why'));
  return {
    kind: 'needs', read: [...read.requests], edit: [...edit.paths], irrelevant: [...irrelevant.paths], tolerances: [...tolerances, ...unread],
    ...(why === undefined ? {} : { why }),
  };
}

function withText(text: string | undefined, name: string, make: (text: string) => AgentReply, tolerances: readonly string[]): AgentReply {
  return text === undefined ? malformed([{ kind: 'malformed', because: `the reply says "status: ${name}" and gives no text under "${name}:"` }], tolerances) : make(text);
}

export function malformed(rejections: readonly Rejection[], tolerances: readonly string[]): AgentReply {
  return { kind: 'malformed', rejections: [...rejections], tolerances: [...tolerances] };
}
