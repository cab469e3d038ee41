import { mostOrdered } from '../context-hub/apply-order';
import type { FileIndex } from '../context-hub/index-file';
import { sketchFiles } from '../context-hub/sketch-files';
import type { Io, TreeEntry } from '../io/ports';
import type { FileTexts, ModelOrder, OrchestrationGoal, RankedFile } from '../model';
import { isSecretPath } from '../patch/is-secret-path';
import { parseOrder } from '../specialists/planning/parse-order';
import { renderOrderPrompt } from '../specialists/planning/render-order-prompt';
import { askPlanning, type PlanningQuestion, type PlanningReply, type PlanningWorld } from './ask-planning';
import { cutSecrets } from './cut-secrets';

export interface OrderWorld extends PlanningWorld {
  readonly repository: Pick<Io['repository'], 'readBlobTexts'>;
}

export interface OrderQuestion extends Pick<PlanningQuestion, 'goalId' | 'taskId' | 'round' | 'base'> {
  readonly goal: OrchestrationGoal;
  readonly tree: ReadonlyMap<string, TreeEntry>;
  readonly indexes: ReadonlyMap<string, FileIndex>;
  readonly ranked: readonly RankedFile[];
}

export type OrderAnswer = { readonly kind: 'ordered'; readonly order: ModelOrder; readonly prompt: string } | (Extract<PlanningReply, { kind: 'pending' }> & { readonly prompt: string });

/** One request: a model's order of the best ranked files. A reply that cannot be used is an order of none, which leaves the ranking as it is. */
export async function orderByModel(world: OrderWorld, question: OrderQuestion): Promise<OrderAnswer> {
  const shown = question.ranked.slice(0, mostOrdered);
  const prompt = renderOrderPrompt(question.goal, sketchFiles({ ...question, ranked: shown, texts: await textsOf(world, question.tree, shown) }));
  const reply = await askPlanning(world, { ...question, prompt });
  if (reply.kind === 'pending') return { ...reply, prompt };
  const { model, promptHash } = reply;
  const read = reply.kind === 'unusable' ? { files: [], dropped: 0, unused: reply.because } : parseOrder(reply.text, { paths: shown.map(({ path }) => path), numbers: reply.samePrompt });
  sayWhatCame(world, question.taskId, read, shown.length);
  return { kind: 'ordered', order: { model, promptHash, ...read }, prompt };
}

function sayWhatCame({ progress }: OrderWorld, taskId: string, { files, dropped, unused }: Pick<ModelOrder, 'files' | 'dropped' | 'unused'>, shown: number): void {
  const passed = dropped === 0 ? '' : ` ${dropped} line${dropped === 1 ? '' : 's'} of the reply named none of the files that were shown.`;
  if (unused !== undefined) progress.note(`${taskId}: the reply was not used, so the hub's ranking stays: ${unused}.${passed}`);
  else if (dropped > 0) progress.note(`${taskId}: ${files.length} of ${shown} files were put in order.${passed}`);
}

/** As packets show them: what holds keys by custom is not read, secrets are cut out, and where they cannot be, only the path is told. */
async function textsOf({ repository, secrets }: OrderWorld, tree: OrderQuestion['tree'], shown: readonly RankedFile[]): Promise<FileTexts> {
  const blobs = shown.flatMap(({ path }) => (isSecretPath(path) || !tree.has(path) ? [] : [[path, tree.get(path)?.blob ?? ''] as const]));
  const texts = await repository.readBlobTexts(new Map(blobs));
  return cutSecrets(secrets, texts, await secrets.scan(texts));
}
