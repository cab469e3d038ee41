import type { SqlConnection } from './connection';
import { openPglite } from './pglite-connection';
import { openPostgres } from './postgres-connection';

/** The server named by `databaseUrl`, or else the embedded Postgres. */
export async function openConnection(options: {
  readonly databaseUrl: string | undefined;
  readonly directory: string | undefined;
}): Promise<SqlConnection> {
  return options.databaseUrl === undefined ? openPglite(options) : openPostgres(options.databaseUrl);
}
