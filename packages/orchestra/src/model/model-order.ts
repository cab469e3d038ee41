import * as z from './zod';
import { list } from './list';

/** One of the best ranked files as the prompt of a re-ranking shows it. Single lines, secrets taken out. */
export interface RankingCandidate {
  readonly path: string;
  readonly because: readonly string[];
  /** What it declares and offers, and its lines that speak of the goal. */
  readonly lines: readonly string[];
}

/** A list of the best ranked files by a language model, as it is kept in the plan: the packets of the wave can be made again from it. */
export const modelOrderSchema = z
  .object({
    model: z.string(),
    /** sha256 of the prompt. */
    promptHash: z.string(),
    /** Best first, each one of the files that were shown. Empty: the hub's ranking stays. */
    files: list(z.object({ path: z.string(), why: z.string().optional() }).readonly()),
    /** Lines of the reply that name none of the files that were shown. */
    dropped: z.number().int(),
    /** Why the reply could not be used. */
    unused: z.string().optional(),
  })
  .readonly();
export type ModelOrder = z.infer<typeof modelOrderSchema>;
