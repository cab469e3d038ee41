import { chooseCandidates } from '../context-hub/choose-candidates';
import { type FileIndex, indexFile } from '../context-hub/index-file';
import { outlineFile } from '../context-hub/outline-file';
import { renderInterfaces } from '../context-hub/render-interfaces';
import { gitBlobId } from '../model/canonical-json';
import type { FileTexts, Task } from '../model';
import type { AskContext } from './ask-task';
import type { Conversation } from './conversation';
import type { WaveView } from './wave-view';

export interface GatheredSources {
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
  const { io, survey, policy, goal } = context;
  const indexes = new Map([...survey.indexes, ...[...view.changed].map(([path, text]) => [path, indexFile(path, text)] as const)]);
  for (const path of view.deleted) {
    indexes.delete(path);
  }
  const wanted = chooseCandidates({ task, goal, policy, ranked: survey.ranked, indexes, requested: conversation.requested, irrelevant: conversation.irrelevant });
  const texts = await view.read(wanted);
  const secrets = await io.secrets.scan(texts);
  const shown = new Map([...texts].filter(([path]) => !secrets.has(path)));
  return {
    texts: shown,
    blobs: new Map([...shown].map(([path, text]) => [path, view.changed.has(path) ? gitBlobId(text) : (survey.tree.get(path)?.blob ?? gitBlobId(text))])),
    indexes,
    interfaces: await interfacesOf(context, task, view, indexes),
    withheld: [...secrets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, count]) => ({ path, secrets: count })),
  };
}

async function interfacesOf(
  context: AskContext, task: Task, view: WaveView, indexes: ReadonlyMap<string, FileIndex>,
): Promise<readonly { readonly project: string; readonly text: string }[]> {
  const direct = context.survey.graph.edges.filter((edge) => task.projects.includes(edge.from)).map((edge) => edge.to);
  const names = [...new Set([...task.projects, ...direct])].sort();
  return Promise.all(
    names.map(async (name) => {
      const root = context.survey.graph.projects.find((project) => project.name === name)?.root ?? '.';
      const paths = [...indexes.keys()].filter((path) => root === '.' || path.startsWith(`${root}/`)).sort();
      const texts = await view.read(paths);
      return { project: name, text: renderInterfaces(name, [...texts].map(([path, text]) => outlineFile(path, text))) };
    }),
  );
}
