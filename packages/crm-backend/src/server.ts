import { readConfig } from './config';
import { openConnection } from './database/open-connection';
import { createLogger, formatLogEntry } from './logger';
import { openStores } from './redis/open-stores';
import { startServer } from './start-server';

const now = () => new Date();
const log = createLogger((entry) => {
  process.stdout.write(`${formatLogEntry(entry, now())}\n`);
});

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const connection = await openConnection({ databaseUrl: config.databaseUrl, directory: config.pgliteDirectory });
  const stores = await openStores(config.redisUrls, log, now);
  const server = await startServer(config, connection, stores, log, now);
  const shutDown = async (signal: string) => {
    log.info('[Server] stopping', { signal });
    await server.stop();
    await stores.close();
    await connection.close();
  };
  process.once('SIGINT', (signal) => void shutDown(signal));
  process.once('SIGTERM', (signal) => void shutDown(signal));
}

main().catch((error: unknown) => {
  log.error('[Server] cannot start', error);
  // What was opened before would keep the process alive.
  process.exit(1);
});
