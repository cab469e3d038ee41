import { PGlite } from '@electric-sql/pglite';
import { type SqlConnection, timestamptzOid, toIsoTime } from './connection';

/** Postgres inside this process. `directory` keeps the data; without it they live as long as the process. */
export async function openPglite(directory?: string): Promise<SqlConnection> {
  const database = await PGlite.create(directory, { parsers: { [timestamptzOid]: toIsoTime } });
  return {
    transaction: (work) =>
      database.transaction((transaction) =>
        work({
          query: async (text, values) => (await transaction.query<Record<string, unknown>>(text, [...values])).rows,
          execute: async (script) => void (await transaction.exec(script)),
        }),
      ),
    close: () => database.close(),
  };
}
