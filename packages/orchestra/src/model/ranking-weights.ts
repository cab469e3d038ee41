import { z } from 'zod';

/** The lists that a ranking is fused from, in the order in which they are fused. */
export const rankingLists = ['text', 'chunks', 'pairs', 'fileName', 'imports', 'similarCommits', 'commitMessages', 'recency'] as const;
export type RankingList = (typeof rankingLists)[number];

/** Above it one list would outvote all others together. */
export const mostWeight = 4;
const weightSchema = z.number().min(0).max(mostWeight).default(1);

/** Multiplies the built-in weight of each list: 1 is as built, 0 leaves the list out. */
export const rankingWeightsSchema = z
  .strictObject({
    text: weightSchema, chunks: weightSchema, pairs: weightSchema, fileName: weightSchema,
    imports: weightSchema, similarCommits: weightSchema, commitMessages: weightSchema, recency: weightSchema,
  } satisfies Record<RankingList, typeof weightSchema>)
  .readonly();
export type RankingWeights = z.infer<typeof rankingWeightsSchema>;
