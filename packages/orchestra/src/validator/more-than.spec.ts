import fc from 'fast-check';
import { moreThan } from './more-than';

const itself = (each: string): string => each;

it('tells the later one of two where there was one before, and nothing that only moved', () => {
  const [first, second] = [{ text: 'a', line: 1 }, { text: 'a', line: 9 }];
  expect(moreThan([{ text: 'a', line: 4 }], [first, second], ({ text }) => text)).toEqual([second]);
  expect(moreThan(['a', 'b'], ['b', 'a'], itself)).toEqual([]);
});

it('leaves, with what was there, at least as many of each as there are now', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), fc.array(fc.constantFrom('a', 'b', 'c')), (before, after) => {
      const count = (all: readonly string[], key: string): number => all.filter((each) => each === key).length;
      const added = moreThan(before, after, itself);
      for (const key of ['a', 'b', 'c']) expect(count(added, key)).toBe(Math.max(0, count(after, key) - count(before, key)));
    }),
  );
});
