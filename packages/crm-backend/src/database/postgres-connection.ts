import { Pool, type PoolClient, types } from 'pg';
import { type SqlConnection, type SqlSession, timestamptzOid, toIsoTime } from './connection';

/** A Postgres server by URL. */
export function openPostgres(url: string): SqlConnection {
  const pool = new Pool({
    connectionString: url,
    options: '-c timezone=UTC',
    types: {
      getTypeParser: (oid, format) => (oid === timestamptzOid && format !== 'binary' ? toIsoTime : types.getTypeParser(oid, format)),
    },
  });
  return {
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(sessionOf(client));
        await client.query('commit');
        return result;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  };
}

function sessionOf(client: PoolClient): SqlSession {
  return {
    query: async (text, values) => (await client.query<Record<string, unknown>>(text, [...values])).rows,
    execute: async (script) => void (await client.query(script)),
  };
}
