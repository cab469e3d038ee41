import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestConnection } from '../testing';
import type { SqlConnection } from './connection';
import { migrate } from './migrate';

const shipped = join(__dirname, '../../../crm/migrations');
let connection: SqlConnection;
let directory: string;

beforeAll(async () => {
  connection = await openTestConnection();
  directory = await mkdtemp(join(tmpdir(), 'crm-migrations-'));
  await cp(shipped, directory, { recursive: true });
});
afterAll(async () => {
  await connection.close();
  await rm(directory, { recursive: true });
});

const rows = (text: string) => connection.transaction((session) => session.query(text, []));

describe('migrate', () => {
  it('applies the shipped migrations in order, once', async () => {
    const applied = await migrate(connection, directory);
    expect(applied).toEqual([...applied].sort());
    expect(applied[0]).toBe('001_roles_and_tenants.sql');
    expect(await migrate(connection, directory)).toEqual([]);
  });

  it('takes up a new file, and leaves nothing of one that fails', async () => {
    await writeFile(join(directory, '900_note.sql'), 'create table note (id int);\ninsert into note values (1);\n');
    expect(await migrate(connection, directory)).toEqual(['900_note.sql']);
    await writeFile(join(directory, '901_broken.sql'), 'create table half (id int);\nselect * from nowhere;\n');
    await expect(migrate(connection, directory)).rejects.toThrow('nowhere');
    expect(await rows(`select to_regclass('half') as half`)).toEqual([{ half: null }]);
    await rm(join(directory, '901_broken.sql'));
  });

  it('refuses a file that was edited after it had been applied', async () => {
    await writeFile(join(directory, '900_note.sql'), 'create table note (id bigint);\n');
    await expect(migrate(connection, directory)).rejects.toThrow('900_note.sql was edited');
    await rm(join(directory, '900_note.sql'));
    await connection.transaction((session) => session.execute(`drop table note; delete from schema_migrations where name = '900_note.sql'`));
  });
});

describe('the shipped schema', () => {
  it('has row level security on every table', async () => {
    const open = await rows(`
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and not relrowsecurity`);
    expect(open).toEqual([]);
  });

  it('ties every table but the global ones to a tenant that must exist', async () => {
    const loose = await rows(`
      select c.relname as table from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and c.relname not in ('plans', 'tenant', 'schema_migrations')
        and not exists (
          select from pg_attribute a join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
          where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull and k.confrelid = 'tenant'::regclass)`);
    expect(loose).toEqual([]);
  });

  it('lets nobody in who is not signed in', async () => {
    const policies = await rows(`select policyname from pg_policies where schemaname = 'public' and roles <> '{authenticated}'`);
    expect(policies).toEqual([]);
  });
});
