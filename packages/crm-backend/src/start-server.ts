import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config';
import { createApp } from './create-app';
import type { SqlConnection } from './database/connection';
import { createAuthenticatedClient, createServiceRoleClient } from './database/database-client';
import { migrate } from './database/migrate';
import type { Logger } from './logger';
import { createAccessTokens } from './services/access-tokens';

export interface RunningServer {
  /** `http://host:port`, with the port that was really taken. */
  readonly url: string;
  /** Lets running requests finish. The connection stays open: whoever opened it closes it. */
  stop(): Promise<void>;
}

/** Brings the schema up to date, then listens. Port 0 takes a free one. */
export async function startServer(config: Config, connection: SqlConnection, log: Logger, now: () => Date): Promise<RunningServer> {
  const applied = await migrate(connection, config.migrationsDirectory);
  log.info('[Server] schema is up to date', { applied });
  const app = createApp({
    database: createServiceRoleClient(connection),
    authenticated: (claims) => createAuthenticatedClient(connection, claims),
    tokens: createAccessTokens(config.jwtSecret),
    rateLimit: config.rateLimit,
    log,
    now,
  });
  const server = await new Promise<Server>((resolve, reject) => {
    const listening = app.listen(config.port, config.host, (error) => (error ? reject(error) : resolve(listening)));
  });
  const url = `http://${config.host}:${(server.address() as AddressInfo).port}`;
  log.info('[Server] listening', { url });
  return { url, stop: () => stopServer(server) };
}

function stopServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeIdleConnections();
  });
}
