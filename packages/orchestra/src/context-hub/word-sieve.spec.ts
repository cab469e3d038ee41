import fc from 'fast-check';
import { buildSieve, sieveProbe } from './word-sieve';

const words = fc.uniqueArray(fc.stringMatching(/^[a-zé日0-9]{1,8}$/), { minLength: 1, maxLength: 200 });

describe('the sieve', () => {
  it('never misses a word that is there, and is plain text that JSON need not escape', () => {
    fc.assert(
      fc.property(words, (held) => {
        const sieve = buildSieve(held);
        expect(held.filter((word) => !sieveProbe(word)(sieve))).toEqual([]);
        expect(sieve).toMatch(/^[0-?]+$/);
      }),
    );
  });

  it('turns away all but a few of the words that are not there', () => {
    const sieve = buildSieve(Array.from({ length: 1000 }, (_, at) => `held${at}`));
    const passed = Array.from({ length: 10_000 }, (_, at) => sieveProbe(`other${at}`)(sieve)).filter((one) => one).length;
    expect(passed).toBeLessThan(800);
  });

  it('holds nothing when it was made of nothing', () => {
    expect(sieveProbe('a')(buildSieve([]))).toBe(false);
  });
});
