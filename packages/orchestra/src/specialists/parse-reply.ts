import { agentReplySchema, type AgentNotes, type AgentReply, type Edit, type Rejection } from '../model';
import { looksLikePath, pathOnLine, spellPath } from './reply/clean-path';
import { findElision } from './reply/find-elision';
import { readHeader, type Header } from './reply/read-header';
import { readFollowUps, readPaths, readRequests, readText, readTexts } from './reply/read-values';
import { scanBlocks, type OutsideLine, type RawBlock } from './reply/scan-blocks';
import { unwrapReply } from './reply/unwrap-reply';

/** Far above any reply that a model can write; below what would hurt. Characters. */
const longestReply = 8_000_000;

/**
 * Reads a reply (format: `docs/reply-format.md`). Never throws and never repairs by guessing: a reply with any fault in
 * its blocks is `malformed` as a whole, and every leniency that was needed is named in `tolerances`, once per use.
 *
 * @param text whatever came back, untrusted
 */
export function parseReply(text: string, taskId: string): AgentReply {
  if (text.length > longestReply) return malformed([{ kind: 'malformed', because: 'the reply is too long' }], []);
  const unwrapped = unwrapReply(text);
  if (unwrapped.cutOff) return malformed([{ kind: 'malformed', because: 'the reply was cut off: it ends inside its thinking' }], unwrapped.tolerances);
  const scanned = scanBlocks(unwrapped.lines);
  const ended = scanned.outside.some(isEndLine);
  const header = readHeader(scanned.outside.filter((line) => !isEndLine(line)));
  const tolerances = [...unwrapped.tolerances, ...scanned.tolerances, ...header.tolerances];
  const read = readEdits(scanned.blocks);
  const cutOff: readonly Rejection[] =
    scanned.openEnded && !ended ? [{ kind: 'malformed', because: 'the reply was cut off: the code fence of its last block is not closed and there is no END OF REPLY line' }] : [];
  const rejections = [...scanned.rejections, ...read.rejections, ...cutOff];
  const reply = decide({ header, edits: read.edits, rejections, taskId, tolerances: [...tolerances, ...read.tolerances], ended, outside: scanned.outside });
  return agentReplySchema.parse(reply);
}

const endLine = /^[\s*_#=-]{0,10}END OF REPLY[\s*_#=.-]{0,10}$/i;

function isEndLine(line: OutsideLine): boolean {
  return endLine.test(line.text);
}

function malformed(rejections: readonly Rejection[], tolerances: readonly string[]): AgentReply {
  return { kind: 'malformed', rejections: [...rejections], tolerances: [...tolerances] };
}

interface ReadEdits {
  readonly edits: readonly Edit[];
  readonly rejections: readonly Rejection[];
  readonly tolerances: readonly string[];
}

function readEdits(blocks: readonly RawBlock[]): ReadEdits {
  const edits: Edit[] = [];
  const rejections: Rejection[] = [];
  const tolerances: string[] = [];
  const seen = new Set<string>();
  for (const block of blocks) {
    const spelled = spellPath(block.path);
    tolerances.push(...spelled.tolerances);
    const elision = findElision(block.kind === 'SEARCH' ? block.replacement : block.body, block.kind === 'SEARCH' ? block.body : []);
    if (elision !== undefined) {
      const because = `"${elision}" stands for code that was left out; write all of it, or quote a smaller part of the file`;
      rejections.push({ kind: 'malformed', edit: block.position, path: spelled.path, because });
      continue;
    }
    const made = editOf(block, spelled.path);
    if ('because' in made) {
      rejections.push({ kind: 'malformed', edit: block.position, path: spelled.path, because: made.because });
      continue;
    }
    const key = JSON.stringify(made.edit);
    tolerances.push(...made.tolerances, ...(seen.has(key) ? ['repeated-block'] : []));
    if (!seen.has(key)) edits.push(made.edit);
    seen.add(key);
  }
  return { edits, rejections, tolerances };
}

type MadeEdit = { readonly edit: Edit; readonly tolerances: readonly string[] } | { readonly because: string };

function editOf(block: RawBlock, path: string): MadeEdit {
  switch (block.kind) {
    case 'SEARCH': {
      const parts = unfencedParts(block);
      // An empty search cannot mean any place in a file that exists; `create` refuses to overwrite one.
      return parts.body.length === 0
        ? { edit: { kind: 'create', path, text: textOf(parts.replacement) }, tolerances: ['empty-search', ...parts.tolerances] }
        : { edit: { kind: 'replace', path, find: textOf(parts.body), with: textOf(parts.replacement) }, tolerances: parts.tolerances };
    }
    case 'CREATE': {
      const parts = unfencedParts(block);
      return { edit: { kind: 'create', path, text: textOf(parts.body) }, tolerances: parts.tolerances };
    }
    case 'DELETE':
      return block.body.every((line) => line.trim() === '') ? { edit: { kind: 'delete', path }, tolerances: [] } : { because: 'a DELETE block must be empty' };
    case 'RENAME':
      return renameOf(block, path);
  }
}

function renameOf(block: RawBlock, path: string): MadeEdit {
  const [line, ...more] = block.body.filter((each) => each.trim() !== '');
  const target = line === undefined || more.length > 0 ? undefined : pathOnLine(line, true);
  if (target === undefined) return { because: 'a RENAME block must hold one line, the new path' };
  const spelled = spellPath(target);
  return { edit: { kind: 'rename', path, to: spelled.path }, tolerances: spelled.tolerances };
}

const fence = /^(?:`{3,}|~{3,})[^`]*$/;
const closingFence = /^(?:`{3,}|~{3,})$/;

/**
 * Without a fence around the markers, one around each text inside them is the reply's own and goes. Not for Markdown,
 * where it may be the text itself.
 */
function unfencedParts(block: RawBlock): { readonly body: readonly string[]; readonly replacement: readonly string[]; readonly tolerances: readonly string[] } {
  const parts = [block.body, block.replacement].filter((part) => part.some((line) => line.trim() !== ''));
  const wrapped = parts.every((part) => fence.test((part[0] ?? '').trim()) && part.length > 1 && closingFence.test((part[part.length - 1] ?? '').trim()));
  if (block.fenced || parts.length === 0 || !wrapped || /\.(md|mdx|markdown)$/i.test(block.path)) {
    return { body: block.body, replacement: block.replacement, tolerances: [] };
  }
  const inner = (part: readonly string[]) => (parts.includes(part) ? part.slice(1, -1) : part);
  return { body: inner(block.body), replacement: inner(block.replacement), tolerances: ['fence-inside-block'] };
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

interface Decision {
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
function decide(decision: Decision): AgentReply {
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

/** Formats that models fall back to are named, because "no block" alone would bring the same reply again. */
function nothingUsable(outside: readonly OutsideLine[]): string {
  const texts = outside.map((line) => line.text);
  if (texts.every((text) => text.trim() === '')) return 'the reply is empty';
  if (texts.some((text) => /^@@ .*@@/.test(text)) || outside.some((line) => line.info === 'diff')) return 'the reply is a unified diff; write SEARCH/REPLACE blocks instead';
  if (/^\s*[{[]/.test(texts.find((text) => text.trim() !== '') ?? '')) return 'the reply is JSON; write a header and SEARCH/REPLACE blocks instead';
  if (texts.some((text) => text.startsWith('*** Begin Patch'))) return 'the reply is a patch in another format; write SEARCH/REPLACE blocks instead';
  if (outside.some((line) => line.info !== undefined && (line.info === '' || !looksLikePath(line.info, false)))) return 'the reply shows code without SEARCH, CREATE, DELETE or RENAME markers, so it is not clear what should change';
  return 'the reply holds no block and no status line';
}
