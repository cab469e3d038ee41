/**
 * Embeddings, overrides and isolates: with them a line is shown in another order than it is compiled in (CVE-2021-42574,
 * "Trojan Source"). The plain marks of right-to-left text (U+200E, U+200F, U+061C) reorder no code and are left out.
 */
const directionMarks = /[\u202a-\u202e\u2066-\u2069]/g;

/** How many of them a text holds. */
export function countDirectionMarks(text: string): number {
  return text.match(directionMarks)?.length ?? 0;
}
