import { readConfig } from '../config';
import { createAuthenticatedClient, createServiceRoleClient, type DatabaseClient } from '../database/database-client';
import { createLogger, type LogEntry } from '../logger';
import type { RedisStores } from '../redis/open-stores';
import { createAccessTokens } from '../services/access-tokens';
import { startServer } from '../start-server';
import { type ApiClient, createApiClient } from './api-client';
import { openTestConnection } from './open-test-connection';
import { openTestStores } from './open-test-stores';
import { seedTwoTenants, type TestUser, type TwoTenants } from './seed-two-tenants';

export interface TestApp extends TwoTenants {
  /** HTTP as this user; `headers` are added, e.g. `{ 'x-tenant-id': 'cedar' }`. */
  as(user: TestUser, headers?: Readonly<Record<string, string>>): ApiClient;
  /** HTTP as nobody, or as whoever the headers say. */
  anonymous(headers?: Readonly<Record<string, string>>): ApiClient;
  /** A token for a user made during the test. */
  signIn(userId: string, tenantId: string): Promise<TestUser>;
  /** Past row level security, as the backend's own client. */
  readonly database: DatabaseClient;
  /** A script as the owner of the schema, e.g. to break something on purpose. */
  execute(script: string): Promise<void>;
  /** Under row level security, as this user. */
  databaseAs(user: TestUser): DatabaseClient;
  /** The two Redis behind the backend, e.g. to see what is kept where, or to lose what the cache holds. */
  readonly stores: RedisStores;
  /** What the backend has logged so far. */
  readonly logged: readonly LogEntry[];
  /** The backend's clock, for what a test builds itself. */
  now(): Date;
  /** Moves the backend's clock. It stands still otherwise. */
  setTime(iso: string): void;
  stop(): Promise<void>;
}

const secret = 'only-for-tests-only-for-tests-only';

/**
 * The whole backend on a free port over an empty, migrated database with two seeded tenants. Starting takes a few
 * seconds: once per test file, in `beforeAll`.
 */
export async function startTestApp(environment: Readonly<Record<string, string>> = {}): Promise<TestApp> {
  let time = new Date('2026-03-02T09:00:00.000Z');
  const logged: LogEntry[] = [];
  const config = { ...readConfig({ JWT_SECRET: secret, RATE_LIMIT_MAX: '10000', SIGN_IN_RATE_LIMIT_MAX: '10000', ...environment }), port: 0 };
  const log = createLogger((entry) => void logged.push(entry));
  const now = () => time;
  const connection = await openTestConnection();
  const stores = await openTestStores(log, now);
  const server = await startServer(config, connection, stores, log, now);
  const database = createServiceRoleClient(connection);
  const tokens = createAccessTokens(secret);
  const tenants = await seedTwoTenants(database, tokens);
  return {
    ...tenants,
    as: (user, headers = {}) => createApiClient(server.url, { authorization: `Bearer ${user.token}`, ...headers }),
    anonymous: (headers = {}) => createApiClient(server.url, headers),
    signIn: async (id, tenantId) => ({ id, tenantId, token: await tokens.sign({ sub: id, tenant_id: tenantId }) }),
    database,
    execute: (script) => connection.transaction((session) => session.execute(script)),
    databaseAs: ({ id, tenantId }) => createAuthenticatedClient(connection, { sub: id, tenant_id: tenantId }),
    stores,
    logged,
    now,
    setTime: (iso) => void (time = new Date(iso)),
    stop: async () => {
      await server.stop();
      await stores.close();
      await connection.close();
    },
  };
}
