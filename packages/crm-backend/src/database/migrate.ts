import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlConnection, SqlSession } from './connection';

/** Any number will do, as long as every process of this application takes the same one. */
const migrationLock = 4001;

/**
 * Applies the `*.sql` files of `directory` in the order of their names, each in a transaction of its own, and
 * returns the names of those that were new. A file that was edited after it had been applied is refused: databases
 * that ran the old text would silently differ from those that run the new one.
 */
export async function migrate(connection: SqlConnection, directory: string): Promise<readonly string[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort();
  await connection.transaction(createLedger);
  const applied: string[] = [];
  for (const name of names) {
    const script = (await readFile(join(directory, name), 'utf8')).replaceAll('\r\n', '\n');
    if (await connection.transaction((session) => applyOnce(session, name, script))) applied.push(name);
  }
  return applied;
}

/** Row level security without a policy: nobody but the owner reads or writes it. */
async function createLedger(session: SqlSession): Promise<void> {
  await session.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  await session.execute(`
    create table if not exists schema_migrations (
      name text primary key, checksum text not null, applied_at timestamptz not null default now()
    );
    alter table schema_migrations enable row level security;
  `);
}

async function applyOnce(session: SqlSession, name: string, script: string): Promise<boolean> {
  await session.query('select pg_advisory_xact_lock($1)', [migrationLock]);
  const checksum = createHash('sha256').update(script).digest('hex');
  const [known] = await session.query('select checksum from schema_migrations where name = $1', [name]);
  if (known !== undefined) {
    if (known['checksum'] !== checksum) throw new Error(`Migration ${name} was edited after it had been applied.`);
    return false;
  }
  await session.execute(script);
  await session.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum]);
  return true;
}
