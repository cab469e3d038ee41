import fc from 'fast-check';
import { canonicalJson, sha256 } from './canonical-json';

describe('canonicalJson', () => {
  it('writes the same bytes whatever the order of the keys', () => {
    expect(canonicalJson({ b: 1, a: { d: 2, c: 3 } })).toBe(canonicalJson({ a: { c: 3, d: 2 }, b: 1 }));
  });

  it('leaves undefined members out and keeps nulls', () => {
    expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}');
  });

  it('refuses what JSON would silently drop', () => {
    expect(() => canonicalJson({ a: () => 1 })).toThrow('function');
    expect(() => canonicalJson(new Map())).toThrow('Map');
    expect(() => canonicalJson([Number.NaN])).toThrow('NaN');
  });

  it('reads back as the value it was written from', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }));
  });
});

describe('sha256', () => {
  it('hashes UTF-8 bytes', () => {
    expect(sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});
