const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Four characters (24 bits of FNV-1a): a file of 2,000 pairs meets a wrong one once in 8,000 look-ups. */
export function hashBigram(first: string, second: string): string {
  let hash = 0x811c9dc5;
  for (const text of [first, ' ', second]) {
    for (let position = 0; position < text.length; position += 1) {
      hash = Math.imul(hash ^ text.charCodeAt(position), 0x01000193);
    }
  }
  hash = (hash ^ (hash >>> 24)) & 0xffffff;
  return [18, 12, 6, 0].map((shift) => alphabet[(hash >>> shift) & 63]).join('');
}

/** Binary search in the sorted units of four. */
export function hasBigram(bigrams: string, unit: string): boolean {
  let low = 0;
  let high = bigrams.length / 4;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = bigrams.slice(middle * 4, middle * 4 + 4);
    if (found === unit) return true;
    if (found < unit) low = middle + 1;
    else high = middle;
  }
  return false;
}
