import { PGlite } from '@electric-sql/pglite';
import { type SqlConnection, timestamptzOid, toIsoTime } from './connection';

/**
 * Postgres inside this process. `directory` keeps the data; without it they live as long as the process. `startFrom`
 * holds the files of another one, as `dumpDataDir` packs them.
 */
export async function openPglite(options: { readonly directory?: string | undefined; readonly startFrom?: Blob }): Promise<SqlConnection> {
  const database = await PGlite.create({
    ...(options.directory === undefined ? {} : { dataDir: options.directory }),
    ...(options.startFrom === undefined ? {} : { loadDataDir: options.startFrom }),
    parsers: { [timestamptzOid]: toIsoTime },
  });
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
