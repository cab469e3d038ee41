import type { PacketNote, Policy } from '../model';
import { matchesGlobs } from '../patch/matches-globs';
import { countTokens } from './count-tokens';
import type { FileIndex } from './file-index';
import { clipLines } from './outline-entries';

export interface NotesInput {
  readonly policy: Policy;
  readonly agent: string;
  readonly indexes: ReadonlyMap<string, FileIndex>;
  /** Path → the text the packet shows of it. */
  readonly shown: ReadonlyMap<string, string>;
  readonly conventions: string;
  readonly evidence: readonly PacketNote[];
}

export interface ChosenNotes {
  readonly conventions: readonly PacketNote[];
  readonly constraints: readonly PacketNote[];
  readonly evidence: readonly PacketNote[];
  readonly tokens: number;
}

/** Evidence before constraints before conventions: what was seen outranks what is always so. */
export function chooseNotes(input: NotesInput): ChosenNotes {
  const budget = input.policy.budgets.otherTokens;
  const constraints = fit(constraintsOf(input), budget);
  // The latest note is the one the next reply has to answer.
  const evidence = [...fit([...input.evidence].reverse(), budget - constraints.tokens)].reverse();
  const used = constraints.tokens + tokensOf(evidence);
  const conventions = fit(sectionsFor(input), budget - used);
  return { conventions: [...conventions], constraints: [...constraints], evidence, tokens: used + conventions.tokens };
}

function tokensOf(notes: readonly PacketNote[]): number {
  return notes.reduce((total, { title, text }) => total + countTokens(title) + countTokens(text), 0);
}

/** Notes while they fit; the one that does not is cut at a line and says so. */
function fit(notes: readonly PacketNote[], budget: number): Iterable<PacketNote> & { readonly tokens: number } {
  const kept: PacketNote[] = [];
  let left = budget;
  for (const note of notes) {
    const size = tokensOf([note]);
    const text = size <= left ? note.text : cut(note, left);
    if (text === undefined) continue;
    kept.push({ title: note.title, text });
    left -= tokensOf([{ title: note.title, text }]);
  }
  return { [Symbol.iterator]: () => kept[Symbol.iterator](), tokens: budget - left };
}

const cutMark = '\n… (cut: the budget for notes is spent)';
const worthShowing = 60;

function cut({ title, text }: PacketNote, left: number): string | undefined {
  const room = left - countTokens(title) - countTokens(cutMark) - 2;
  if (room < worthShowing) return undefined;
  const clipped = clipLines(text, room);
  return clipped === '' ? undefined : clipped + cutMark;
}

function constraintsOf(input: NotesInput): readonly PacketNote[] {
  return [...tenantConstraint(input), ...redisConstraint(input), ...governingDocuments(input)];
}

function tenantConstraint({ shown, indexes }: NotesInput): readonly PacketNote[] {
  const scoped = new Set<string>();
  for (const { schema } of indexes.values()) for (const [table, , facts] of schema) if (facts.includes('t')) scoped.add(table);
  const used = new Set([...shown.keys()].flatMap((path) => (indexes.get(path)?.tables ?? []).map(([table]) => table)));
  const tables = [...used].filter((table) => scoped.has(table)).sort();
  // Without migrations in the workspace the code itself is the only witness.
  const mentioned = scoped.size === 0 && used.size > 0 && [...shown.values()].some((text) => /\btenant_?id\b/i.test(text));
  if (tables.length === 0 && !mentioned) return [];
  const which = tables.length === 0 ? 'Tables used here carry tenant_id.' : `These tables carry tenant_id: ${tables.join(', ')}.`;
  return [{
    title: 'Tenant isolation',
    text:
      `${which} Every read and write of them is confined to the tenant that the server verified for the request, never to one ` +
      'that the client names; a condition on the id alone is a leak. Never widen, skip or make conditional a tenant filter or a policy.',
  }];
}

function redisConstraint({ shown }: NotesInput): readonly PacketNote[] {
  const touches = [...shown.values()].some((text) => /redis|\b(?:memoryClient|cacheManager|cacheClient)\b/i.test(text));
  if (!touches) return [];
  return [{
    title: 'Redis',
    text:
      'Two Redis instances with two roles: memory (ephemeral: presence, sessions, coordination) and cache (aggregates, responses). Do not move ' +
      'keys between them. Every cached key holds the tenant and has a TTL; a write that changes cached data invalidates it; no KEYS, no FLUSH.',
  }];
}

function governingDocuments({ policy, shown }: NotesInput): readonly PacketNote[] {
  const paths = [...shown.keys()];
  const governing = policy.canonicalDocs.filter(({ appliesTo }) => appliesTo !== undefined && paths.some((path) => matchesGlobs(path, appliesTo)));
  if (governing.length === 0) return [];
  return [{ title: 'Governing documents', text: governing.map(({ title, path }) => `- ${title}: ${path}`).join('\n') }];
}

/** A section of the conventions is about a topic when its heading says so; one without a topic is for everybody. */
const topics: readonly { readonly heading: RegExp; readonly applies: (input: NotesInput) => boolean }[] = [
  { heading: /redis|cache/i, applies: (input) => redisConstraint(input).length > 0 },
  { heading: /front-?end|react|component|\bui\b/i, applies: (input) => input.agent === 'frontend' || some(input, /\.[jt]sx$/) },
  { heading: /\bsql\b|migration|database|schema|supabase|postgres/i, applies: (input) => some(input, /\.sql$/) || usesTables(input) },
  { heading: /\btests?\b|testing/i, applies: (input) => input.agent === 'test' },
  { heading: /docker|infra|deploy|compose|\bci\b/i, applies: (input) => input.agent === 'infra' || some(input, /ya?ml$|Dockerfile/) },
  { heading: /back-?end|express|route|\bapi\b/i, applies: (input) => input.agent === 'backend' || routes(input) },
  { heading: /tenant|isolation|\brls\b/i, applies: (input) => tenantConstraint(input).length > 0 },
  { heading: /feature/i, applies: () => false },
];

function sectionsFor(input: NotesInput): readonly PacketNote[] {
  return splitSections(input.conventions).filter(({ title }) => {
    const about = topics.filter(({ heading }) => heading.test(title));
    return about.length === 0 || about.some(({ applies }) => applies(input));
  });
}

function some({ shown }: NotesInput, pattern: RegExp): boolean {
  return [...shown.keys()].some((path) => pattern.test(path));
}

function usesTables({ shown, indexes }: NotesInput): boolean {
  return [...shown.keys()].some((path) => (indexes.get(path)?.tables.length ?? 0) > 0);
}

function routes({ shown, indexes }: NotesInput): boolean {
  return [...shown.keys()].some((path) => (indexes.get(path)?.routes.length ?? 0) > 0);
}

/** By headings of the second level; what stands before the first is an introduction for people. */
function splitSections(markdown: string): readonly PacketNote[] {
  return markdown.replaceAll('\r\n', '\n').split(/^## /m).slice(1).map((section) => {
    const end = section.indexOf('\n');
    const title = (end === -1 ? section : section.slice(0, end)).trim();
    return { title, text: end === -1 ? '' : section.slice(end + 1).trim() };
  }).filter(({ text }) => text !== '');
}
