import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Logger, openConnection, openStores, readConfig, startServer } from '@aisha/crm-backend';
import { servePages } from '@aisha/crm-frontend';

export interface RunningCrm {
  /** Where a browser goes. */
  readonly pagesUrl: string;
  readonly backendUrl: string;
  /** Of everybody in the demo companies; made up unless the environment gave one. */
  readonly password: string;
  stop(): Promise<void>;
}

export interface CrmOptions {
  readonly pagesPort: number;
  readonly backendPort: number;
  /** Where the built pages are; crm-frontend's own unless given. */
  readonly pagesDirectory?: string;
  /** As in `.env.example`; everything has a value without it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly now: () => Date;
}

/**
 * The whole CRM in this process: embedded Postgres, Redis by URL or in the process, backend with campaign worker, pages,
 * and two demo companies. Secrets that nobody gave are made up and last as long as the process.
 */
export async function startCrm({ pagesPort, backendPort, pagesDirectory, environment, log, now }: CrmOptions): Promise<RunningCrm> {
  const secret = () => randomBytes(24).toString('base64url');
  const [pagesUrl, backendUrl] = [`http://localhost:${pagesPort}`, `http://localhost:${backendPort}`];
  const password = environment['DEMO_PASSWORD'] || secret();
  const config = readConfig({
    CAMPAIGN_WORKER_ENABLED: 'true',
    MIGRATIONS_DIRECTORY: join(__dirname, '../migrations'),
    ...environment,
    JWT_SECRET: environment['JWT_SECRET'] || secret() + secret(),
    HOST: '127.0.0.1',
    PORT: String(backendPort),
    FRONTEND_ORIGIN: pagesUrl,
    DEMO_PASSWORD: password,
  });
  const connection = await openConnection({ databaseUrl: config.databaseUrl, directory: config.pgliteDirectory });
  const stores = await openStores(config.redisUrls, log, now);
  const server = await startServer(config, connection, stores, log, now);
  const pages = await servePages({ host: '127.0.0.1', port: pagesPort, backendUrl, ...(pagesDirectory === undefined ? {} : { directory: pagesDirectory }) });
  return {
    pagesUrl,
    backendUrl,
    password,
    stop: async () => {
      await pages.stop();
      await server.stop();
      await stores.close();
      await connection.close();
    },
  };
}
