import type { Io, WaveRecords } from '../io/ports';
import { sha256 } from '../model/canonical-json';

export interface PlanningQuestion {
  readonly goalId: string;
  /** Never begins with `w<number>-`, as tasks do, whatever a workspace calls its specialists. */
  readonly taskId: `rank-w${number}` | `plan-w${number}`;
  readonly round: number;
  readonly prompt: string;
  /** Commit that the question is about. */
  readonly base: string;
}

export type PlanningReply =
  | { readonly kind: 'pending'; readonly taskId: string; readonly promptPath: string; readonly replyPath: string }
  /** Secrets taken out. `samePrompt`: it answers this very prompt and not an older one. */
  | { readonly kind: 'reply'; readonly text: string; readonly model: string; readonly promptHash: string; readonly samePrompt: boolean }
  /** Something came that must not be read. */
  | { readonly kind: 'unusable'; readonly because: string; readonly model: string; readonly promptHash: string };

export interface PlanningWorld extends Pick<Io, 'model' | 'secrets' | 'progress'> {
  readonly records: Pick<WaveRecords, 'writePrompt' | 'writeReply'>;
}

/** Above any answer to a question about a plan, and too much to look for secrets in. Characters. */
const longestReply = 200_000;
const longestReason = 500;

/**
 * Asks the model one question about a plan: the same provider, budgets, recordings and kept replies as a specialist's task, and no repair round,
 * because the hub has an answer of its own. What is sent and what is read has every secret taken out.
 */
export async function askPlanning(world: PlanningWorld, question: PlanningQuestion): Promise<PlanningReply> {
  const { goalId, taskId, round, base } = question;
  const prompt = (await world.secrets.redact(question.prompt)).text;
  await world.records.writePrompt(goalId, taskId, round, prompt);
  world.progress.step(`${taskId}: asking a model (${world.model.provider}, round ${round})`);
  // No files: the reply edits none, so one that was recorded on other versions of them is as good as its words.
  const reply = await world.model.ask({ goalId, taskId, round, prompt, files: {}, question: true, tree: { commit: base, changed: new Map(), deleted: [] } });
  if (reply.kind === 'pending') return { ...reply, taskId };
  if (reply.warning !== undefined) world.progress.note(reply.warning);
  const known = { model: reply.model, promptHash: sha256(prompt) };
  // It is kept in the plan, and may come from a recording, which is a file like any other.
  if (reply.unusable !== undefined) return { kind: 'unusable', because: (await world.secrets.redact(reply.unusable)).text.slice(0, longestReason), ...known };
  if (reply.text.length > longestReply) return { kind: 'unusable', because: `it is ${reply.text.length} characters long`, ...known };
  const { text } = await world.secrets.redact(reply.text);
  await world.records.writeReply(goalId, taskId, round, text);
  return { kind: 'reply', text, samePrompt: reply.otherPrompt !== true, ...known };
}
