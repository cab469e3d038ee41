import type { OrchestrationGoal, Policy, RankedFile, Reason, Task } from '../model';
import { globMatcher, matchesGlobs } from '../patch/matches-globs';
import { buildCorpus, type Corpus } from './corpus';
import type { FileIndex } from './file-index';
import { importersOf, importGraph, type ImportGraph } from './import-graph';
import { mountersOf } from './mount-table';
import { matchPath } from './match-path';
import { findTests } from './find-tests';
import { namedCallees } from './named-callees';

/** What a specialist asked to see; shown before anything else, and as asked. */
export interface RequestedText {
  readonly path: string;
  readonly symbol?: string | undefined;
  readonly range?: readonly [number, number] | undefined;
  readonly because: readonly Reason[];
}

export interface SelectionInput {
  readonly task: Task;
  readonly goal: OrchestrationGoal;
  readonly policy: Policy;
  readonly ranked: readonly RankedFile[];
  readonly indexes: ReadonlyMap<string, FileIndex>;
  readonly requested: readonly RequestedText[];
  /** Paths a reply called irrelevant; left out unless asked for. */
  readonly irrelevant: readonly string[];
}

/** A file beside the ranked ones, and why it is looked at. */
export interface RelatedFile {
  readonly path: string;
  readonly because: Reason;
  /** The ranked file it belongs to. */
  readonly of: string;
  /** 0 to 1: how close. */
  readonly closeness: number;
  /** Names that connect the two, for callers and callees. */
  readonly names?: readonly string[];
}

export interface Selection {
  readonly corpus: Corpus;
  readonly requested: readonly RequestedText[];
  /** Asked for and not there. */
  readonly unknown: readonly RequestedText[];
  /** Shown as whole files or slices, best first. */
  readonly sources: readonly RankedFile[];
  /** Shown as outlines at most. */
  readonly further: readonly RankedFile[];
  readonly tests: readonly RelatedFile[];
  readonly support: readonly RelatedFile[];
  readonly callees: readonly RelatedFile[];
  /** Used by the sources, and named by the goal in part. */
  readonly named: readonly RelatedFile[];
  readonly callers: readonly RelatedFile[];
  readonly mounts: readonly RelatedFile[];
  readonly migrations: readonly RelatedFile[];
}

/** Source: field/localization "Packing": slices from the top 12, outlines of 15 more. */
const most = { sources: 12, further: 15, callees: 16, callers: 8, migrations: 4, support: 6 } as const;

/** Decides from the index alone which files a packet may show; `chooseCandidates` and `buildPacket` agree by calling it. */
export function selectFiles(input: SelectionInput): Selection {
  const corpus = buildCorpus(input.indexes);
  const asked = input.requested.map((request) => ({ request, path: resolveRequest(corpus, request.path) }));
  const requested = asked.flatMap(({ request, path }) => (path === undefined ? [] : [{ ...request, path }]));
  const wanted = new Set(requested.map(({ path }) => path));
  // What a reply calls irrelevant is not replaced by what ranks lower: the room is for what the reply asks for.
  const relevant = ({ path }: Pick<RankedFile, 'path'>): boolean => wanted.has(path) || !input.irrelevant.includes(path);
  const sources = withWholeLease(input, corpus, input.ranked.slice(0, most.sources).filter(relevant));
  const further = mayEditFirst(input.task, input.ranked.slice(most.sources).filter((file) => !sources.includes(file))).slice(0, most.further);
  const tests = findTests(input.indexes, input.policy, sources).filter(relevant);
  return {
    corpus, requested, sources, tests,
    unknown: asked.filter(({ path }) => path === undefined).map(({ request }) => request),
    further: further.filter(relevant),
    support: supportOf(input, tests).filter(relevant),
    callees: calleesOf(input, sources).filter(relevant),
    named: namedCallees(corpus, input.goal, sources).filter((file) => !isTest(input.policy, file.path) && relevant(file)),
    callers: callersOf(input, sources).filter(relevant),
    mounts: mountsOf(input, sources).filter(relevant),
    migrations: migrationsOf(input, sources).filter(relevant),
  };
}

/** What may be edited before what may only be read: an outline is asked for to be edited. */
function mayEditFirst({ mayTouch }: Task, files: readonly RankedFile[]): readonly RankedFile[] {
  const inLease = globMatcher(mayTouch);
  return [...files.filter(({ path }) => inLease(path)), ...files.filter(({ path }) => !inLease(path))];
}

/**
 * With all of a lease of no more files than the task may change, whatever the goal says of them: a compose file shares no word with the log of the container that
 * it starts wrongly. What is ranked keeps its place; the rest comes after the best, with the best one's score.
 */
function withWholeLease({ task, policy, irrelevant, ranked }: SelectionInput, { documents }: Corpus, sources: readonly RankedFile[]): readonly RankedFile[] {
  const inLease = globMatcher(task.mayTouch);
  const own: string[] = [];
  for (const { path } of documents) {
    if (!inLease(path) || isTest(policy, path) || irrelevant.includes(path)) continue;
    own.push(path);
    if (own.length > task.budget.files) return sources;
  }
  const score = sources[0]?.score ?? 1;
  const because: readonly Reason[] = [{ kind: 'specialist-domain', detail: 'one of the few files that the task may change' }];
  const more = own.filter((path) => sources.every((file) => file.path !== path));
  return [...sources, ...more.map((path) => ranked.find((file) => file.path === path) ?? { path, score, because })];
}

/** A model writes paths from memory: `./src/a.ts`, a missing extension, only the file's name. */
function resolveRequest(corpus: Corpus, path: string): string | undefined {
  const clean = path.trim().replace(/^(?:\.?\/)+/, '');
  if (corpus.files.has(clean)) return clean;
  const found = matchPath(corpus.stems, clean);
  return found.length === 1 ? found[0] : undefined;
}

function isTest(policy: Policy, path: string): boolean {
  return matchesGlobs(path, [...policy.tests, ...policy.testSupport]);
}

function supportOf({ indexes, policy }: SelectionInput, tests: readonly RelatedFile[]): readonly RelatedFile[] {
  const graph = importGraph(indexes);
  return firstOfEach(
    tests.flatMap(({ path: test, of, closeness }) =>
      (graph.get(test) ?? []).filter(({ to }) => isTest(policy, to)).map(({ to }) => ({
        path: to, of, closeness, because: { kind: 'import' as const, detail: `test support imported by ${test}` },
      })),
    ),
  ).slice(0, most.support);
}

/** What the top files import: where a slice's calls lead, through barrels to the file that defines the name. */
function calleesOf({ indexes, policy }: SelectionInput, sources: readonly RankedFile[]): readonly RelatedFile[] {
  const graph = importGraph(indexes);
  return mergeNames(
    sources.slice(0, 4).flatMap(({ path }, rank) =>
      (graph.get(path) ?? []).flatMap(({ to, names }) => names.map((name) => ({
        path: definingFile(indexes, graph, to, name), of: path, names: [name], closeness: 1 / (1 + rank),
        because: { kind: 'callee' as const, detail: `${path} imports from it` },
      }))),
    ).filter(({ path }) => !isTest(policy, path)),
  ).slice(0, most.callees);
}

function definingFile(indexes: ReadonlyMap<string, FileIndex>, graph: ImportGraph, path: string, name: string): string {
  const defines = (one: string): boolean => indexes.get(one)?.definitions.some(([defined]) => defined === name) === true;
  if (defines(path)) return path;
  return graph.get(path)?.find(({ to }) => defines(to))?.to ?? path;
}

function callersOf({ indexes, policy }: SelectionInput, sources: readonly RankedFile[]): readonly RelatedFile[] {
  const importers = importersOf(importGraph(indexes));
  return mergeNames(
    sources.slice(0, 3).flatMap(({ path }, rank) =>
      (importers.get(path) ?? []).filter(({ to, names }) => names.length > 0 && !isTest(policy, to)).map(({ to, names }) => ({
        path: to, of: path, names, closeness: 1 / (1 + rank), because: { kind: 'caller' as const, detail: `imports from ${path}` },
      })),
    ),
  ).slice(0, most.callers);
}

/** One entry per pair of files. */
function mergeNames(files: readonly RelatedFile[]): readonly RelatedFile[] {
  const merged = new Map<string, RelatedFile>();
  for (const file of files) {
    const key = `${file.path}\n${file.of}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? file : { ...known, names: [...(known.names ?? []), ...(file.names ?? [])] });
  }
  return [...merged.values()];
}

function mountsOf({ indexes }: SelectionInput, sources: readonly RankedFile[]): readonly RelatedFile[] {
  return firstOfEach(
    sources.slice(0, 4).filter(({ path }) => (indexes.get(path)?.routes.length ?? 0) > 0).flatMap(({ path }, rank) =>
      mountersOf(indexes, path).map((mounter) => ({
        path: mounter, of: path, closeness: 1 / (1 + rank), because: { kind: 'mount' as const, detail: `mounts ${path}` },
      })),
    ),
  );
}

/** Migrations that create the tables of the top files. */
function migrationsOf({ indexes }: SelectionInput, sources: readonly RankedFile[]): readonly RelatedFile[] {
  const tables = new Map<string, string>();
  for (const { path } of sources.slice(0, 3)) {
    for (const [table] of indexes.get(path)?.tables ?? []) if (!tables.has(table)) tables.set(table, path);
  }
  const found = [...indexes].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, { schema }]) =>
    schema.filter(([table, , facts]) => facts.includes('c') && tables.has(table)).map(([table]) => ({
      path, of: tables.get(table) ?? '', closeness: 1, because: { kind: 'table' as const, detail: `creates ${table}, which ${tables.get(table) ?? ''} uses` },
    })),
  );
  return firstOfEach(found).slice(0, most.migrations);
}

function firstOfEach(files: readonly RelatedFile[]): readonly RelatedFile[] {
  return [...new Map([...files].reverse().map((file) => [file.path, file] as const)).values()].reverse();
}
