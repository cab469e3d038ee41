import fc from 'fast-check';
import { orderOf } from './order-of';

describe('orderOf', () => {
  it('puts files with a score in order, the best first and equals by their number', () => {
    expect([...orderOf(Float64Array.from([0, 2, 5, -1, 2, 0, 5]))]).toEqual([2, 6, 1, 4]);
    expect([...orderOf(new Float64Array(3))]).toEqual([]);
  });

  it('answers what a sort of the numbers of the files would', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(0, 1, 2, 0.5, -3), fc.double({ noNaN: true, noDefaultInfinity: true })), { maxLength: 60 }), (values) => {
        const scores = Float64Array.from(values);
        const expected = values.flatMap((value, file) => (value > 0 ? [file] : [])).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
        expect([...orderOf(scores)]).toEqual(expected);
      }),
    );
  });
});
