import fc from 'fast-check';
import { countHits, readHits, writeHits } from './word-hits';

const hits = fc.array(
  fc.record({
    file: fc.nat(5000), counts: fc.array(fc.nat(2000), { minLength: 6, maxLength: 6 }),
    chunks: fc.array(fc.tuple(fc.nat(900), fc.integer({ min: 1, max: 99 })), { maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 20 },
);

describe('hits of a word', () => {
  it('are read as they were written, wherever they stand in the dictionary', () => {
    fc.assert(
      fc.property(hits, fc.string(), fc.string(), (all, before, after) => {
        const value = writeHits(all.map(({ chunks, ...rest }) => ({ ...rest, chunks: chunks.map(([chunk, count]) => `${chunk.toString(36)}.${count.toString(36)}`).join(' ') })));
        const words = `${before}${value}${after}`;
        const read: unknown[] = [];
        readHits(words, before.length, before.length + value.length, ({ file, counts, chunks }) => read.push({ file, counts: [...counts], chunks: [...chunks] }));
        expect(read).toEqual(all.map(({ chunks, ...rest }) => ({ ...rest, chunks: chunks.flat() })));
        expect(countHits(words, before.length)).toBe(all.length);
      }),
    );
  });
});
