import { canonicalJson, sha256, type AgentContextPacket, type FileTexts, type PacketFile, type PacketNote, type RankedFile } from '../model';
import { linesOf } from '../syntax/source-lines';
import { matchesGlobs } from '../patch/matches-globs';
import { assembleFiles } from './assemble-files';
import { chooseNotes } from './choose-notes';
import { clipInterfaces, type InterfacesPage } from './clip-interfaces';
import { countTokens } from './count-tokens';
import { fillBudget, type ChosenFile } from './fill-budget';
import { indexFile, type FileIndex } from './index-file';
import { listItems } from './list-items';
import { nearFiles } from './near-files';
import { listOmitted } from './list-omitted';
import { outlineEntries } from './outline-entries';
import type { PacketItem, ReadableFile, ReadableFiles } from './packet-item';
import { readGoal, type GoalQuery } from './read-goal';
import { chunkScorer } from './score-chunks';
import { selectFiles, type Selection, type SelectionInput } from './select-files';

export interface PacketInput extends SelectionInput {
  /** Texts of `chooseCandidates`' paths; files with secrets are not among them. */
  readonly texts: FileTexts;
  /** Path → git blob id. */
  readonly blobs: ReadonlyMap<string, string>;
  readonly interfaces: readonly InterfacesPage[];
  /** Text of CONVENTIONS.md. */
  readonly conventions: string;
  readonly evidence: readonly PacketNote[];
  readonly withheld: readonly { readonly path: string; readonly secrets: number }[];
}

/** Kept back from the slices, as shares of the budget: names of what is near cost little and save a round. */
const outlineShare = 0.05;
const interfacesShare = 0.08;

/**
 * Everything one model call sees. Same input, same bytes: no clock, no locale, no dependence on the order of maps.
 * Texts have LF line ends. `tokens.repository` never exceeds the task's budget, `tokens.other` never the policy's.
 */
export function buildPacket(input: PacketInput): AgentContextPacket {
  const selection = selectFiles(input);
  const files = readableFiles(input);
  const query = readGoal(input.goal);
  const items = listItems({
    selection: withTexts(selection, files), files, scoreChunks: chunkScorer(selection.corpus, query),
    inLease: (path) => matchesGlobs(path, input.task.mayTouch), writesTests: input.task.agent === 'test',
  });
  const repository = fillRepository(input, selection, files, items, query);
  const shown = textsByPath(repository.files);
  const notes = chooseNotes({
    policy: input.policy, agent: input.task.agent, indexes: input.indexes, shown, conventions: input.conventions, evidence: input.evidence,
  });
  const packet = {
    task: input.task, files: repository.files, omitted: listOmitted(input, selection, shown), interfaces: repository.interfaces,
    conventions: notes.conventions, constraints: notes.constraints, evidence: notes.evidence,
    withheld: [...input.withheld].sort((a, b) => (a.path < b.path ? -1 : 1)),
    tokens: { repository: repository.tokens, other: notes.tokens },
  };
  return { ...packet, hash: sha256(canonicalJson(packet)) };
}

/** Lines and index of each text; an index that is missing or was made of other lines is made anew. */
function readableFiles({ texts, indexes }: PacketInput): ReadableFiles {
  const files = new Map<string, ReadableFile>();
  for (const path of [...texts.keys()].sort()) {
    const text = texts.get(path) ?? '';
    const lines = linesOf(text);
    const known = indexes.get(path);
    const index: FileIndex = known !== undefined && known.lines === lines.length ? known : indexFile(path, text);
    files.set(path, { path, lines, index });
  }
  return files;
}

/** What is not indexed (a document, a script) can still be asked for by its exact path. */
function withTexts(selection: Selection, files: ReadableFiles): Selection {
  const readable = selection.unknown.filter(({ path }) => files.has(path));
  return { ...selection, requested: [...selection.requested, ...readable] };
}

interface RepositoryPart {
  readonly files: readonly PacketFile[];
  readonly interfaces: readonly InterfacesPage[];
  readonly tokens: number;
}

function fillRepository(input: PacketInput, selection: Selection, files: ReadableFiles, items: readonly PacketItem[], query: GoalQuery): RepositoryPart {
  const budget = input.task.budget.contextTokens;
  const pages = input.interfaces.reduce((total, { text }) => total + countTokens(text), 0);
  const reserved = Math.floor(outlineShare * budget) + Math.min(pages, Math.floor(interfacesShare * budget));
  const slices = assembleWithin(items, files, input.blobs, Math.max(0, budget - reserved));
  const used = sumTokens(slices);
  const outlines = outlineEntries(unseenOf(selection, slices), files, input.blobs, Math.floor(outlineShare * budget));
  const interfaces = clipInterfaces({
    pages: input.interfaces, words: new Set(query.words.keys()), near: nearFiles(input, selection.corpus, slices),
    shown: new Set([...slices, ...outlines].filter(({ mode }) => mode !== 'slice').map(({ path }) => path)), tokens: budget - used - sumTokens(outlines),
  });
  const pageTokens = interfaces.reduce((total, { text }) => total + countTokens(text), 0);
  return { files: [...slices, ...outlines], interfaces, tokens: used + sumTokens(outlines) + pageTokens };
}

/** What comes as an outline at most, best first. What the shown files use and the goal names says more than what only ranks low. */
function unseenOf({ sources, named, further }: Selection, slices: readonly PacketFile[]): readonly Pick<RankedFile, 'path' | 'because'>[] {
  const used = named.map(({ path, because }) => ({ path, because: [because] }));
  const all = [...sources, ...used, ...further.filter(({ path }) => used.every((file) => file.path !== path))];
  return all.filter(({ path }) => slices.every((file) => file.path !== path));
}

/** Tokens across line ends can merge to more than their parts; the exact count of the joined texts has the last word. */
function assembleWithin(items: readonly PacketItem[], files: ReadableFiles, blobs: ReadonlyMap<string, string>, budget: number): readonly PacketFile[] {
  let target = budget;
  for (;;) {
    const chosen: readonly ChosenFile[] = fillBudget(items, files, target);
    const assembled = assembleFiles(chosen, blobs);
    const excess = sumTokens(assembled) - budget;
    if (excess <= 0) return assembled;
    target -= excess;
  }
}

function sumTokens(files: readonly PacketFile[]): number {
  return files.reduce((total, { tokens }) => total + tokens, 0);
}

function textsByPath(files: readonly PacketFile[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { path, text } of files) texts.set(path, `${texts.get(path) ?? ''}${text}\n`);
  return texts;
}
