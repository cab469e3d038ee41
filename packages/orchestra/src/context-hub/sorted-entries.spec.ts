import fc from 'fast-check';
import { entriesFrom, entriesHolding, entryKey, entryText, readEntry, writeEntries } from './sorted-entries';

const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'b', 'A', 'Z', '[', '~', '!', ' ', '|', '%', '2', '0', 'é', '日', '}') }), { maxLength: 40 });

describe('a dictionary in one string', () => {
  it('answers every key with its own value, and no other', () => {
    fc.assert(
      fc.property(keys, keys, (held, asked) => {
        const entries = writeEntries(held.map((key, at) => [entryKey(key), `value ${at}`] as const));
        for (const key of [...held, ...asked, ...held.map((each) => each.slice(0, -1)), ...held.map((each) => `${each}a`)].filter((each) => each !== '')) {
          expect(readEntry(entries, entryKey(key))).toBe(held.includes(key) ? `value ${held.indexOf(key)}` : undefined);
        }
      }),
    );
  });

  it('lists the keys with a beginning, sorted, each with its value', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom('a', 'b', 'A ', 'ab', '%', '日'), (held, prefix) => {
        const entries = writeEntries(held.map((key, at) => [entryKey(key), String(at)] as const));
        const wanted = held.map(entryKey).filter((key) => key.startsWith(entryKey(prefix))).sort((a, b) => (a < b ? -1 : 1));
        expect([...entriesFrom(entries, entryKey(prefix))]).toEqual(wanted.map((key) => [key, String(held.indexOf(entryText(key)))]));
      }),
    );
  });

  it('lists the keys that hold a part, whatever their values hold', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom('a', 'b', 'A ', '%', '2', '日'), (held, part) => {
        const entries = writeEntries(held.map((key) => [entryKey(key), '2%b'] as const));
        const wanted = held.map(entryKey).filter((key) => key.includes(entryKey(part))).sort((a, b) => (a < b ? -1 : 1));
        expect([...entriesHolding(entries, entryKey(part))].map(([key]) => key)).toEqual(wanted);
      }),
    );
  });

  it('gives every text back that was made a key', () => {
    fc.assert(fc.property(fc.string(), (text) => expect(entryText(entryKey(text))).toBe(text)));
    fc.assert(fc.property(fc.string(), (text) => expect(entryKey(text)).not.toMatch(/[| ]/)));
  });

  it('holds nothing when it is empty', () => {
    expect([writeEntries([]), readEntry('', 'a'), [...entriesFrom('', 'a')]]).toEqual(['', undefined, []]);
  });
});
