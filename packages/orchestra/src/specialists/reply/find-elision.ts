const commentMark = /^(?:\/\/+|#+|--|\/\*+|<!--|\{\s?\/\*+|\*)\s*/;
const ellipsis = /^(?:\.{3}|…)/;
const bareEllipsis = /^(?:\.{3}|…)$/;
const wordsForRest = /\b(?:rest|remaining|existing|unchanged|same|previous|omitted|other|code|before|above|more)\b/i;
const restStays = /^(?:the )?(?:rest of|remaining|existing) .{0,60}\b(?:unchanged|same|as before|stays?|remains?|here|omitted)\b/i;

/**
 * A line of the new text that stands for code left out (`// ... existing code ...`). Written to a file it would delete
 * that code, so a reply with one is never applied. Lines that the old text has as well are the file's own.
 */
export function findElision(written: readonly string[], old: readonly string[]): string | undefined {
  const known = new Set(old.map((line) => line.trim()));
  return written.map((line) => line.trim()).find((line) => line.length < 200 && !known.has(line) && isElision(line));
}

function isElision(line: string): boolean {
  if (bareEllipsis.test(line)) return true;
  const mark = commentMark.exec(line)?.[0];
  if (mark === undefined) return false;
  const text = line.slice(mark.length);
  return (ellipsis.test(text) && (bareEllipsis.test(text.replace(/[\s*/}>-]+$/, '')) || wordsForRest.test(text))) || restStays.test(text);
}
