import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { SqlConnection } from '../database/connection';
import { openPglite } from '../database/pglite-connection';
import { openPostgres } from '../database/postgres-connection';

/**
 * An empty database of its own for one test file: the embedded Postgres, or a fresh database on the server that
 * `TEST_DATABASE_URL` names, dropped again on close.
 */
export async function openTestConnection(): Promise<SqlConnection> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server) return openFreshDatabase(server);
  const template = process.env['CRM_PGLITE_TEMPLATE'];
  return openPglite(template ? { startFrom: new Blob([await readFile(join(template, 'files.tar'))]) } : {});
}

async function openFreshDatabase(server: string): Promise<SqlConnection> {
  const name = `crm_test_${randomUUID().replaceAll('-', '')}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const connection = openPostgres(url.href);
  return {
    transaction: (work) => connection.transaction(work),
    close: async () => {
      await connection.close();
      await administer(server, `drop database ${name}`);
    },
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
