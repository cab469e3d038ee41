import fc from 'fast-check';
import { buildIlikeOrFilter, parseOrFilter } from './or-filter';

describe('parseOrFilter', () => {
  it('reads conditions, keywords and quoted values', () => {
    expect(parseOrFilter('status.eq.done,due_at.is.null,subject.ilike."a, \\"b\\""')).toEqual([
      { column: 'status', operator: 'eq', value: 'done' },
      { column: 'due_at', operator: 'is', value: null },
      { column: 'subject', operator: 'ilike', value: 'a, "b"' },
    ]);
  });

  it.each(['status', 'status.eq', 'status.like.x', 'a b.eq.1', 'subject.eq."open'])('refuses %j', (text) => {
    expect(() => parseOrFilter(text)).toThrow('Not a condition');
  });
});

describe('buildIlikeOrFilter', () => {
  it('carries whatever was typed as one literal, whole, per column', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const literal = `%${typed.replace(/[\\%_]/g, '\\$&')}%`;
        expect(parseOrFilter(buildIlikeOrFilter(['name', 'email'], typed))).toEqual([
          { column: 'name', operator: 'ilike', value: literal },
          { column: 'email', operator: 'ilike', value: literal },
        ]);
      }),
    );
  });
});
