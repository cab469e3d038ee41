import { compileCount, compileQuery } from './compile-query';
import type { Row, SqlConnection, SqlSession } from './connection';
import type { Query } from './query';
import { type DatabaseError, queryTable, type QueryBuilder, type QueryResult } from './query-builder';
import type { TableName } from './schema';

export interface DatabaseClient {
  from(table: TableName): QueryBuilder<readonly Row[]>;
}

/** What row level security knows of a caller. */
export interface DatabaseClaims {
  readonly sub: string;
  readonly tenant_id: string;
}

/**
 * The backend's own client. It bypasses row level security, as the service-role key does in the real system:
 * whatever is read or written through it is confined to a tenant by `.eq('tenant_id', …)` and by nothing else.
 */
export function createServiceRoleClient(connection: SqlConnection): DatabaseClient {
  return clientAs(connection, (session) => session.execute('set local role service_role'));
}

/** A client on behalf of one signed-in user; row level security confines it to the tenant of the claims. */
export function createAuthenticatedClient(connection: SqlConnection, claims: DatabaseClaims): DatabaseClient {
  return clientAs(connection, async (session) => {
    await session.execute('set local role authenticated');
    await session.query(`select set_config('request.jwt.claims', $1, true)`, [JSON.stringify(claims)]);
  });
}

function clientAs(connection: SqlConnection, assumeRole: (session: SqlSession) => Promise<void>): DatabaseClient {
  const run = async (query: Query): Promise<QueryResult<readonly Row[]>> => {
    try {
      return await connection.transaction(async (session) => {
        await assumeRole(session);
        return await runQuery(session, query);
      });
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      const { code, message, constraint } = error;
      return { data: null, error: { code, message, ...(constraint ? { constraint } : {}) }, count: null };
    }
  };
  return { from: (table) => queryTable(table, run) };
}

async function runQuery(session: SqlSession, query: Query): Promise<QueryResult<readonly Row[]>> {
  const { text, values } = compileQuery(query);
  const rows = await session.query(text, values);
  const isWrongNumber = query.cardinality === 'one' ? rows.length !== 1 : query.cardinality === 'at-most-one' && rows.length > 1;
  if (isWrongNumber) throw new CardinalityError(rows.length);
  return { data: rows, error: null, count: query.counted ? await countRows(session, query) : null };
}

async function countRows(session: SqlSession, query: Query): Promise<number> {
  const { text, values } = compileCount(query);
  const [row] = await session.query(text, values);
  return Number(row?.['count']);
}

class CardinalityError extends Error {
  readonly code = 'PGRST116';
  constructor(rows: number) {
    super(`A single row was asked for, and there were ${rows}.`);
  }
}

/** By SQLSTATE. Classes 08 and 53 to 58, but 55, mean that the server is in trouble, not the query. */
function isDatabaseError(error: unknown): error is DatabaseError {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'PGRST116' || /^(?!08)(?:[0-4][0-9A-Z]|55|P0)[0-9A-Z]{3}$/.test(String(error.code));
}
