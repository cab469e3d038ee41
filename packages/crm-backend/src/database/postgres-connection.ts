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
  // An idle client that loses its server would end the process; the pool replaces it, and the next query tells.
  pool.on('error', () => undefined);
  return {
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(sessionOf(client));
        await client.query('commit');
        client.release();
        return result;
      } catch (error) {
        await rollBack(client);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

/** A client that cannot even roll back is thrown away: nobody knows what state it is in. */
async function rollBack(client: PoolClient): Promise<void> {
  const isClean = await client.query('rollback').then(() => true, () => false);
  client.release(!isClean);
}

function sessionOf(client: PoolClient): SqlSession {
  return {
    query: async (text, values) => (await client.query<Record<string, unknown>>(text, [...values])).rows,
    execute: async (script) => void (await client.query(script)),
  };
}
