import { readConfig } from '../config';
import { createAuthenticatedClient, createServiceRoleClient, type DatabaseClient } from '../database/database-client';
import { createLogger, type LogEntry } from '../logger';
import { createAccessTokens } from '../services/access-tokens';
import { startServer } from '../start-server';
import { type ApiClient, createApiClient } from './api-client';
import { openTestConnection } from './open-test-connection';
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
  /** Under row level security, as this user. */
  databaseAs(user: TestUser): DatabaseClient;
  /** What the backend has logged so far. */
  readonly logged: readonly LogEntry[];
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
  const config = { ...readConfig({ JWT_SECRET: secret, RATE_LIMIT_MAX: '10000', ...environment }), port: 0 };
  const connection = await openTestConnection();
  const server = await startServer(config, connection, createLogger((entry) => void logged.push(entry)), () => time);
  const database = createServiceRoleClient(connection);
  const tokens = createAccessTokens(secret);
  const tenants = await seedTwoTenants(database, tokens);
  return {
    ...tenants,
    as: (user, headers = {}) => createApiClient(server.url, { authorization: `Bearer ${user.token}`, ...headers }),
    anonymous: (headers = {}) => createApiClient(server.url, headers),
    signIn: async (id, tenantId) => ({ id, tenantId, token: await tokens.sign({ sub: id, tenant_id: tenantId }) }),
    database,
    databaseAs: ({ id, tenantId }) => createAuthenticatedClient(connection, { sub: id, tenant_id: tenantId }),
    logged,
    setTime: (iso) => void (time = new Date(iso)),
    stop: async () => {
      await server.stop();
      await connection.close();
    },
  };
}
