import fc from 'fast-check';
import { compileCount, compileQuery } from './compile-query';
import type { Query } from './query';
import { queryTable, type RunQuery } from './query-builder';

/** The query a chain of calls describes, and the SQL it becomes. */
async function written(chain: (from: ReturnType<typeof queryTable>) => PromiseLike<unknown>) {
  const seen: Query[] = [];
  const run: RunQuery = (query) => {
    seen.push(query);
    return Promise.resolve({ data: [{}], error: null, count: null });
  };
  await chain(queryTable('contacts', run));
  const [query] = seen;
  if (query === undefined) throw new Error('The chain was not run.');
  return { query, ...compileQuery(query) };
}

describe('compileQuery', () => {
  it('reads a page', async () => {
    const { text, values } = await written((contacts) =>
      contacts.select('id, email').eq('tenant_id', 't').is('archived_at', null).order('last_name').order('id', { ascending: false }).range(20, 29),
    );
    expect(text).toBe(
      'select "id", "email" from public."contacts" where "tenant_id" = $1 and "archived_at" is null order by "last_name" asc, "id" desc limit $2 offset $3',
    );
    expect(values).toEqual(['t', 10, 20]);
  });

  it('knows every comparison', async () => {
    const { text } = await written((contacts) =>
      contacts.neq('id', 1).gt('id', 1).gte('id', 1).lt('id', 1).lte('id', 1).ilike('email', 'a%').in('id', [1, 2]).in('email', []),
    );
    expect(text).toContain(
      'where "id" <> $1 and "id" > $2 and "id" >= $3 and "id" < $4 and "id" <= $5 and "email" ilike $6 and "id" in ($7, $8) and false',
    );
  });

  it('keeps alternatives together', async () => {
    const { text, values } = await written((contacts) => contacts.eq('tenant_id', 't').or('email.is.null,last_name.ilike."a, b%"'));
    expect(text).toContain('where "tenant_id" = $1 and ("email" is null or "last_name" ilike $2)');
    expect(values).toEqual(['t', 'a, b%']);
  });

  it('inserts rows of different shapes, leaving the rest to defaults', async () => {
    const { text, values } = await written((contacts) => contacts.insert([{ first_name: 'A', email: undefined }, { last_name: 'B' }]).select());
    expect(text).toBe('insert into public."contacts" ("first_name", "last_name") values ($1, default), (default, $2) returning *');
    expect(values).toEqual(['A', 'B']);
  });

  it('updates and deletes what the conditions name', async () => {
    expect((await written((contacts) => contacts.update({ email: null, phone: undefined }).eq('id', 1))).text).toBe(
      'update public."contacts" set "email" = $1 where "id" = $2',
    );
    expect((await written((contacts) => contacts.delete().eq('id', 1).select('id'))).text).toBe(
      'delete from public."contacts" where "id" = $1 returning "id"',
    );
  });

  it('narrows the builder it is called on, as supabase-js does', async () => {
    const { text } = await written((contacts) => {
      contacts.select('id');
      contacts.eq('tenant_id', 't');
      return contacts;
    });
    expect(text).toBe('select "id" from public."contacts" where "tenant_id" = $1');
  });

  it('refuses a write that would take the whole table with it', async () => {
    await expect(written((contacts) => contacts.update({ email: null }))).rejects.toThrow('Refusing to update every row');
    await expect(written((contacts) => contacts.delete())).rejects.toThrow('Refusing to delete every row');
    await expect(written((contacts) => contacts.update({}).eq('id', 1))).rejects.toThrow('must change something');
  });

  it('counts with the same conditions and without the page', async () => {
    const { query } = await written((contacts) => contacts.select('*', { count: 'exact' }).eq('tenant_id', 't').order('id').range(0, 9));
    expect(compileCount(query)).toEqual({ text: 'select count(*)::int as count from public."contacts" where "tenant_id" = $1', values: ['t'] });
  });

  it('lets no name in that the schema does not know', async () => {
    const hostile = ['id; drop table contacts', '"id"', 'id)--', '__proto__', 'constructor', ''];
    for (const column of hostile) {
      await expect(written((contacts) => contacts.eq(column, 1))).rejects.toThrow('has no column');
      await expect(written((contacts) => contacts.order(column))).rejects.toThrow('has no column');
      await expect(written((contacts) => contacts.select(column))).rejects.toThrow('has no column');
      await expect(written((contacts) => contacts.insert({ [column]: 1, ['email']: 'x' }))).rejects.toThrow('has no column');
    }
  });

  it('never puts a value into the text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 3 }), async (value) => {
        const marked = `«${value}»`;
        const { text, values } = await written((contacts) => contacts.eq('email', marked).in('id', [marked]).ilike('last_name', marked));
        expect(text).not.toContain('«');
        expect(values).toEqual([marked, marked, marked]);
      }),
      { numRuns: 50 },
    );
  });
});
