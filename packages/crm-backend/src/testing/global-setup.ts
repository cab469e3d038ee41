import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { hasRedisServer } from './open-test-stores';

/**
 * Makes an empty embedded Postgres once for all test files of a run and leaves its files where `openTestConnection`
 * finds them: starting from them takes a third of the time. Not worth it when test files are named on the command
 * line, which is one or two of them, nor when a server is given.
 */
export default async function globalSetup(run: { readonly nonFlagArgs: readonly string[] }): Promise<void> {
  if (!process.env['TEST_REDIS_CACHE_URL'] && !hasRedisServer()) console.log('No redis-server on the PATH: the tests keep its keys in their own process.');
  if (run.nonFlagArgs.length > 0 || process.env['TEST_DATABASE_URL']) return;
  const database = await PGlite.create();
  const files = await database.dumpDataDir('none');
  await database.close();
  const directory = await mkdtemp(join(tmpdir(), 'crm-pglite-'));
  await writeFile(join(directory, 'files.tar'), Buffer.from(await files.arrayBuffer()));
  process.env['CRM_PGLITE_TEMPLATE'] = directory;
}
