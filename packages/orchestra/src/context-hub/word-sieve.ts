/** Ten bits a word and two set by each: one look-up in thirty passes though the word is not there. */
const charactersPerWord = 2.5;
/** Four bits a character, `0` to `?`: nothing that JSON escapes. */
const firstCharacter = 48;

/**
 * A Bloom filter in plain characters: a goal asks for dozens of words in thousands of files and most files hold few of them, so
 * saying no must cost less than a search.
 */
export function buildSieve(words: readonly string[]): string {
  const values = new Uint8Array(Math.ceil(words.length * charactersPerWord));
  for (const word of words) {
    for (const key of halvesOf(sieveKey(word))) {
      const at = key % values.length;
      values[at] = (values[at] ?? 0) | bitOf(key);
    }
  }
  return Array.from(values, (value) => String.fromCharCode(value + firstCharacter)).join('');
}

/** FNV-1a, once per word asked for. */
function sieveKey(word: string): number {
  let hash = 0x811c9dc5;
  for (let position = 0; position < word.length; position += 1) hash = Math.imul(hash ^ word.charCodeAt(position), 0x01000193);
  return hash;
}

/** False: the word is not there. True: it probably is. */
export function sieveProbe(word: string): (sieve: string) => boolean {
  const [first, second] = halvesOf(sieveKey(word));
  return (sieve) => sieve.length > 0 && isSet(sieve, first) && isSet(sieve, second);
}

function isSet(sieve: string, key: number): boolean {
  return ((sieve.charCodeAt(key % sieve.length) - firstCharacter) & bitOf(key)) !== 0;
}

/** Two places that are independent enough; 30 bits each, so that they stay small integers. */
function halvesOf(key: number): readonly [number, number] {
  return [key >>> 2, Math.imul(key, 0x9e3779b1) >>> 2];
}

/** From the upper bits: the lower ones choose the character. */
function bitOf(key: number): number {
  return 1 << ((key >>> 27) & 3);
}
