import * as z from './zod';

/** The lists that a ranking is fused from, in the order in which they are fused. */
export const rankingLists = ['text', 'chunks', 'pairs', 'fileName', 'imports', 'similarCommits', 'commitMessages', 'recency'] as const;
export type RankingList = (typeof rankingLists)[number];

/** Above it one list would outvote all others together. */
export const mostWeight = 4;
const weight = (what: string) => z.number().min(0).max(mostWeight).default(1).describe(what);

/** Multiplies the built-in weight of each list: 1 is as built, 0 leaves the list out. */
export const rankingWeightsSchema = z
  .strictObject({
    text: weight('Words of the goal anywhere in the file, by field.'),
    chunks: weight("Words of the goal close together: the file's best functions and blocks."),
    pairs: weight('Words that stand next to each other in the goal and in the file.'),
    fileName: weight("Words of the file's name that the goal holds."),
    imports: weight('Files that import files that match, or are imported by them.'),
    similarCommits: weight('Files of past commits that are like the goal.'),
    commitMessages: weight('Words of the goal in the messages of commits that touched the file.'),
    recency: weight('How lately the file was changed.'),
  } satisfies Record<RankingList, ReturnType<typeof weight>>)
  .readonly();
export type RankingWeights = z.infer<typeof rankingWeightsSchema>;
