import fc from 'fast-check';
import { bigramFinder, hashBigram } from './bigram-hash';

const pairs = fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,4}$/), fc.stringMatching(/^[a-z]{1,4}$/)).map(([a, b]) => hashBigram(a, b)), { maxLength: 60 });

describe('bigramFinder', () => {
  it('finds the pairs that are there and no other', () => {
    fc.assert(
      fc.property(pairs, pairs, (held, asked) => {
        const bigrams = [...held].sort().join('');
        for (const pair of [...held, ...asked]) expect(bigramFinder(pair)(bigrams)).toBe(held.includes(pair));
      }),
    );
  });

  it('ends at the rims of the order', () => {
    expect(['----', 'zzzz', 'AAAA'].map((pair) => bigramFinder(pair)('0000MMMMyyyy'))).toEqual([false, false, false]);
    expect(['0000', 'yyyy', 'MMMM'].map((pair) => bigramFinder(pair)('0000MMMMyyyy'))).toEqual([true, true, true]);
  });
});
