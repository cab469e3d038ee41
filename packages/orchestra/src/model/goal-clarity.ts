/** How much of a goal one file has at most, whole and in its best chunks, added. */
export interface GoalClarity {
  /** In words of the greatest rarity. */
  readonly words: number;
  /** Of what the goal's words weigh together: a goal of two words may be as plain as one of fifty. */
  readonly share: number;
}
