import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config';
import { createApp } from './create-app';
import type { SqlConnection } from './database/connection';
import { createAuthenticatedClient, createServiceRoleClient, type DatabaseClient } from './database/database-client';
import { migrate } from './database/migrate';
import { seedDemo } from './demo/seed-demo';
import type { Logger } from './logger';
import { createCacheClient } from './redis/cache-client';
import { createMemoryClient, type MemoryClient } from './redis/memory-client';
import type { RedisStores } from './redis/open-stores';
import { createAccessTokens } from './services/access-tokens';
import { createWorkerPresence } from './services/worker-presence';
import { createCampaignWorker } from './workers/campaign-worker';
import { createLogOnlySender } from './workers/message-sender';
import { repeat } from './workers/repeat';

export interface RunningServer {
  /** `http://host:port`, with the port that was really taken. */
  readonly url: string;
  /** Lets running requests and the worker's round finish. Connection and stores stay open: whoever opened them closes them. */
  stop(): Promise<void>;
}

/** Brings the schema up to date, then listens, and sends campaigns where the config says so. Port 0 takes a free one. */
export async function startServer(config: Config, connection: SqlConnection, stores: RedisStores, log: Logger, now: () => Date): Promise<RunningServer> {
  const applied = await migrate(connection, config.migrationsDirectory);
  log.info('[Server] schema is up to date', { applied });
  const database = createServiceRoleClient(connection);
  if (config.demoPassword !== undefined && (await seedDemo(database, config.demoPassword, now()))) log.info('[Server] made the demo companies');
  const memory = createMemoryClient(stores.memory);
  const app = createApp({
    database,
    authenticated: (claims) => createAuthenticatedClient(connection, claims),
    cache: createCacheClient(stores.cache, log),
    memory,
    tokens: createAccessTokens(config.jwtSecret),
    rateLimit: config.rateLimit,
    signInRateLimitMax: config.signInRateLimitMax,
    frontendOrigin: config.frontendOrigin,
    log,
    now,
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(config.port, config.host, (error) => (error ? reject(error) : resolve(listening)));
  });
  const url = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  log.info('[Server] listening', { url });
  const worker = config.campaignWorker === undefined ? undefined : startCampaignWorker(config.campaignWorker.pauseMs, database, memory, log, now);
  return {
    url,
    stop: async () => {
      await worker?.stop();
      await stopServer(server);
    },
  };
}

function startCampaignWorker(pauseMs: number, database: DatabaseClient, memory: MemoryClient, log: Logger, now: () => Date): { stop(): Promise<void> } {
  const name = `worker-${randomUUID()}`;
  const worker = createCampaignWorker({ name, database, sender: createLogOnlySender(log), presence: createWorkerPresence(memory), log, now });
  log.info('[Server] sending campaigns', { worker: name, pauseMs });
  return repeat(pauseMs, () => worker.runOnce(), log);
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}
