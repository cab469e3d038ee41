import { chooseCandidates } from '../context-hub/choose-candidates';
import { type FileIndex, indexFile } from '../context-hub/index-file';
import { outlineFile } from '../context-hub/outline-file';
import { rankAfterTest } from '../context-hub/rank-after-test';
import { renderInterfaces, renderOtherFiles } from '../context-hub/render-interfaces';
import { connectedProjects } from '../graph/connected-projects';
import { ownerOfFile } from '../graph/owner-of-file';
import { gitBlobId } from '../model/canonical-json';
import type { FileTexts, RankedFile, Task } from '../model';
import { globMatcher, matchesGlobs } from '../patch/matches-globs';
import type { AskContext } from './ask-task';
import type { Conversation } from './conversation';
import { cutSecrets } from './cut-secrets';
import { loadOutlines } from './load-outlines';
import type { WaveView } from './wave-view';
import { writtenTests } from './written-tests';

export interface GatheredSources {
  /** Of the survey's ranking, what could have to do with the task at all. */
  readonly ranked: readonly RankedFile[];
  /** What the specialist asked for, after the tests it has to satisfy. */
  readonly requested: Conversation['requested'];
  readonly texts: FileTexts;
  readonly blobs: ReadonlyMap<string, string>;
  readonly indexes: ReadonlyMap<string, FileIndex>;
  readonly interfaces: readonly { readonly project: string; readonly text: string }[];
  readonly withheld: readonly { readonly path: string; readonly secrets: number }[];
}

/**
 * Reads what one packet may show, as the wave stands: texts of the candidates (never more), outlines of the task's
 * projects, and whatever the secret scanner does not hold back.
 */
export async function gatherSources(context: AskContext, task: Task, view: WaveView, conversation: Conversation): Promise<GatheredSources> {
  const { io, survey, policy } = context;
  const isNear = nearTo(context, task);
  // Whoever writes the test has it in the conversation already.
  const tests = task.agent === 'test' ? [] : await writtenTests(context, view, task.budget.contextTokens);
  const requested = [...tests, ...conversation.requested];
  const changed = [...view.changed].map(([path, text]) => [path, indexFile(path, text)] as const);
  const indexes = new Map([...(await survey.indexes()), ...changed].filter(([path, { aliases }]) => (isNear(path) || aliases.length > 0) && !view.deleted.has(path)));
  const isTest = (path: string): boolean => matchesGlobs(path, [...policy.tests, ...policy.testSupport]);
  const ranked = rankAfterTest(survey.ranked.filter((file) => isNear(file.path)), indexes, [...new Set(tests.map(({ path }) => path))], isTest);
  const wanted = chooseCandidates({ task, goal: survey.sought, policy, ranked, indexes, requested, irrelevant: conversation.irrelevant });
  const texts = await view.read(wanted);
  const secrets = await io.secrets.scan(texts);
  const shown = await cutSecrets(io.secrets, texts, secrets);
  return {
    ranked,
    requested,
    texts: shown,
    blobs: new Map([...shown].map(([path, text]) => [path, view.changed.has(path) ? gitBlobId(text) : (survey.tree.get(path)?.blob ?? gitBlobId(text))])),
    // Routes and mounts of an index are quoted as reasons: of a text with a secret cut out, the index is made of what is left.
    indexes: new Map([...indexes, ...[...shown].flatMap(([path, text]) => (secrets.has(path) && indexes.has(path) ? [[path, indexFile(path, text)] as const] : []))]),
    interfaces: await interfacesOf(context, task, view, indexes),
    withheld: [...secrets].filter(([path]) => !shown.has(path)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, count]) => ({ path, secrets: count })),
  };
}

/**
 * A project that no edge connects with the task's cannot hold its cause: its files are noise in the packet, and every
 * change to them would be another prompt. A file of no project (a root script) stays.
 */
function nearTo(context: AskContext, task: Task): (path: string) => boolean {
  const near = new Set(connectedProjects(context.survey.graph, task.projects));
  return (path) => {
    const owner = ownerOfFile(context.survey.graph, path);
    return owner === undefined || near.has(owner);
  };
}

async function interfacesOf(
  context: AskContext, task: Task, view: WaveView, indexes: ReadonlyMap<string, FileIndex>,
): Promise<readonly { readonly project: string; readonly text: string }[]> {
  const direct = context.survey.graph.edges.filter((edge) => task.projects.includes(edge.from)).map((edge) => edge.to);
  const names = [...new Set([...task.projects, ...direct])].sort();
  const mayTouch = globMatcher(task.mayTouch);
  return Promise.all(
    names.map(async (name) => {
      const root = context.survey.graph.projects.find((project) => project.name === name)?.root ?? '.';
      // What a test requests is no route, and what it declares nobody imports.
      const paths = [...indexes.keys()].filter((path) => (root === '.' || path.startsWith(`${root}/`)) && !matchesGlobs(path, context.policy.tests)).sort();
      const edited = new Map(paths.flatMap((path) => (view.changed.has(path) ? [[path, outlineFile(path, view.changed.get(path) ?? '')] as const] : [])));
      const others = await loadOutlines(context.io, new Map(paths.filter((path) => !edited.has(path)).map((path) => [path, context.survey.tree.get(path)?.blob ?? ''])));
      // An outline shows the values of constants, so it needs the scanner as much as the files do.
      const outlines = [...others.values(), ...edited.values()];
      const editable = outlines.filter(({ path }) => mayTouch(path) && !matchesGlobs(path, context.policy.testSupport));
      const { text } = await context.io.secrets.redact(`${renderInterfaces(name, outlines)}\n${renderOtherFiles(editable)}`);
      return { project: name, text };
    }),
  );
}
