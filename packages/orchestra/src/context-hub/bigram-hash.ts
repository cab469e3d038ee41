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

const unitLength = 4;
const units = 2 ** 24;

/** Place of each character code in the order in which units are sorted. */
const places = new Uint8Array(128);
for (const [place, character] of [...alphabet].sort().entries()) places[character.charCodeAt(0)] = place;

/** Asks many files for one pair. Hashes lie evenly, so the place of one is guessed from its value: two or three looks a file. */
export function bigramFinder(unit: string): (bigrams: string) => boolean {
  const wanted = valueAt(unit, 0);
  return (bigrams) => {
    let low = -1;
    let lowValue = -1;
    let high = bigrams.length / unitLength;
    let highValue = units;
    while (high - low > 1) {
      const guess = low + 1 + Math.floor(((wanted - lowValue - 1) / (highValue - lowValue)) * (high - low - 1));
      const value = valueAt(bigrams, guess);
      if (value === wanted) return true;
      if (value < wanted) {
        low = guess;
        lowValue = value;
      } else {
        high = guess;
        highValue = value;
      }
    }
    return false;
  };
}

function valueAt(bigrams: string, unit: number): number {
  let value = 0;
  for (let at = unit * unitLength; at < (unit + 1) * unitLength; at += 1) value = value * 64 + (places[bigrams.charCodeAt(at)] ?? 0);
  return value;
}
