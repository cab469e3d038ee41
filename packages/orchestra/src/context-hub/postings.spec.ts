import fc from 'fast-check';
import { findPosting } from './postings';

const words = fc.uniqueArray(fc.stringMatching(/^[a-zé日0-9]{1,6}$/), { maxLength: 40 });
const postingsOf = (all: readonly string[]): string => `|${[...all].sort((a, b) => (a < b ? -1 : 1)).map((word, at) => `${word} ${at + 1},,, 0.${at + 1}`).join('|')}|`;

describe('findPosting', () => {
  it('finds every word that is there, with its own counts, and no other', () => {
    fc.assert(
      fc.property(words, words, (held, asked) => {
        const postings = postingsOf(held);
        const sorted = [...held].sort((a, b) => (a < b ? -1 : 1));
        for (const word of [...held, ...asked, ...held.map((each) => each.slice(0, -1)), ...held.map((each) => `${each}a`)].filter((each) => each !== '')) {
          const at = sorted.indexOf(word);
          const found = findPosting(postings, word);
          expect(found?.byChunk.length).toBe(at === -1 ? undefined : 1);
          if (at !== -1) expect(found?.byField[0]).toBe(parseInt(String(at + 1), 36));
        }
      }),
    );
  });

  it('finds nothing in an empty list', () => {
    expect(findPosting('||', 'a')).toBeUndefined();
    expect(findPosting('|', 'a')).toBeUndefined();
  });
});
